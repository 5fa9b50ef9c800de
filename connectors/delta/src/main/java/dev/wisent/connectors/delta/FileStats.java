package dev.wisent.connectors.delta;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.parquet.Bounds;
import dev.wisent.columnar.parquet.ColumnSummary;
import dev.wisent.columnar.parquet.ParquetFile;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A file's statistics as the log spells them: rows, and for the first columns bounds and how many are null.
///
/// A bound is left out where the log can't say it truly: values that are no number, years of more than four digits, binary.
/// Bounds of instants have milliseconds: the lower is cut, the upper rounded up. (The protocol, "Per-file Statistics".)
final class FileStats {
    /// Delta's own default (`delta.dataSkippingNumIndexedCols`).
    private static final int COLUMNS = 32;

    private static final long MICROS_PER_MILLI = 1_000;
    private static final int MAX_YEAR = 9999;
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS");

    private final ObjectNode min = JsonNodeFactory.instance.objectNode();
    private final ObjectNode max = JsonNodeFactory.instance.objectNode();
    private final ObjectNode nulls = JsonNodeFactory.instance.objectNode();

    private FileStats() {}

    static String json(ParquetFile file) {
        FileStats stats = new FileStats();
        file.columns().stream()
                .filter(column -> column.repetition() == ColumnSummary.Repetition.ONCE)
                .limit(COLUMNS)
                .forEach(stats::add);
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("numRecords", file.rows());
        node.set("minValues", stats.min);
        node.set("maxValues", stats.max);
        node.set("nullCount", stats.nulls);
        return node.toString();
    }

    private void add(ColumnSummary column) {
        put(nulls, column.path(), JsonNodeFactory.instance.numberNode(column.nulls()));
        if (column.nans() == 0) {
            column.bounds().ifPresent(bounds -> {
                Optional<JsonNode> least = value(column.type(), bounds, Side.MIN);
                Optional<JsonNode> greatest = value(column.type(), bounds, Side.MAX);
                if (least.isPresent() && greatest.isPresent()) {
                    put(min, column.path(), least.get());
                    put(max, column.path(), greatest.get());
                }
            });
        }
    }

    private static void put(ObjectNode root, List<String> path, JsonNode value) {
        ObjectNode node = root;
        for (String name : path.subList(0, path.size() - 1)) {
            node = node.withObjectProperty(name);
        }
        node.set(path.getLast(), value);
    }

    private enum Side {
        MIN,
        MAX
    }

    private static Optional<JsonNode> value(DataType type, Bounds bounds, Side side) {
        return switch (bounds) {
            case Bounds.Whole(long least, long greatest) -> whole(type, side == Side.MIN ? least : greatest, side);
            case Bounds.Fraction(double least, double greatest) -> {
                double value = side == Side.MIN ? least : greatest;
                yield Double.isFinite(value)
                        ? Optional.of(JsonNodeFactory.instance.numberNode(value))
                        : Optional.empty();
            }
            case Bounds.Bytes bytes -> bytes(type, side == Side.MIN ? bytes.min() : bytes.max());
        };
    }

    private static Optional<JsonNode> whole(DataType type, long value, Side side) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (type) {
            case DataType.Int i -> Optional.of(json.numberNode(value));
            case DataType.Decimal(int precision, int scale) ->
                Optional.of(json.numberNode(BigDecimal.valueOf(value, scale)));
            case DataType.Date d -> day(value).map(json::stringNode);
            case DataType.Timestamp t -> instant(value, side).map(text -> json.stringNode(text + "Z"));
            case DataType.TimestampNtz t -> instant(value, side).map(json::stringNode);
            default -> Optional.empty();
        };
    }

    private static Optional<String> day(long days) {
        LocalDate date = LocalDate.ofEpochDay(days);
        return hasFourDigits(date.getYear()) ? Optional.of(date.toString()) : Optional.empty();
    }

    private static Optional<String> instant(long micros, Side side) {
        long millis =
                side == Side.MIN ? Math.floorDiv(micros, MICROS_PER_MILLI) : Math.ceilDiv(micros, MICROS_PER_MILLI);
        LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
        return hasFourDigits(time.getYear()) ? Optional.of(MILLIS.format(time)) : Optional.empty();
    }

    private static boolean hasFourDigits(int year) {
        return year >= 1 && year <= MAX_YEAR;
    }

    private static Optional<JsonNode> bytes(DataType type, byte[] value) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (type) {
            case DataType.Text t -> Optional.of(json.stringNode(new String(value, StandardCharsets.UTF_8)));
            case DataType.Decimal(int precision, int scale) ->
                Optional.of(json.numberNode(new BigDecimal(new BigInteger(value), scale)));
            default -> Optional.empty();
        };
    }
}
