package dev.wisent.connectors.postgres.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.columnar.Field;
import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.connectors.sql.Reads;
import dev.wisent.testkit.connector.SourceReading;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Each type of the server: which type of Wisent it is, and that its values come out as they are. docs/reference/types.md
/// tells the same.
class TypesTest {
    private final PostgresServer.Database database = PostgresServer.shared().database();

    @Test
    void truth_values_are_bool() {
        read("boolean", "true", "false").as("bool", "true", "false");
    }

    @Test
    void integers_keep_their_size() {
        read("smallint", "-32768", "32767").as("int16", "-32768", "32767");
        read("integer", "-2147483648", "2147483647").as("int32", "-2147483648", "2147483647");
        read("bigint", "-9223372036854775808", "9223372036854775807")
                .as("int64", "-9223372036854775808", "9223372036854775807");
        read("oid", "4294967295").as("int64", "4294967295");
    }

    @Test
    void floats_keep_their_digits_and_what_is_no_number() {
        read("real", "1.1", "3.4028235e38").as("float32", "1.1", "3.4028235E38");
        read("double precision", "0.1", "1e308", "'-0'").as("float64", "0.1", "1.0E308", "-0.0");
        // JSON has no word for them, so they are looked at in the column
        read("double precision", "'NaN'", "'Infinity'", "'-Infinity'")
                .as("float64", "\"NaN\"", "\"Infinity\"", "\"-Infinity\"");
    }

    @Test
    void numeric_with_a_precision_is_decimal() {
        read("numeric(12,2)", "1234567890.12", "-0.01", "0", "100")
                .as("decimal(12,2)", "1234567890.12", "-0.01", "0.00", "100.00");
        read("numeric(18,0)", "999999999999999999", "-999999999999999999", "10000", "1")
                .as("decimal(18,0)", "999999999999999999", "-999999999999999999", "10000", "1");
        read("numeric(18,18)", "0.999999999999999999", "0.000000000000000001")
                .as("decimal(18,18)", "0.999999999999999999", "0.000000000000000001");
        read("numeric(38,10)", "1234567890123456789012345678.0123456789", "-0.0000000001", "-1")
                .as("decimal(38,10)", "1234567890123456789012345678.0123456789", "-0.0000000001", "-1.0000000000");
    }

    @Test
    void numeric_with_an_odd_scale_is_the_decimal_that_holds_it() {
        read("numeric(3,-2)", "12345", "99900").as("decimal(5,0)", "12300", "99900");
        read("numeric(3,5)", "0.00123").as("decimal(5,5)", "0.00123");
    }

    @Test
    void numeric_that_no_decimal_holds_is_string() {
        String digits = "1".repeat(60) + "." + "2".repeat(50);
        read("numeric", digits, "'NaN'", "'Infinity'", "1.500")
                .as("string", "\"" + digits + "\"", "\"NaN\"", "\"Infinity\"", "\"1.500\"");
        read("numeric(39,1)", "12345678901234567890123456789012345678.5")
                .as("string", "\"12345678901234567890123456789012345678.5\"");
    }

    @Test
    void nan_in_a_decimal_is_a_reject_that_names_the_way_out() {
        Values values = read("numeric(5,2)", "'NaN'", "1.5");

        values.as("decimal(5,2)", "1.50");
        values.rejects("column 'v' is NaN", "as_text");
        text("numeric(5,2)", "'NaN'", "1.5").as("string", "\"NaN\"", "\"1.50\"");
    }

    @Test
    void texts_are_string() {
        read("text", "'né ☃ \"\\\\ ' || chr(10) || chr(1)").as("string", "\"né ☃ \\\"\\\\\\\\ \\n\\u0001\"");
        read("varchar(5)", "'abc'", "''").as("string", "\"abc\"", "\"\"");
        read("char(5)", "'ab'").as("string", "\"ab   \"");
        read("name", "'n'").as("string", "\"n\"");
        read("\"char\"", "'x'").as("string", "\"x\"");
        read("xml", "'<a>b</a>'").as("string", "\"<a>b</a>\"");
    }

    @Test
    void bytes_are_binary() {
        read("bytea", "'\\x00ff41'", "''").as("binary", "\"AP9B\"", "\"\"");
    }

    @Test
    void dates_reach_from_before_christ_to_the_last_year() {
        read("date", "'2026-11-21'", "'9999-12-31'", "'0044-03-15 BC'", "'5874897-12-31'")
                .as("date", "\"2026-11-21\"", "\"9999-12-31\"", "\"-000043-03-15\"", "\"+5874897-12-31\"");
    }

