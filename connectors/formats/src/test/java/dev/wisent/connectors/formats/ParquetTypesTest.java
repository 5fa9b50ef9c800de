package dev.wisent.connectors.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.error.SplitFailure;
import dev.wisent.columnar.TypeParser;
import dev.wisent.testkit.connector.SourceReading;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each type that DuckDB writes, as the type and the value it becomes.
class ParquetTypesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            true                                            | bool                          | true
            (-128)::TINYINT                                 | int8                          | -128
            (-32768)::SMALLINT                              | int16                         | -32768
            2147483647::INTEGER                             | int32                         | 2147483647
            (-9223372036854775808)::BIGINT                  | int64                         | -9223372036854775808
            255::UTINYINT                                   | int16                         | 255
            65535::USMALLINT                                | int32                         | 65535
            4294967295::UINTEGER                            | int64                         | 4294967295
            18446744073709551615::UBIGINT                   | decimal(20,0)                 | 18446744073709551615
            1.1::FLOAT                                      | float32                       | 1.1
            1.1::DOUBLE                                     | float64                       | 1.1
            '-0.0'::DOUBLE                                  | float64                       | -0.0
            'nan'::DOUBLE                                   | float64                       | "NaN"
            '-inf'::DOUBLE                                  | float64                       | "-Infinity"
            (-1.23)::DECIMAL(4,2)                           | decimal(4,2)                  | -1.23
            1234567.89::DECIMAL(9,2)                        | decimal(9,2)                  | 1234567.89
            (-123456789012345.678)::DECIMAL(18,3)           | decimal(18,3)                 | -123456789012345.678
            99999999999999999999999999999999999.999::DECIMAL(38,3) | decimal(38,3)          | 99999999999999999999999999999999999.999
            'zażółć 🦬'                                     | string                        | "zażółć 🦬"
            ''                                              | string                        | ""
            'low'::ENUM('low','high')                       | string                        | "low"
            '\\x00\\xFF'::BLOB                              | binary                        | "AP8="
            DATE '0001-01-01'                               | date                          | "0001-01-01"
            TIME '23:59:59.999999'                          | time                          | "23:59:59.999999"
            TIMESTAMP '1969-12-31 23:59:59.999999'          | timestamp_ntz                 | "1969-12-31T23:59:59.999999"
            TIMESTAMP_S '2026-11-20 10:00:00'               | timestamp_ntz                 | "2026-11-20T10:00:00"
            TIMESTAMP_MS '2026-11-20 10:00:00.123'          | timestamp_ntz                 | "2026-11-20T10:00:00.123000"
            TIMESTAMP_NS '2026-11-20 10:00:00.123456'       | timestamp_ntz                 | "2026-11-20T10:00:00.123456"
            TIMESTAMPTZ '2026-11-20 10:00:00.5+02'          | timestamp                     | "2026-11-20T08:00:00.500000Z"
            'f81d4fae-7dec-11d0-a765-00a0c91e6bf6'::UUID    | uuid                          | "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
            '{"a": [1, 2.50]}'::JSON                        | json                          | {"a": [1, 2.50]}
            [1, NULL, 3]                                    | list<int32>                   | [1,null,3]
            []::INTEGER[]                                   | list<int32>                   | []
            [[1], [], NULL]                                 | list<list<int32>>             | [[1],[],null]
            {'a': 1, 'b': NULL::VARCHAR}                    | struct<a:int32,b:string>      | {"a":1,"b":null}
            [{'a': 1}, NULL]                                | list<struct<a:int32>>         | [{"a":1},null]
            MAP {'x': 1, 'y': NULL}                         | map<string,int32>             | {"x":1,"y":null}
            MAP {'x': [{'a': 1}]}                           | map<string,list<struct<a:int32>>> | {"x":[{"a":1}]}
            NULL::INTEGER                                   | int32                         | null
            NULL::INTEGER[]                                 | list<int32>                   | null
            NULL::STRUCT(a INTEGER)                         | struct<a:int32>               | null
            """)
    void a_value_keeps_what_it_is(String value, String type, String json) {
        Path file = folder.resolve("one.parquet");
        Inputs.parquet(file, "SELECT " + value + " AS v", "");

        SourceReading read = Inputs.read(folder, "*.parquet", Map.of());

        assertThat(read.schema().orElseThrow().field(0).type()).isEqualTo(TypeParser.parse(type));
        assertThat(read.rows()).containsExactly("{\"v\":" + json + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INTERVAL 1 DAY"})
    void a_type_no_column_holds_leaves_the_file_out_and_says_why(String value) {
        Inputs.parquet(folder.resolve("one.parquet"), "SELECT 1 AS id, " + value + " AS v", "");

        assertThatThrownBy(() -> Inputs.read(folder, "*.parquet", Map.of()))
                .isInstanceOf(SplitFailure.class)
                .hasMessageContaining("column 'v'")
                .hasMessageContaining("which no column holds");
    }

    @Test
    void a_column_that_can_not_be_held_is_no_trouble_where_the_schema_leaves_it_out() {
        Inputs.parquet(folder.resolve("one.parquet"), "SELECT 1 AS id, INTERVAL 1 DAY AS v", "");

        SourceReading read = Inputs.read(
                folder,
                "*.parquet",
                Map.of("schema", Map.of("fields", List.of(Map.of("name", "id", "type", "int32")))));

        assertThat(read.rows()).containsExactly("{\"id\":1}");
    }

    @Test
    void nanoseconds_that_a_column_would_round_leave_the_file_out() {
        Inputs.parquet(folder.resolve("one.parquet"), "SELECT TIMESTAMP_NS '2026-11-20 10:00:00.123456789' AS at", "");

        assertThatThrownBy(() -> Inputs.read(folder, "*.parquet", Map.of()))
                .isInstanceOf(SplitFailure.class)
                .hasMessageContaining("nothing is rounded");
    }
}
