package dev.wisent.connectors.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.wisent.api.Reject;
import dev.wisent.api.error.SplitFailure;
import dev.wisent.columnar.TypeParser;
import dev.wisent.testkit.connector.SourceReading;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Avro files as Avro's own library writes them.
class AvroFilesTest {
    private static final Schema NUMBERS = AvroFiles.record("{\"name\":\"v\",\"type\":\"long\"}");

    @TempDir
    private Path folder;

    static Stream<Arguments> values() {
        String fixed =
                "{\"type\":\"fixed\",\"name\":\"f\",\"size\":4,\"logicalType\":\"decimal\",\"precision\":9,\"scale\":2}";
        String point = "{\"type\":\"record\",\"name\":\"p\",\"fields\":[{\"name\":\"x\",\"type\":[\"null\",\"int\"]}]}";
        return Stream.of(
                Arguments.of("\"boolean\"", true, "bool", "true"),
                Arguments.of("\"int\"", -1, "int32", "-1"),
                Arguments.of("\"long\"", Long.MIN_VALUE, "int64", "-9223372036854775808"),
                Arguments.of("\"float\"", 1.1f, "float32", "1.1"),
                Arguments.of("\"double\"", Double.NaN, "float64", "\"NaN\""),
                Arguments.of("\"string\"", "żubr", "string", "\"żubr\""),
                Arguments.of("\"bytes\"", ByteBuffer.wrap(new byte[] {0, -1}), "binary", "\"AP8=\""),
                Arguments.of(logical("int", "date"), -719_162, "date", "\"0001-01-01\""),
                Arguments.of(logical("int", "time-millis"), 1, "time", "\"00:00:00.001000\""),
                Arguments.of(logical("long", "time-micros"), 1L, "time", "\"00:00:00.000001\""),
                Arguments.of(logical("long", "timestamp-millis"), -1L, "timestamp", "\"1969-12-31T23:59:59.999000Z\""),
                Arguments.of(logical("long", "timestamp-micros"), 1L, "timestamp", "\"1970-01-01T00:00:00.000001Z\""),
                Arguments.of(
                        logical("long", "timestamp-nanos"), 1_000L, "timestamp", "\"1970-01-01T00:00:00.000001Z\""),
                Arguments.of(
                        logical("long", "local-timestamp-micros"),
                        1L,
                        "timestamp_ntz",
                        "\"1970-01-01T00:00:00.000001\""),
                Arguments.of(
                        logical("string", "uuid"),
                        "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
                        "uuid",
                        "\"f81d4fae-7dec-11d0-a765-00a0c91e6bf6\""),
                Arguments.of(
                        "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":38,\"scale\":3}",
                        ByteBuffer.wrap(new byte[] {-1, 0}),
                        "decimal(38,3)",
                        "-0.256"),
                Arguments.of(
                        fixed,
                        new GenericData.Fixed(new Schema.Parser().parse(fixed), new byte[] {0, 0, 1, 0}),
                        "decimal(9,2)",
                        "2.56"),
                Arguments.of(
                        "{\"type\":\"enum\",\"name\":\"e\",\"symbols\":[\"LOW\",\"HIGH\"]}",
                        new GenericData.EnumSymbol(Schema.createEnum("e", "", "", List.of("LOW", "HIGH")), "HIGH"),
                        "string",
                        "\"HIGH\""),
                Arguments.of("[\"null\",\"long\"]", null, "int64", "null"),
                Arguments.of("[\"long\",\"null\"]", 5L, "int64", "5"),
                Arguments.of("\"null\"", null, "json", "null"),
                Arguments.of("[\"null\",\"long\",\"string\"]", 5L, "json", "5"),
                Arguments.of("[\"null\",\"long\",\"string\"]", "a\"b", "json", "\"a\\\"b\""),
                Arguments.of(
                        "{\"type\":\"array\",\"items\":[\"null\",\"int\"]}",
                        Arrays.asList(1, null),
                        "list<int32>",
                        "[1,null]"),
                Arguments.of("{\"type\":\"map\",\"values\":\"int\"}", Map.of("k", 1), "map<string,int32>", "{\"k\":1}"),
                Arguments.of(
                        point,
                        new GenericRecordBuilder(new Schema.Parser().parse(point))
                                .set("x", 1)
                                .build(),
                        "struct<x:int32>",
                        "{\"x\":1}"));
    }

    private static String logical(String type, String logical) {
        return "{\"type\":\"" + type + "\",\"logicalType\":\"" + logical + "\"}";
    }

    @ParameterizedTest
    @MethodSource("values")
    void a_value_keeps_what_it_is(String type, Object value, String column, String json) {
        AvroFiles.one(folder.resolve("one.avro"), AvroFiles.record("{\"name\":\"v\",\"type\":" + type + "}"), value);

        SourceReading read = Inputs.read(folder, "*.avro", Map.of());

        assertThat(read.schema().orElseThrow().field(0).type()).isEqualTo(TypeParser.parse(column));
        assertThat(read.rows()).containsExactly("{\"v\":" + json + "}");
    }

