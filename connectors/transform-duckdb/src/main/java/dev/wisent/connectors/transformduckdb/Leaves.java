package dev.wisent.connectors.transformduckdb;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.LongColumn;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;

/// Single values as the texts DuckDB casts from and to, exactly.
final class Leaves {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Leaves() {}

    static String text(Column from, int row) {
        return switch (from.type()) {
            case DataType.Bool() -> ((LongColumn) from).get(row) != 0 ? "true" : "false";
            case DataType.Int(int bits) -> Long.toString(((LongColumn) from).get(row));
            case DataType.Float(int bits) -> floating(((DoubleColumn) from).get(row), bits);
            case DataType.Decimal d -> decimal(from, d, row).toPlainString();
            case DataType.Date() -> Temporals.date(((LongColumn) from).get(row));
            case DataType.Time() -> Temporals.time(((LongColumn) from).get(row));
            case DataType.Timestamp() -> Temporals.dateTime(((LongColumn) from).get(row)) + "+00";
            case DataType.TimestampNtz() -> Temporals.dateTime(((LongColumn) from).get(row));
            case DataType.Uuid() -> uuid((BytesColumn) from, row);
            case DataType.Binary() -> binary((BytesColumn) from, row);
            default -> ((BytesColumn) from).string(row);
        };
    }

    static void append(String text, Column to) {
        switch (to.type()) {
            case DataType.Bool() -> ((LongColumn) to).append(text.equals("true") ? 1 : 0);
            case DataType.Int(int bits) -> ((LongColumn) to).append(Long.parseLong(text));
            case DataType.Float(int bits) -> ((DoubleColumn) to).append(floating(text, bits));
            case DataType.Decimal d -> append(new BigDecimal(text).unscaledValue(), to);
            case DataType.Date() -> ((LongColumn) to).append(Temporals.date(text));
            case DataType.Time() -> ((LongColumn) to).append(Temporals.time(text));
            case DataType.Timestamp() -> ((LongColumn) to).append(Temporals.dateTime(text.replaceFirst("\\+00$", "")));
            case DataType.TimestampNtz() -> ((LongColumn) to).append(Temporals.dateTime(text));
            case DataType.Uuid() -> ((BytesColumn) to).append(uuid(text));
            case DataType.Binary() -> ((BytesColumn) to).append(binary(text));
            case DataType.Json() -> ((BytesColumn) to).append(JsonText.valid(text));
            default -> ((BytesColumn) to).append(text);
        }
    }

    static BigDecimal decimal(Column from, DataType.Decimal type, int row) {
        return from instanceof LongColumn longs
                ? BigDecimal.valueOf(longs.get(row), type.scale())
                : new BigDecimal(new BigInteger(((BytesColumn) from).copy(row)), type.scale());
    }

    static void append(BigInteger unscaled, Column to) {
        if (to instanceof LongColumn longs) {
            longs.append(unscaled.longValueExact());
        } else {
            ((BytesColumn) to).append(unscaled.toByteArray());
        }
    }

    static String uuid(BytesColumn from, int row) {
        ByteBuffer bytes = ByteBuffer.wrap(from.data(), from.start(row), from.length(row));
        return new UUID(bytes.getLong(), bytes.getLong()).toString();
    }

    static byte[] uuid(String text) {
        UUID uuid = UUID.fromString(text);
        return ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    static String hex(BytesColumn from, int row) {
        return HEX.formatHex(from.data(), from.start(row), from.start(row) + from.length(row));
    }

    private static String floating(double value, int bits) {
        return bits == 32 ? Float.toString((float) value) : Double.toString(value);
    }

    private static double floating(String text, int bits) {
        return switch (text) {
            case "nan", "-nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> bits == 32 ? Float.parseFloat(text) : Double.parseDouble(text);
        };
    }

    /// Every byte as `\xHH`.
    private static String binary(BytesColumn from, int row) {
        return HexFormat.of()
                .withUpperCase()
                .withPrefix("\\x")
                .formatHex(from.data(), from.start(row), from.start(row) + from.length(row));
    }

    private static byte[] binary(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < ascii.length; i++) {
            if (ascii[i] == '\\') {
                bytes.write(HexFormat.fromHexDigits(text, i + 2, i + 4));
                i += 3;
            } else {
                bytes.write(ascii[i]);
            }
        }
        return bytes.toByteArray();
    }
}
