package dev.wisent.connectors.kafka.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.columnar.Field;
import dev.wisent.columnar.NdjsonEncoder;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.connectors.typed.Unfit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Which columns and values messages become.
class ProtoRecordTest {
    private static String columns(MessageType type) {
        return ProtoRecord.of(type).schema().fields().stream()
                .map((Field field) -> field.name() + " " + field.type().text())
                .collect(Collectors.joining(", "));
    }

    private static String row(MessageType type, byte[] bytes) throws IOException {
        ProtoRecord record = ProtoRecord.of(type);
        RecordBatch batch = RecordBatch.of(record.schema());
        record.read(bytes, 0, bytes.length, batch.columns());
        batch.endRow();
        OutputBuffer out = new OutputBuffer();
        new NdjsonEncoder(record.schema()).encode(batch, 0, 1, out);
        return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8).strip();
    }

    private static String row(MessageType type, String text) throws IOException {
        return row(type, Protos.bytes(type, text));
    }

    @Test
    void each_scalar_has_a_column_that_holds_all_its_values() throws Exception {
        MessageType type = Protos.type("""
                syntax = "proto3";
                message M {
                  double d = 1; float f = 2; int32 i = 3; int64 l = 4; uint32 u = 5; uint64 ul = 6; sint32 s = 7; sint64 sl = 8;
                  fixed32 x = 9; fixed64 xl = 10; sfixed32 sx = 11; sfixed64 sxl = 12; bool b = 13; string t = 14; bytes y = 15;
                }""", "M");

        assertThat(columns(type))
                .isEqualTo("d float64, f float32, i int32, l int64, u int64, ul decimal(20,0), s int32, sl int64, "
                        + "x int64, xl decimal(20,0), sx int32, sxl int64, b bool, t string, y binary");
        assertThat(row(type, """
                        d: 1.5 f: 0.25 i: -2147483648 l: -9223372036854775808 u: 4294967295 ul: 18446744073709551615 s: -1 sl: -2
                        x: 4294967295 xl: 18446744073709551615 sx: -3 sxl: -4 b: true t: "Käse\\n" y: "\\000\\377"
                        """)).isEqualTo("""
                        {"d":1.5,"f":0.25,"i":-2147483648,"l":-9223372036854775808,"u":4294967295,"ul":18446744073709551615,\
                        "s":-1,"sl":-2,"x":4294967295,"xl":18446744073709551615,"sx":-3,"sxl":-4,"b":true,"t":"Käse\\n","y":"AP8="}""");
    }

    @Test
    void a_field_that_can_t_tell_whether_it_was_set_has_its_default_and_one_that_can_is_null() throws Exception {
        MessageType proto3 = Protos.type("""
                syntax = "proto3";
                message M { int32 plain = 1; optional int32 told = 2; repeated int32 many = 3; map<string, int32> named = 4;
                  oneof choice { string left = 5; M right = 6; } message N {} N inner = 7; E word = 8; }
                enum E { NONE = 0; SOME = 1; }""".replace("M right", "int64 right"), "M");
        MessageType proto2 = Protos.type("""
                message M { optional int32 told = 1; optional string greeting = 2 [default = "moo"]; optional E word = 3 [default = BIG];
                  required bool needed = 4; optional bytes raw = 5 [default = "ab"]; }
                enum E { SMALL = 3; BIG = 5; }""", "M");

        assertThat(row(proto3, ""))
                .isEqualTo("{\"plain\":0,\"told\":null,\"many\":[],\"named\":{},\"left\":null,\"right\":null,"
                        + "\"inner\":null,\"word\":\"NONE\"}");
        assertThat(row(proto3, "told: 0 right: 7 inner {} many: [1, 2] named { key: \"a\" value: 1 } word: SOME"))
                .isEqualTo("{\"plain\":0,\"told\":0,\"many\":[1,2],\"named\":{\"a\":1},\"left\":null,\"right\":7,"
                        + "\"inner\":{},\"word\":\"SOME\"}");
        assertThat(row(proto2, "needed: false"))
                .isEqualTo("{\"told\":null,\"greeting\":\"moo\",\"word\":\"BIG\",\"needed\":false,\"raw\":\"YWI=\"}");
    }

    @Test
    void messages_that_mean_one_value_are_that_value() throws Exception {
        MessageType type = Protos.type("""
                syntax = "proto3";
                import "google/protobuf/timestamp.proto";
                import "google/protobuf/duration.proto";
                import "google/protobuf/wrappers.proto";
                import "google/protobuf/struct.proto";
                message M {
                  google.protobuf.Timestamp at = 1; google.protobuf.Duration took = 2; google.protobuf.StringValue name = 3;
                  google.protobuf.UInt64Value count = 4; google.protobuf.Struct more = 5; repeated google.protobuf.Value any = 6;
                }""", "M");

        assertThat(columns(type))
                .isEqualTo(
                        "at timestamp, took decimal(21,9), name string, count decimal(20,0), more json, any list<json>");
        assertThat(row(type, """
                        at { seconds: 1700000000 nanos: 123456000 } took { seconds: -3 nanos: -500000001 } name {} count { value: 5 }
                        more { fields { key: "a" value { list_value { values { number_value: 1 } values { null_value: NULL_VALUE } } } } }
                        any { bool_value: true } any { string_value: "x" } any { number_value: 1.5 }
                        """))
                .isEqualTo("{\"at\":\"2023-11-14T22:13:20.123456Z\",\"took\":-3.500000001,\"name\":\"\",\"count\":5,"
                        + "\"more\":{\"a\":[1,null]},\"any\":[true,\"x\",1.5]}");
        assertThatThrownBy(() -> row(type, "at { nanos: 1 }"))
                .isInstanceOf(Unfit.class)
                .hasMessageContaining("nothing is rounded");
        assertThatThrownBy(() -> row(type, "at { seconds: 253402300800 }")).hasMessageContaining("which is none");
        assertThatThrownBy(() -> row(type, "took { seconds: 1 nanos: -1 }")).hasMessageContaining("which is none");
        assertThatThrownBy(() -> row(type, "any {}")).hasMessageContaining("says nothing");
    }

    @Test
    void imported_and_nested_messages_are_structs_and_keys_of_maps_texts() throws Exception {
        MessageType type = Protos.type(
                Map.of(
                        "farm/cow.proto",
                        "package farm; message Cow { optional int64 id = 1; optional Cow.Kind kind = 2; enum Kind { A = 0; } }"),
                """
                syntax = "proto3";
                package farm;
                import "farm/cow.proto";
                message Herd { repeated Cow cows = 1; map<uint64, Cow> by_id = 2; map<bool, string> said = 3; }""",
                "Herd");

        assertThat(columns(type))
                .isEqualTo("cows list<struct<id:int64,kind:string>>, by_id map<string,struct<id:int64,kind:string>>, "
                        + "said map<string,string>");
        assertThat(row(type, """
                        cows { id: 1 kind: A } by_id { key: 18446744073709551615 value { id: 2 } } by_id { key: 1 value { id: 3 } }
                        said { key: true value: "yes" }
                        """))
                .isEqualTo(
                        "{\"cows\":[{\"id\":1,\"kind\":\"A\"}],\"by_id\":{\"18446744073709551615\":{\"id\":2,\"kind\":null},"
                                + "\"1\":{\"id\":3,\"kind\":null}},\"said\":{\"true\":\"yes\"}}");
    }

    @Test
    void an_unknown_number_of_an_enum_is_itself_and_unknown_fields_are_counted() throws Exception {
        MessageType narrow = Protos.type("syntax = \"proto3\"; message M { E e = 1; } enum E { A = 0; }", "M");
        MessageType wide = Protos.type(
                "syntax = \"proto3\"; message M { E e = 1; int32 more = 2; string yet = 3; } enum E { A = 0; B = 7; }",
                "M");
        byte[] bytes = Protos.bytes(wide, "e: B more: 1 yet: \"x\"");
        ProtoRecord record = ProtoRecord.of(narrow);
        record.read(bytes, 0, bytes.length, RecordBatch.of(record.schema()).columns());

        assertThat(row(narrow, bytes)).isEqualTo("{\"e\":\"7\"}");
        assertThat(record.unknown()).isEqualTo(2);
    }

    @Test
    void bytes_that_are_no_such_message_are_refused() {
        MessageType proto2 = Protos.type("message M { required int32 id = 1; optional string name = 2; }", "M");

        assertThatThrownBy(() -> row(proto2, new byte[] {8})).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> row(proto2, new byte[0])).hasMessageContaining("missing required fields: id");
        assertThatThrownBy(() -> row(proto2, new byte[] {8, 1, 12})).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> row(proto2, new byte[] {8, 1, 18, 1, (byte) 0xff}))
                .as("also where a reader of proto2 would replace it")
                .isInstanceOf(Unfit.class)
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void a_type_that_holds_itself_or_is_declared_nowhere_has_no_columns() {
        assertThatThrownBy(() -> ProtoRecord.of(Protos.type("message M { repeated M more = 1; }", "M")))
                .isInstanceOf(Unfit.class)
                .hasMessage("column 'more': message 'M' holds itself, which has no end as columns");
        assertThatThrownBy(() -> ProtoRecord.of(
                        Protos.type("import \"x.proto\"; message M { optional other.Thing it = 1; }", "M")))
                .hasMessage("column 'it': type 'other.Thing', which no file that is there declares");
    }
}