    @Test
    void timestamps_with_zone_are_instants_and_those_without_are_not() {
        read("timestamptz", "'2026-11-21 12:00:00.123456+05:45'", "'9999-12-31 23:59:59.999999+00'")
                .as("timestamp", "\"2026-11-21T06:15:00.123456Z\"", "\"9999-12-31T23:59:59.999999Z\"");
        read("timestamp", "'2026-11-21 12:00:00.123456'", "'0044-03-15 12:00:00 BC'")
                .as("timestamp_ntz", "\"2026-11-21T12:00:00.123456\"", "\"-000043-03-15T12:00:00\"");
    }

    @Test
    void infinity_is_a_reject_that_names_the_way_out() {
        Values values = read("timestamptz", "'infinity'", "'-infinity'", "'2026-01-01 00:00+00'");

        values.as("timestamp", "\"2026-01-01T00:00:00Z\"");
        values.rejects("column 'v' is infinity", "as_text");
        read("date", "'infinity'").rejects("column 'v' is infinity", "as_text");
        text("timestamptz", "'infinity'", "'2026-01-01 00:00+00'")
                .as("string", "\"infinity\"", "\"2026-01-01 00:00:00+00\"");
        text("date", "'-infinity'").as("string", "\"-infinity\"");
    }

    @Test
    void a_timestamp_later_than_micros_since_1970_reach_is_a_reject() {
        read("timestamptz", "'294276-12-31 23:59:59+00'").rejects("column 'v' is later than", "as_text");
    }

    @Test
    void times_of_day_are_time_and_24_00_is_a_reject() {
        read("time", "'23:59:59.999999'", "'00:00'").as("time", "\"23:59:59.999999\"", "\"00:00:00\"");
        read("time", "'24:00'").rejects("column 'v' is 24:00:00", "as_text");
        read("timetz", "'12:00:00+05:45'").as("string", "\"12:00:00+05:45\"");
    }

    @Test
    void intervals_are_their_iso_8601_texts() {
        read("interval", "'1 year 2 months -3 days 04:05:06.789'", "'0'")
                .as("string", "\"P1Y2M-3DT4H5M6.789S\"", "\"PT0S\"");
    }

    @Test
    void uuids_are_uuid() {
        read("uuid", "'0189abcd-0000-7000-8000-00ff00ff00ff'").as("uuid", "\"0189abcd-0000-7000-8000-00ff00ff00ff\"");
    }

    @Test
    void json_is_json_as_it_was_written_and_jsonb_as_the_server_keeps_it() {
        read("json", "'{\"b\": 1,  \"a\": 1.00}'").as("json", "{\"b\": 1,  \"a\": 1.00}");
        read("jsonb", "'{\"b\": 12345678901234567890.10,  \"a\": null}'")
                .as("json", "{\"a\": null, \"b\": 12345678901234567890.10}");
    }

    @Test
    void arrays_are_lists() {
        read("integer[]", "'{1,NULL,3}'", "'{}'").as("list<int32>", "[1,null,3]", "[]");
        read("text[]", "'{a,\"b c\"}'").as("list<string>", "[\"a\",\"b c\"]");
        read("numeric(5,2)[]", "'{1.5,-2}'").as("list<decimal(5,2)>", "[1.50,-2.00]");
        read("timestamptz[]", "'{2026-11-21 00:00+00}'").as("list<timestamp>", "[\"2026-11-21T00:00:00Z\"]");
        read("inet[]", "'{10.0.0.1}'").as("list<string>", "[\"10.0.0.1/32\"]");
    }

    @Test
    void arrays_of_several_dimensions_are_json_if_declared_so_and_else_rejects() {
        read("integer[][]", "'{{1,2},{3,4}}'").as("json", "[[1,2],[3,4]]");
        // the server keeps no dimensions of a cast, so this is a list by its declaration
        read("integer[]", "'{{1,2},{3,4}}'").rejects("column 'v' is an array of 2 dimensions", "as_text");
        read("integer[]", "'[0:1]={1,2}'").rejects("column 'v' is an array that begins at index 0", "as_text");
        text("integer[]", "'[0:1]={1,2}'").as("string", "\"[0:1]={1,2}\"");
    }

    @Test
    void enums_domains_and_composites_are_what_they_are_made_of() {
        database.run("CREATE TYPE mood AS ENUM ('sad', 'happy')");
        database.run("CREATE DOMAIN price AS numeric(9,2) CHECK (VALUE >= 0)");
        database.run("CREATE DOMAIN high_price AS price CHECK (VALUE > 100)");
        database.run("CREATE TYPE point3 AS (x int, y numeric, z text)");
        read("mood", "'happy'").as("string", "\"happy\"");
        read("high_price", "123.45").as("decimal(9,2)", "123.45");
        read("point3", "'(1,2.50,c)'").as("json", "{\"x\":1,\"y\":2.50,\"z\":\"c\"}");
        read("mood[]", "'{sad,happy}'").as("list<string>", "[\"sad\",\"happy\"]");
        read("price[]", "'{1,2.5}'").as("list<string>", "[\"1.00\",\"2.50\"]");
    }