    static Stream<CodecFactory> codecs() {
        return Stream.of(
                CodecFactory.nullCodec(),
                CodecFactory.deflateCodec(9),
                CodecFactory.snappyCodec(),
                CodecFactory.zstandardCodec(3));
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void every_record_of_every_block_is_read(CodecFactory codec) {
        int rows = 200_000;
        AvroFiles.write(folder.resolve("many.avro"), NUMBERS, codec, rows, AvroFilesTest::number);

        List<String> read = Inputs.rows(folder, "*.avro");

        assertThat(read.equals(IntStream.range(0, rows)
                        .mapToObj(i -> "{\"v\":" + i * 31L + "}")
                        .toList()))
                .isTrue();
    }

    private static org.apache.avro.generic.GenericRecord number(int i) {
        return new GenericRecordBuilder(NUMBERS).set("v", i * 31L).build();
    }

    @Test
    void a_record_that_holds_itself_is_refused_by_name() {
        Schema tree = new Schema.Parser()
                .parse(
                        "{\"type\":\"record\",\"name\":\"row\",\"fields\":[{\"name\":\"v\",\"type\":[\"null\",\"row\"]}]}");
        AvroFiles.one(folder.resolve("tree.avro"), tree, null);

        assertThatThrownBy(() -> Inputs.rows(folder, "*.avro"))
                .isInstanceOf(SplitFailure.class)
                .hasMessageContaining("holds itself");
    }

    @Test
    void a_codec_that_is_not_supported_is_named() {
        AvroFiles.write(folder.resolve("one.avro"), NUMBERS, CodecFactory.nullCodec(), 1, AvroFilesTest::number);
        byte[] bytes = Inputs.bytes(folder.resolve("one.avro"));
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("\bnull", "\bnope");
        Inputs.write(folder.resolve("one.avro"), text.getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> Inputs.rows(folder, "*.avro")).hasMessageContaining("codec nope");
    }

    @Test
    void nanoseconds_that_a_column_would_round_leave_the_file_out() {
        AvroFiles.one(
                folder.resolve("one.avro"),
                AvroFiles.record("{\"name\":\"v\",\"type\":" + logical("long", "timestamp-nanos") + "}"),
                1L);

        assertThatThrownBy(() -> Inputs.rows(folder, "*.avro"))
                .isInstanceOf(SplitFailure.class)
                .hasMessageContaining("nothing is rounded");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 50, 20_000})
    void a_cut_file_is_left_out(int left) {
        Path file = folder.resolve("cut.avro");
        AvroFiles.write(file, NUMBERS, CodecFactory.nullCodec(), 20_000, AvroFilesTest::number);
        Inputs.write(file, Arrays.copyOf(Inputs.bytes(file), left));

        assertThatThrownBy(() -> Inputs.rows(folder, "*.avro"))
                .isInstanceOfSatisfying(
                        SplitFailure.class, e -> assertThat(e.stage()).isEqualTo(Reject.Stage.PARSE));
    }

    @Test
    void a_damaged_file_is_left_out_or_reads_and_nothing_else_happens() {
        Path file = folder.resolve("hurt.avro");
        Schema schema =
                AvroFiles.record("{\"name\":\"v\",\"type\":\"long\"},{\"name\":\"s\",\"type\":[\"null\",\"string\"]},"
                        + "{\"name\":\"l\",\"type\":{\"type\":\"array\",\"items\":\"double\"}},"
                        + "{\"name\":\"m\",\"type\":{\"type\":\"map\",\"values\":\"bytes\"}}");
        long seed = Long.getLong("wisent.seed", 1);
        Random random = new Random(seed);
        Map<CodecFactory, byte[]> files = new HashMap<>();
        codecs().forEach(codec -> {
            AvroFiles.write(
                    file,
                    schema,
                    codec,
                    3_000,
                    i -> new GenericRecordBuilder(schema)
                            .set("v", (long) i)
                            .set("s", i % 3 == 0 ? null : "żubr " + i)
                            .set("l", List.of(1.5, (double) i))
                            .set("m", Map.of("k", ByteBuffer.wrap(new byte[] {1, 2})))
                            .build());
            files.put(codec, Inputs.bytes(file));
        });
        Set<Reject.Stage> stages = new HashSet<>();
        files.forEach((codec, whole) -> {
            for (int i = 0; i < 150; i++) {
                byte[] hurt = whole.clone();
                int at = i % 5 == 0 ? random.nextInt(400) : random.nextInt(whole.length);
                hurt[at] ^= (byte) (1 << random.nextInt(8));
                Inputs.write(file, hurt);
                try {
                    Inputs.rows(folder, "*.avro");
                } catch (SplitFailure e) {
                    stages.add(e.stage());
                } catch (RuntimeException | Error e) {
                    fail("seed " + seed + ", codec " + codec + ", byte " + at, e);
                }
            }
        });
        assertThat(stages).contains(Reject.Stage.PARSE, Reject.Stage.DECOMPRESS);
    }
}
