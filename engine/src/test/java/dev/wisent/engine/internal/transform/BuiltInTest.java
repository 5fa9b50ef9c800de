package dev.wisent.engine.internal.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StructColumn;
import dev.wisent.columnar.TypeParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInTest {
    private static Cast cast(String... columnsAndTypes) {
        Map<String, DataType> types = new LinkedHashMap<>();
        for (int i = 0; i < columnsAndTypes.length; i += 2) {
            types.put(columnsAndTypes[i], TypeParser.parse(columnsAndTypes[i + 1]));
        }
        return new Cast(types);
    }

    /// `-`: does not fit.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '@', textBlock = """
            int64         | 127                    | int8          | 127
            int64         | 128                    | int8          | -
            int64         | -129                   | int8          | -
            int8          | -5                     | int64         | -5
            int64         | 9007199254740993       | float64       | -
            int64         | 9007199254740992       | float64       | 9.007199254740992E15
            int64         | 5                      | float32       | 5.0
            int64         | 12                     | decimal(4,2)  | 12.00
            int64         | 123                    | decimal(4,2)  | -
            decimal(4,2)  | 12.30                  | decimal(9,4)  | 12.3000
            decimal(4,2)  | 12.30                  | decimal(9,1)  | 12.3
            decimal(4,2)  | 12.34                  | decimal(9,1)  | -
            decimal(4,2)  | 12.00                  | int64         | 12
            decimal(4,2)  | 12.50                  | int64         | -
            decimal(38,0) | 99999999999999999999   | string        | "99999999999999999999"
            string        | "42"                   | int64         | 42
            string        | "-42"                  | int32         | -42
            string        | "042"                  | int64         | -
            string        | " 42"                  | int64         | -
            string        | "1e3"                  | int64         | 1000
            string        | "300"                  | int8          | -
            string        | "9223372036854775807"  | int64         | 9223372036854775807
            string        | "9223372036854775808"  | int64         | -
            string        | "1.25"                 | decimal(9,2)  | 1.25
            string        | "1.255"                | decimal(9,2)  | -
            string        | "1.5"                  | float64       | 1.5
            string        | "true"                 | bool          | true
            string        | "yes"                  | bool          | -
            int64         | 1                      | bool          | true
            int64         | 2                      | bool          | -
            bool          | true                   | int8          | 1
            bool          | false                  | string        | "false"
            int64         | 42                     | string        | "42"
            string        | "2026-11-21"           | date          | "2026-11-21"
            string        | "2026-02-30"           | date          | -
            date          | "2026-11-21"           | string        | "2026-11-21"
            string        | "2026-11-21T10:00:00Z" | timestamp     | "2026-11-21T10:00:00Z"
            timestamp     | "2026-11-21T10:00:00Z" | timestamp_ntz | "2026-11-21T10:00:00"
            timestamp_ntz | "2026-11-21T10:00:00"  | timestamp     | "2026-11-21T10:00:00Z"
            timestamp     | "2026-11-21T10:00:00Z" | int64         | -
            string        | "{\\"a\\":1}"          | json          | {"a":1}
            string        | "{a"                   | json          | -
            string        | "[1,2]"                | list<int64>   | [1,2]
            json          | {"a":1}                | struct<a:int32> | {"a":1}
            json          | {"a":"x"}              | struct<a:int32> | -
            json          | "7"                    | int64         | 7
            struct<a:int32> | {"a":1}              | json          | {"a":1}
            list<int64>   | [1,300]                | list<int8>    | -
            list<int64>   | [1,30]                 | list<int8>    | [1,30]
            uuid          | "00000000-0000-0000-0000-00000000000a" | string | "00000000-0000-0000-0000-00000000000a"
            """)
    void casts_are_exact_or_the_record_is_refused(String from, String value, String to, String expected) {
        RecordBatch batch = Rows.of(
                Schema.of(Field.nullable("v", TypeParser.parse(from)), Field.nullable("n", DataType.INT64)),
                "{\"v\":" + value + ",\"n\":1}",
                "{\"v\":null,\"n\":2}",
                "{\"n\":3}");
        Rows rows = Rows.through(batch, cast("v", to));
        if (expected.equals("-")) {
            assertThat(rows.lines).containsExactly("{\"v\":null,\"n\":2}", "{\"n\":3}");
            assertThat(rows.rejects).hasSize(1);
            assertThat(rows.rejects.getFirst().message()).startsWith("transform 'step1': column 'v");
        } else {
            assertThat(rows.rejected()).isEmpty();
            assertThat(rows.lines)
                    .containsExactly("{\"v\":" + expected + ",\"n\":1}", "{\"v\":null,\"n\":2}", "{\"n\":3}");
        }
        assertThat(rows.last.schema().field(0).type()).isEqualTo(TypeParser.parse(to));
    }

    @Test
    void schemaless_records_are_cast_by_key() {
        Rows rows = Rows.through(
                Rows.raw("{\"id\":\"7\",\"x\":1.50}", "{\"x\":2}", "{\"id\":null}", "{\"id\":\"seven\"}"),
                cast("id", "int64", "x", "string"));
        assertThat(rows.lines).containsExactly("{\"id\":7,\"x\":\"1.50\"}", "{\"x\":\"2\"}", "{\"id\":null}");
        assertThat(rows.rejects).hasSize(1);
    }

    @Test
    void a_null_in_a_string_is_a_null_of_the_document() {
        Rows rows = Rows.through(
                Rows.raw("{\"a\":\"null\",\"b\":\"null\"}", "{\"a\":\"{}\",\"b\":\"[1]\"}"),
                cast("a", "json", "b", "list<int64>"));
        assertThat(rows.lines).containsExactly("{\"a\":null,\"b\":null}", "{\"a\":{},\"b\":[1]}");
    }

    @Test
    void a_hash_is_the_sha_256_of_the_text_and_null_stays_null() {
        Schema schema = Schema.of(Field.nullable("s", DataType.STRING), Field.nullable("n", DataType.INT64));
        RecordBatch batch = Rows.of(schema, "{\"s\":\"abc\",\"n\":5}", "{\"s\":null}");
        Mask mask = new Mask(Map.of("s", Mask.Way.HASH, "n", Mask.Way.REDACT), Optional.empty());
        assertThat(Rows.through(batch, mask).lines)
                .containsExactly(
                        "{\"s\":\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\",\"n\":\"***\"}",
                        "{\"s\":null}");
        assertThat(Rows.through(Rows.raw("{\"s\":\"abc\",\"n\":null}"), mask).lines)
                .containsExactly(
                        "{\"s\":\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\",\"n\":null}");
    }

    @Test
    void a_salt_changes_hashes_and_fingerprint_and_is_not_readable_in_it() {
        Mask plain = new Mask(Map.of("s", Mask.Way.HASH), Optional.empty());
        Mask salted = new Mask(Map.of("s", Mask.Way.HASH), Optional.of("pepper"));
        // printf pepperabc | sha256sum
        RecordBatch batch = Rows.raw("{\"s\":\"abc\"}");
        assertThat(Rows.through(batch, salted).lines)
                .isNotEqualTo(Rows.through(batch, plain).lines)
                .isEqualTo(Rows.through(batch, salted).lines)
                .containsExactly("{\"s\":\"fadf7b97406e1eaa259a82e26e6839e564c37c256876e060e17838c86b7275ef\"}");
        assertThat(salted.fingerprint()).isNotEqualTo(plain.fingerprint()).doesNotContain("pepper");
    }

    @Test
    void fields_of_structs_become_columns_without_a_copy_down_to_the_depth() {
        DataType inner = TypeParser.parse("struct<c:int64>");
        Schema schema = Schema.of(
                Field.nullable("id", DataType.INT64),
                Field.nullable("a", TypeParser.parse("struct<b:string,d:struct<c:int64>>")));
        RecordBatch batch = Rows.of(schema, "{\"id\":1,\"a\":{\"b\":\"x\",\"d\":{\"c\":2}}}", "{\"id\":2,\"a\":null}");
        Rows all = Rows.through(batch, new Flatten(new Flatten.Options(List.of("a"), "_", 64)));
        assertThat(all.lines)
                .containsExactly("{\"id\":1,\"a_b\":\"x\",\"a_d_c\":2}", "{\"id\":2,\"a_b\":null,\"a_d_c\":null}");
        Column shared = ((StructColumn) batch.column(1)).children().getFirst();
        assertThat(all.last.column(1)).isSameAs(shared);
        Rows one = Rows.through(batch, new Flatten(new Flatten.Options(List.of("a"), ".", 1)));
        assertThat(one.lines.getFirst()).isEqualTo("{\"id\":1,\"a.b\":\"x\",\"a.d\":{\"c\":2}}");
        assertThat(one.last.schema().field(2).type()).isEqualTo(inner);
    }

    @Test
    void what_is_absent_stays_absent_when_flattened() {
        Schema schema = Schema.of(
                Field.nullable("id", DataType.INT64), Field.nullable("a", TypeParser.parse("struct<b:string>")));
        assertThat(Rows.through(
                                Rows.of(schema, "{\"id\":1}", "{\"id\":2,\"a\":{\"b\":\"x\"}}"),
                                new Flatten(new Flatten.Options(List.of("a"), "_", 64)))
                        .lines)
                .containsExactly("{\"id\":1}", "{\"id\":2,\"a_b\":\"x\"}");
    }

    @Test
    void keys_of_json_columns_become_columns_as_rows_bring_them_up() {
        Schema schema = Schema.of(Field.nullable("id", DataType.INT64), Field.nullable("a", DataType.JSON));
        Rows rows = Rows.through(
                Rows.of(
                        schema,
                        "{\"id\":1,\"a\":{\"x\":1.50,\"y\":{\"z\":[1]}}}",
                        "{\"id\":2,\"a\":null}",
                        "{\"id\":3,\"a\":{\"y\":{},\"x\":\"t\"}}",
                        "{\"id\":4,\"a\":[1]}"),
                new Flatten(new Flatten.Options(List.of("a"), "_", 64)));
        assertThat(rows.lines)
                .containsExactly(
                        "{\"id\":1,\"a_x\":1.50,\"a_y_z\":[1]}", "{\"id\":2}", "{\"id\":3,\"a_x\":\"t\",\"a_y\":{}}");
        assertThat(rows.rejected())
                .containsExactly("{\"id\":4,\"a\":[1]} transform 'step1': column 'a' holds no JSON object");
    }

    @Test
    void schemaless_records_are_flattened_by_key() {
        Rows rows = Rows.through(
                Rows.raw("{\"id\":1,\"a\":{\"b\":{\"c\":2}}}", "{\"a\":5}", "{\"a_b\":1,\"a\":{\"b\":2}}"),
                new Flatten(new Flatten.Options(List.of("a"), "_", 64)));
        assertThat(rows.lines).containsExactly("{\"id\":1,\"a_b_c\":2}", "{\"a\":5}");
        assertThat(rows.rejects).hasSize(1);
    }

    @Test
    void flattening_into_a_name_that_is_taken_is_refused_before_any_row() {
        Schema schema = Schema.of(
                Field.nullable("a_b", DataType.INT64), Field.nullable("a", TypeParser.parse("struct<b:string>")));
        Flatten flatten = new Flatten(new Flatten.Options(List.of("a"), "_", 64));
        assertThatThrownBy(() -> flatten.check(Optional.of(schema)))
                .isInstanceOf(WisentException.class)
                .hasMessageContaining("a_b");
    }

    /// Long enough for a memo of values to fill, to rest and to wake up again.
    @ParameterizedTest
    @ValueSource(strings = {"", "pepper"})
    void hashes_are_those_of_the_platform_whether_values_repeat_or_not(String salt) {
        Optional<String> key = Optional.of(salt).filter(s -> !s.isEmpty());
        Hash hash = new Hash(key);
        BytesColumn hashes = (BytesColumn) Column.of(DataType.STRING);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < 60_000; i++) {
            boolean repeats = i < 3_000 || i > 50_000;
            values.add(("value " + (repeats ? i % 50 : i)).repeat(1 + i % 5).substring(i % 50 == 0 ? 6 : 0));
        }
        values.forEach(value -> {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            hash.append(bytes, 0, bytes.length, hashes);
        });
        for (int i = 0; i < values.size(); i++) {
            assertThat(hashes.string(i)).as(values.get(i)).isEqualTo(OracleHash.of(values.get(i), key));
        }
    }
}