    @Test
    void a_type_of_the_users_own_that_is_called_like_one_of_the_server_is_read_as_text() {
        database.run("CREATE SCHEMA own; CREATE TYPE own.int4 AS ENUM ('one')");
        read("own.int4", "'one'").as("string", "\"one\"");
    }

    @Test
    void everything_else_is_its_text() {
        read("inet", "'10.1.2.3/8'").as("string", "\"10.1.2.3/8\"");
        read("cidr", "'10.1.0.0/16'").as("string", "\"10.1.0.0/16\"");
        read("macaddr", "'08:00:2b:01:02:03'").as("string", "\"08:00:2b:01:02:03\"");
        read("money", "'1234.56'::numeric::money").as("string", "\"$1,234.56\"");
        read("bit(5)", "B'10101'").as("string", "\"10101\"");
        read("varbit", "B''").as("string", "\"\"");
        read("int4range", "'[1,5)'").as("string", "\"[1,5)\"");
        read("tstzrange", "'[2026-01-01 00:00+00,)'").as("string", "\"[\\\"2026-01-01 00:00:00+00\\\",)\"");
        read("int4multirange", "'{[1,3),[5,7)}'").as("string", "\"{[1,3),[5,7)}\"");
        read("point", "'(1,2.5)'").as("string", "\"(1,2.5)\"");
        read("polygon", "'((0,0),(1,1),(1,0))'").as("string", "\"((0,0),(1,1),(1,0))\"");
        read("tsvector", "'a:1 b:2'").as("string", "\"'a':1 'b':2\"");
        read("pg_lsn", "'16/B374D848'").as("string", "\"16/B374D848\"");
    }

    @Test
    void null_is_null_in_any_type() {
        for (String type : List.of("int", "text", "numeric(9,2)", "timestamptz", "int[]", "jsonb", "inet", "bytea")) {
            assertThat(read(type, "NULL").rows()).containsExactly("{\"v\":null}");
        }
    }

    @Test
    void a_query_has_the_types_of_its_columns() {
        String types = "1::int2 AS a, 2.50::numeric(9,2) AS b, 3::numeric AS c, 'x'::varchar(3) AS d, ARRAY[1] AS e,"
                + " '{}'::jsonb AS f, now() AS g, '1 day'::interval AS h, 5::numeric(3,-2) AS i";
        SourceReading reading =
                database.reads("q").with("query", "SELECT " + types + ";").all();

        assertThat(types(reading))
                .containsExactly(
                        "int16",
                        "decimal(9,2)",
                        "string",
                        "string",
                        "list<int32>",
                        "json",
                        "timestamp",
                        "string",
                        "decimal(5,0)");
        assertThat(reading.rows()).hasSize(1).first().asString().startsWith("""
                {"a":1,"b":2.50,"c":"3","d":"x","e":[1],"f":{},"g":""");
    }

    private static List<String> types(SourceReading reading) {
        return reading.schema().orElseThrow().fields().stream()
                .map(field -> field.type().text())
                .toList();
    }

    /// The rows of a table whose column `v` has these values, given as SQL.
    private Values read(String type, String... values) {
        return new Values(reads(type, values).all());
    }

    private Values text(String type, String... values) {
        return new Values(reads(type, values).with("as_text", List.of("v")).all());
    }

    private Reads reads(String type, String... values) {
        String table = PostgresServer.name();
        database.run("CREATE TABLE " + table + " (v " + type + ")");
        for (String value : values) {
            database.run("INSERT INTO " + table + " VALUES (" + value + ")");
        }
        return database.reads(table);
    }

    private record Values(SourceReading reading) {
        void as(String type, String... values) {
            Field field = reading.schema().orElseThrow().field(0);
            assertThat(field.type().text()).isEqualTo(type);
            assertThat(rows())
                    .containsExactly(List.of(values).stream()
                            .map(v -> "{\"v\":" + v + "}")
                            .toArray(String[]::new));
        }

        List<String> rows() {
            return reading.rows();
        }

        void rejects(String... parts) {
            assertThat(reading.splits().getFirst().rejects()).isNotEmpty();
            assertThat(reading.splits().getFirst().rejects().getFirst().message())
                    .contains(parts);
        }
    }
}
