package dev.wisent.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/// What the encoders write is read by Jackson, by java.time and by our own decoders as what was written.
class EncodersTest {
    private static final int ROUNDS = 30;
    private static final int ROWS = 100;
    private static final ObjectMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Test
    void ndjson_of_any_rows_is_read_back_as_the_same_rows() {
        long seed = Long.getLong("wisent.seed", 1);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Schema schema = new RandomRows(random).schema();
            OutputBuffer out = ndjson(new RandomRows(random).batch(schema, ROWS));
            Decoded decoded = Decoded.inPieces(
                    Decoders.ndjson(DecoderOptions.of(new StreamSchema(schema), Contract.EXPLICIT)),
                    out.copy(),
                    random,
                    10_000);
            assertThat(decoded.bad.stream().map(BadRecord::message))
                    .as("seed %d", seed)
                    .isEmpty();
            assertThat(String.join("\n", decoded.rows) + "\n")
                    .as("seed %d", seed)
                    .isEqualTo(out.toString());
        }
    }

    @Test
    void csv_of_any_rows_is_read_back_as_the_same_rows() {
        long seed = Long.getLong("wisent.seed", 1);
        Random random = new Random(seed);
        for (char delimiter : new char[] {',', ';', '\t', ':', ' ', '='}) {
            for (int round = 0; round < ROUNDS / 5; round++) {
                Schema schema = new RandomRows(random).schema();
                CsvOptions csv = CsvOptions.DEFAULT.withDelimiter(delimiter);
                RecordBatch batch = new RandomRows(random).batch(schema, ROWS);
                CsvEncoder encoder = new CsvEncoder(schema, csv);
                OutputBuffer out = new OutputBuffer();
                encoder.header(out);
                encoder.encode(batch, 0, ROWS, out);
                Decoded decoded = Decoded.inPieces(
                        Decoders.csv(DecoderOptions.of(new StreamSchema(schema), Contract.EXPLICIT), csv),
                        out.copy(),
                        random,
                        10_000);
                assertThat(decoded.bad.stream().map(BadRecord::message))
                        .as("seed %d", seed)
                        .isEmpty();
                assertThat(decoded.rows).as("seed %d", seed).hasSize(ROWS);
                String[] expected = ndjson(withoutAbsent(batch)).toString().split("\n", -1);
                for (int row = 0; row < ROWS; row++) {
                    assertThat(decoded.rows.get(row)).as("seed %d", seed).isEqualTo(expected[row]);
                }
            }
        }
    }

    /// CSV has no absent: at the top it reads as null. Inside nested values it stays.
    private static RecordBatch withoutAbsent(RecordBatch batch) {
        RecordBatch plain = RecordBatch.of(batch.schema());
        for (int row = 0; row < batch.rows(); row++) {
            for (int i = 0; i < batch.columns().size(); i++) {
                if (batch.column(i).isNull(row)) {
                    plain.column(i).appendNull();
                } else {
                    plain.column(i).appendFrom(batch.column(i), row);
                }
            }
            plain.endRow();
        }
        return plain;
    }

    @Test
    void jackson_and_java_time_read_every_value_as_it_was_written() {
        long seed = Long.getLong("wisent.seed", 1);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Schema schema = new RandomRows(random).schema();
            RecordBatch batch = new RandomRows(random).batch(schema, ROWS);
            String[] lines = ndjson(batch).toString().split("\n", -1);
            assertThat(lines).hasSize(ROWS + 1);
            for (int row = 0; row < ROWS; row++) {
                JsonNode record = JACKSON.readTree(lines[row]);
                for (int i = 0; i < schema.size(); i++) {
                    Column column = batch.column(i);
                    String name = schema.field(i).name();
                    assertThat(record.has(name)).isEqualTo(!column.isAbsent(row));
                    if (record.has(name)) {
                        same(column, row, record.get(name), "seed " + seed + ", " + name);
                    }
                }
            }
        }
    }

    private static void same(Column column, int row, JsonNode node, String where) {
        if (column.isNull(row)) {
            assertThat(node.isNull()).as(where).isTrue();
            return;
        }
        switch (column) {
            case LongColumn longs ->
                assertThat(longOf(node, column.type())).as(where).isEqualTo(longs.get(row));
            case DoubleColumn doubles ->
                assertThat(doubleOf(node, column.type()))
                        .as(where)
                        .isEqualTo(Double.valueOf(doubles.get(row) + 0.0)); // a BigDecimal has no -0
            case BytesColumn bytes -> sameBytes(bytes, row, node, where);
            case StructColumn struct -> {
                var fields = ((DataType.Struct) struct.type()).fields();
                for (int i = 0; i < fields.size(); i++) {
                    Column child = struct.children().get(i);
                    assertThat(node.has(fields.get(i).name())).isEqualTo(!child.isAbsent(row));
                    if (!child.isAbsent(row)) {
                        same(child, row, node.get(fields.get(i).name()), where);
                    }
                }
            }
            case ListColumn list -> {
                assertThat(node.size()).isEqualTo(list.length(row));
                for (int i = 0; i < node.size(); i++) {
                    same(list.elements(), list.start(row) + i, node.get(i), where);
                }
            }
            case MapColumn map -> {
                assertThat(node.size()).isEqualTo(map.length(row));
                int entry = map.start(row);
                for (String key : node.propertyNames()) {
                    String expected = map.keys() instanceof LongColumn longs
                            ? Long.toString(longs.get(entry))
                            : ((BytesColumn) map.keys()).string(entry);
                    assertThat(key).isEqualTo(expected);
                    same(map.values(), entry++, node.get(key), where);
                }
            }
        }
    }

    private static long longOf(JsonNode node, DataType type) {
        return switch (type) {
            case DataType.Bool() -> node.booleanValue() ? 1 : 0;
            case DataType.Decimal(int p, int s) ->
                node.decimalValue().setScale(s).unscaledValue().longValueExact();
            case DataType.Date() -> LocalDate.parse(node.stringValue()).toEpochDay();
            case DataType.Time() -> LocalTime.parse(node.stringValue()).toNanoOfDay() / 1_000;
            case DataType.Timestamp() -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(node.stringValue()));
            case DataType.TimestampNtz() ->
                ChronoUnit.MICROS.between(
                        Instant.EPOCH, LocalDateTime.parse(node.stringValue()).toInstant(ZoneOffset.UTC));
            default -> node.longValue();
        };
    }

    private static double doubleOf(JsonNode node, DataType type) {
        String text = node.isString() ? node.stringValue() : node.toString();
        return type.equals(DataType.FLOAT32) ? Float.parseFloat(text) : Double.parseDouble(text);
    }

    private static void sameBytes(BytesColumn column, int row, JsonNode node, String where) {
        switch (column.type()) {
            case DataType.Text() -> assertThat(node.stringValue()).as(where).isEqualTo(column.string(row));
            case DataType.Json() -> assertThat(node).as(where).isEqualTo(JACKSON.readTree(column.string(row)));
            case DataType.Decimal(int p, int s) ->
                assertThat(node.decimalValue())
                        .as(where)
                        .isEqualByComparingTo(new BigDecimal(new BigInteger(column.copy(row)), s));
            case DataType.Uuid() ->
                assertThat(node.stringValue().replace("-", ""))
                        .isEqualTo(HexFormat.of().formatHex(column.copy(row)));
            default ->
                assertThat(Base64.getDecoder().decode(node.stringValue())).isEqualTo(column.copy(row));
        }
    }

    @Test
    void json_with_line_breaks_stays_on_one_line() {
        RecordBatch batch = RecordBatch.of(Decoded.schema("v", "json"));
        ((BytesColumn) batch.column(0)).append("{\n  \"a\": 1,\r\n  \"b\": \"x\\ny\"\n}");
        batch.endRow();
        assertThat(ndjson(batch)).hasToString("{\"v\":{   \"a\": 1,    \"b\": \"x\\ny\" }}\n");
    }

    @Test
    void csv_quotes_only_what_a_reader_would_misunderstand() {
        Schema schema = Decoded.schema("a,b", "string", "n", "int64", "j", "json");
        RecordBatch batch = RecordBatch.of(schema);
        for (String text : new String[] {"plain", "", "a,b", "say \"hi\"", "x\ny"}) {
            ((BytesColumn) batch.column(0)).append(text);
            ((LongColumn) batch.column(1)).append(-5);
            ((BytesColumn) batch.column(2)).append("{\"k\":1}");
            batch.endRow();
        }
        batch.endRow();
        OutputBuffer out = new OutputBuffer();
        CsvEncoder encoder = new CsvEncoder(schema, CsvOptions.DEFAULT);
        encoder.header(out);
        encoder.encode(batch, 0, 6, out);
        String json = ",-5,\"{\"\"k\"\":1}\"\r\n";
        assertThat(out)
                .hasToString("\"a,b\",n,j\r\nplain" + json + "\"\"" + json + "\"a,b\"" + json + "\"say \"\"hi\"\"\""
                        + json + "\"x\ny\"" + json + ",,\r\n");
    }

    @Test
    void doubles_are_written_in_the_fewest_digits_that_read_back_the_same() {
        long seed = Long.getLong("wisent.seed", 1);
        Random random = new Random(seed);
        RecordBatch batch = RecordBatch.of(Decoded.schema("v", "float64"));
        DoubleColumn column = (DoubleColumn) batch.column(0);
        for (int i = 0; i < 20_000; i++) {
            double value = switch (i % 4) {
                case 0 -> random.nextInt(1_000_000) / 1_000.0;
                case 1 -> random.nextLong(1L << 53) / Math.pow(10, random.nextInt(20));
                case 2 -> random.nextDouble();
                default -> random.nextLong() >> random.nextInt(60);
            };
            column.append(value);
            batch.endRow();
        }
        String[] lines = ndjson(batch).toString().split("\n", -1);
        for (int i = 0; i < batch.rows(); i++) {
            String text = lines[i].substring(5, lines[i].length() - 1);
            assertThat(Double.parseDouble(text)).as("seed %d: %s", seed, text).isEqualTo(column.get(i));
            assertThat(digits(text)).as("seed %d: %s", seed, text).isEqualTo(digits(Double.toString(column.get(i))));
        }
    }

    private static int digits(String number) {
        return new BigDecimal(number).stripTrailingZeros().precision();
    }

    @Test
    void a_batch_of_another_schema_is_refused() {
        RecordBatch batch = RecordBatch.of(Decoded.schema("v", "int64"));
        assertThatThrownBy(() -> new NdjsonEncoder(Schema.of()).encode(batch, 0, 0, new OutputBuffer()))
                .hasMessageContaining("another schema");
    }

    @Test
    void an_output_buffer_grows_and_is_reused() {
        OutputBuffer out = new OutputBuffer();
        byte[] text = "x".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        out.put(text);
        out.putAscii("yz");
        assertThat(out.length()).isEqualTo(100_002);
        out.truncate(1);
        out.put('!');
        assertThat(out).hasToString("x!");
        out.clear();
        assertThat(out.length()).isZero();
    }

    private static OutputBuffer ndjson(RecordBatch batch) {
        OutputBuffer out = new OutputBuffer();
        new NdjsonEncoder(batch.schema()).encode(batch, 0, batch.rows(), out);
        return out;
    }
}
