package dev.wisent.connectors.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.error.SplitFailure;
import dev.wisent.columnar.TypeParser;
import dev.wisent.testkit.connector.SourceReading;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What DuckDB does not write and other writers do, written by parquet-java.
class OlderParquetTest {
    @TempDir
    private Path folder;

    private SourceReading read(String schema, Consumer<Group> fill) throws IOException {
        MessageType type = MessageTypeParser.parseMessageType("message row { " + schema + " }");
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(
                        new LocalOutputFile(folder.resolve("one.parquet")))
                .withType(type)
                .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
                .build()) {
            Group group = new SimpleGroupFactory(type).newGroup();
            fill.accept(group);
            writer.write(group);
        }
        return Inputs.read(folder, "*.parquet", Map.of());
    }

    private static void expect(SourceReading read, String type, String json) {
        assertThat(read.schema().orElseThrow().field(0).type()).isEqualTo(TypeParser.parse(type));
        assertThat(read.rows()).containsExactly("{\"v\":" + json + "}");
    }

    @Test
    void a_repeated_field_is_a_list() throws IOException {
        expect(read("repeated int32 v;", row -> row.append("v", 1).append("v", 2)), "list<int32>", "[1,2]");
    }

    @Test
    void a_repeated_field_without_values_is_an_empty_list() throws IOException {
        expect(read("repeated binary v (STRING);", row -> {}), "list<string>", "[]");
    }

    @Test
    void a_list_of_plain_repeated_values_is_a_list() throws IOException {
        expect(
                read(
                        "optional group v (LIST) { repeated int64 element; }",
                        row -> row.addGroup("v").append("element", 7L)),
                "list<int64>",
                "[7]");
    }

    @Test
    void an_old_list_of_groups_named_array_is_a_list_of_structs() throws IOException {
        expect(
                read(
                        "optional group v (LIST) { repeated group array { optional int32 x; } }",
                        row -> row.addGroup("v").addGroup("array").append("x", 3)),
                "list<struct<x:int32>>",
                "[{\"x\":3}]");
    }

    @Test
    void an_old_list_of_groups_with_two_fields_is_a_list_of_structs() throws IOException {
        expect(
                read(
                        "required group v (LIST) { repeated group bag { optional int32 x; required int32 y; } }",
                        row -> row.addGroup("v").addGroup("bag").append("y", 4)),
                "list<struct<x:int32,y:int32>>",
                "[{\"x\":null,\"y\":4}]");
    }

    @Test
    void an_old_map_is_a_map() throws IOException {
        expect(
                read(
                        "optional group v (MAP_KEY_VALUE) { repeated group map { required binary key (STRING); optional int32 value; } }",
                        row -> row.addGroup("v").addGroup("map").append("key", "k")),
                "map<string,int32>",
                "{\"k\":null}");
    }

    @Test
    void int96_is_an_instant() throws IOException {
        expect(
                read("optional int96 v;", row -> row.append("v", int96(2_440_587, 86_399_999_999_000L))),
                "timestamp",
                "\"1969-12-31T23:59:59.999999Z\"");
    }

    @Test
    void int96_with_nanoseconds_leaves_the_file_out() {
        assertThatThrownBy(() -> read("optional int96 v;", row -> row.append("v", int96(2_440_588, 1))))
                .isInstanceOf(SplitFailure.class)
                .hasMessageContaining("nothing is rounded");
    }

    private static Binary int96(int day, long nanos) {
        ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        return Binary.fromConstantByteArray(bytes.putLong(nanos).putInt(day).array());
    }

    @Test
    void a_half_float_is_a_float() throws IOException {
        expect(
                read(
                        "optional fixed_len_byte_array(2) v (FLOAT16);",
                        row -> row.append("v", Binary.fromConstantByteArray(new byte[] {0, (byte) 0xC1}))),
                "float32",
                "-2.5");
    }

    @Test
    void nanoseconds_that_are_whole_microseconds_are_read() throws IOException {
        expect(
                read("optional int64 v (TIME(NANOS,true));", row -> row.append("v", 5_000L)),
                "time",
                "\"00:00:00.000005\"");
    }

    @Test
    void text_that_is_not_utf_8_leaves_the_file_out() {
        assertThatThrownBy(() -> read(
                        "optional binary v (STRING);",
                        row -> row.append("v", Binary.fromConstantByteArray(new byte[] {(byte) 0xFF}))))
                .isInstanceOf(SplitFailure.class)
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void json_that_is_none_leaves_the_file_out() {
        assertThatThrownBy(() -> read("optional binary v (JSON);", row -> row.append("v", "{oops")))
                .isInstanceOf(SplitFailure.class)
                .hasMessageContaining("no JSON");
    }
}
