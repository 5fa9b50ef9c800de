package dev.wisent.connectors.transformduckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.transform.Applied;
import dev.wisent.api.transform.TransformStep;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.TypeParser;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Values of every type, as they are and through DuckDB.
class TypesTest {
    private static final String VALUES = """
            bool            | true ; false
            int8            | -128 ; 127 ; 0
            int16           | -32768 ; 32767
            int32           | -2147483648 ; 2147483647
            int64           | -9223372036854775808 ; 9223372036854775807 ; 9007199254740993
            float32         | 0.1 ; -3.4028235E38 ; 1.4E-45 ; -0.0
            float64         | 0.1 ; 1.7976931348623157E308 ; 4.9E-324 ; -0.0 ; 9007199254740993
            decimal(1,0)    | 9 ; -9
            decimal(4,4)    | 0.9999 ; -0.0001
            decimal(9,2)    | 9999999.99 ; 0.10
            decimal(18,2)   | 9999999999999999.99 ; -0.01 ; 1.10
            decimal(19,0)   | 9999999999999999999
            decimal(38,10)  | 9999999999999999999999999999.9999999999 ; -0.0000000001
            decimal(38,38)  | 0.99999999999999999999999999999999999999
            string          | "" ; "a" ; "twelve bytes" ; "longer than twelve bytes" ; "ä€😀" ; "a\\"b\\\\c\\n\\td" ; "null" ; "\\u0000"
            binary          | "" ; "AP8=" ; "XHgwMA=="
            date            | "1970-01-01" ; "0001-01-01" ; "9999-12-31" ; "1969-12-31" ; "2024-02-29"
            time            | "00:00:00" ; "23:59:59.999999" ; "12:00:00"
            timestamp       | "1970-01-01T00:00:00Z" ; "2026-11-21T10:11:12.123456Z" ; "0001-01-01T00:00:00Z" ; "9999-12-31T23:59:59.999999Z" ; "1969-12-31T23:59:59.999999Z"
            timestamp_ntz   | "1970-01-01T00:00:00" ; "2026-11-21T10:11:12.123456" ; "0001-01-01T00:00:00" ; "9999-12-31T23:59:59.999999"
            uuid            | "00000000-0000-0000-0000-000000000000" ; "ffffffff-ffff-ffff-ffff-ffffffffffff" ; "123e4567-e89b-12d3-a456-426614174000"
            json            | {"a":[1,2.50,{"b":null}],"c":12345678901234567890.1234567890} ; 1.50 ; "text" ; [] ; true
            list<int64>     | [] ; [1,null,-9223372036854775808]
            list<list<string>> | [] ; [["a"],[],null,[null,"null",""]]
            list<decimal(38,10)> | [0.0000000001,9999999999999999999999999999.9999999999]
            list<timestamp> | ["0001-01-01T00:00:00Z","2026-11-21T10:11:12.5Z",null]
            list<timestamp_ntz> | ["9999-12-31T23:59:59.999999","1970-01-01T00:00:00"]
            list<date>      | ["0001-01-01","9999-12-31"]
            list<time>      | ["00:00:00","23:59:59.999999","12:30:00"]
            list<binary>    | ["AP8=","","XHgwMA==","YWJj"]
            list<uuid>      | ["123e4567-e89b-12d3-a456-426614174000"]
            list<json>      | [{"a":12345678901234567890.1234567890},1.50,"x",null,[]]
            list<float64>   | [0.1,4.9E-324,1.7976931348623157E308]
            list<float32>   | [0.1,3.4028235E38]
            list<bool>      | [true,false,null]
            list<int8>      | [-128,127]
            struct<a:int64,b:string> | {"a":1,"b":"x"} ; {"a":null,"b":null}
            struct<`a b`:list<struct<c:decimal(38,2)>>> | {"a b":[{"c":123456789012345678901234567890.12},null,{"c":null}]} ; {"a b":[]}
            map<string,int64> | {} ; {"k":1,"":null,"a\\"b":3}
            map<int64,list<string>> | {"1":["a"],"-5":null}
            map<date,json>  | {"2026-01-01":{"n":1.50}}
            """;

    @Test
    void there_is_a_line_for_every_type() {
        long leaves = VALUES.lines()
                .map(line -> TypeParser.parse(
                                line.substring(0, line.indexOf('|')).strip())
                        .getClass())
                .distinct()
                .count();
        assertThat(leaves).isEqualTo(DataType.class.getPermittedSubclasses().length);
    }

    static Stream<Arguments> values() {
        return VALUES.lines().map(line -> {
            String[] parts = line.split("\\|", 2);
            return Arguments.of(parts[0].strip(), parts[1].strip());
        });
    }

    @ParameterizedTest
    @MethodSource("values")
    void values_come_back_as_they_were(String type, String values) {
        Schema schema = Rows.schema("id int32", "x " + type);
        String[] rows = Stream.concat(Stream.of(values.split(" ; ")), Stream.of("null"))
                .map(value -> "{\"id\":1,\"x\":" + value + "}")
                .toArray(String[]::new);
        RecordBatch batch = Rows.of(schema, rows);

        Rows.Result through = Rows.through("SELECT id, CASE WHEN id = 1 THEN x END AS x FROM batch", batch);

        assertThat(through.refused()).isEmpty();
        assertThat(through.lines()).containsExactlyElementsOf(Rows.lines(batch));
        assertThat(through.type("x")).isEqualTo(TypeParser.parse(type));
        assertThat(Rows.through("SELECT * FROM batch WHERE id = 1", batch).lines())
                .containsExactlyElementsOf(Rows.lines(batch));
    }

    @Test
    void what_is_absent_passes_as_absent_and_is_null_for_what_is_computed() {
        Schema schema = Rows.schema("id int64", "x string", "s struct<a:int64,b:int64>");
        RecordBatch batch =
                Rows.of(schema, "{\"id\":1}", "{\"id\":2,\"x\":null,\"s\":{\"a\":1}}", "{\"id\":3,\"x\":\"v\"}");

        try (TransformStep step =
                new Sql("SELECT id, x, s, x IS NULL AS n, coalesce(x, '-') AS y FROM batch WHERE id < 3").step()) {
            Applied applied = step.apply(batch);

            Column x = applied.rows().column(1);
            assertThat(IntStream.range(0, 2).mapToObj(x::isAbsent)).containsExactly(true, false);
            assertThat(applied.rows().column(2).isAbsent(0)).isTrue();
            assertThat(((LongColumn) applied.rows().column(3)).get(0)).isEqualTo(1);
            assertThat(Rows.lines(applied))
                    .containsExactly(
                            "{\"id\":1,\"n\":true,\"y\":\"-\"}",
                            "{\"id\":2,\"x\":null,\"s\":{\"a\":1},\"n\":true,\"y\":\"-\"}");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'infinity'::DATE                     | there is no place for a date or time that is infinite
            '-infinity'::TIMESTAMP               | there is no place for a date or time that is infinite
            'infinity'::TIMESTAMPTZ              | there is no place for a date or time that is infinite
            ['infinity'::DATE]                   | there is no place for the date 'infinity'
            ['infinity'::TIMESTAMP]              | there is no place for the timestamp 'infinity'
            '24:00:00'::TIME                     | there is no place for the time 24:00:00
            to_json('nan'::DOUBLE)               | the result is no JSON
            repeat('9', 38)::HUGEINT + 1         | Could not cast value
            """)
    void a_value_without_a_place_is_a_reject(String expression, String told) {
        Rows.Result result = Rows.through(
                "SELECT id, CASE WHEN id = 2 THEN " + expression + " END AS x FROM batch",
                Rows.of(Rows.schema("id int64"), "{\"id\":1}", "{\"id\":2}", "{\"id\":3}"));

        assertThat(result.lines()).containsExactly("{\"id\":1,\"x\":null}", "{\"id\":3,\"x\":null}");
        assertThat(result.refused()).extracting(Applied.Refused::row).containsExactly(1);
        assertThat(result.refused().getFirst().message()).contains(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            255::UTINYINT                  | int16                | 255
            65535::USMALLINT               | int32                | 65535
            4294967295::UINTEGER           | int64                | 4294967295
            18446744073709551615::UBIGINT  | decimal(20,0)        | 18446744073709551615
            12345678901234567890::HUGEINT  | decimal(38,0)        | 12345678901234567890
            'a'::ENUM('a', 'b')            | string               | "a"
            TIMESTAMP_S '2026-01-01 00:00:01' | timestamp_ntz     | "2026-01-01T00:00:01"
            list_sum([1, 2])               | decimal(38,0)        | 3
            {'a b': 1, 'c': [1.5]}         | struct<`a b`:int32,c:list<decimal(2,1)>> | {"a b":1,"c":[1.5]}
            map {'k': 1}                   | map<string,int32>    | {"k":1}
            make_date(-44, 3, 15)          | date                 | "-000044-03-15"
            [make_date(-44, 3, 15)]        | list<date>           | ["-000044-03-15"]
            [make_timestamp(-44, 3, 15, 1, 2, 3.5)] | list<timestamp_ntz> | ["-000044-03-15T01:02:03.500000"]
            ['nan'::FLOAT, '-inf', 1]      | list<float32>        | ["NaN","-Infinity",1.0]
            'x'::BLOB                      | binary               | "eA=="
            """)
    void other_types_of_duckdb_become_the_nearest_that_holds_them(String expression, String type, String value) {
        Rows.Result result = Rows.through(
                "SELECT " + expression + " AS x FROM batch", Rows.of(Rows.schema("id int64"), "{\"id\":1}"));

        assertThat(result.refused()).isEmpty();
        assertThat(result.type("x").text()).isEqualTo(type);
        assertThat(result.lines()).containsExactly("{\"x\":" + value + "}");
    }
}
