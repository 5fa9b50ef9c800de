package dev.wisent.connectors.mysql.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.columnar.Field;
import dev.wisent.columnar.FieldNotes;
import dev.wisent.connectors.mysql.MariaDbServer;
import dev.wisent.connectors.sql.Reads;
import dev.wisent.testkit.connector.SourceReading;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Each type of the server: which type of Wisent it is, and that its values come out as they are. docs/reference/types.md
/// tells the same.
class MysqlTypesTest {
    private final MariaDbServer.Database database = MariaDbServer.shared().database();

    @Test
    void integers_keep_their_size_and_unsigned_ones_get_the_next() {
        read("tinyint(1)", "1", "0", "-128").as("int8", "1", "0", "-128");
        read("tinyint unsigned", "255").as("int16", "255");
        read("smallint", "-32768", "32767").as("int16", "-32768", "32767");
        read("smallint unsigned zerofill", "65535").as("int32", "65535");
        read("mediumint", "-8388608").as("int32", "-8388608");
        read("mediumint unsigned", "16777215").as("int32", "16777215");
        read("int", "-2147483648", "2147483647").as("int32", "-2147483648", "2147483647");
        read("int unsigned", "4294967295").as("int64", "4294967295");
        read("bigint", "-9223372036854775808", "9223372036854775807")
                .as("int64", "-9223372036854775808", "9223372036854775807");
        read("bigint unsigned", "18446744073709551615", "0").as("decimal(20,0)", "18446744073709551615", "0");
        read("year", "1901", "2155", "0").as("int16", "1901", "2155", "0");
    }

    @Test
    void floats_keep_their_digits() {
        read("float", "1.1", "3.4028234e38", "16777217e-7").as("float32", "1.1", "3.4028235E38", "1.6777217");
        read("double", "0.1", "1e308", "0.30000000000000004", "-2.5e-300")
                .as("float64", "0.1", "1.0E308", "0.30000000000000004", "-2.5E-300");
        read("double(10,3)", "1234.5675").as("float64", "1234.568");
    }

    @Test
    void decimals_of_up_to_38_digits_are_decimal_and_longer_ones_are_texts() {
        read("decimal(12,2)", "1234567890.12", "-0.01", "0").as("decimal(12,2)", "1234567890.12", "-0.01", "0.00");
        read("decimal(38,10)", "1234567890123456789012345678.0123456789", "-0.0000000001")
                .as("decimal(38,10)", "1234567890123456789012345678.0123456789", "-0.0000000001");
        String digits = "1".repeat(35) + "." + "2".repeat(30);
        read("decimal(65,30)", digits, "-1.5")
                .as("string", "\"" + digits + "\"", "\"-1.500000000000000000000000000000\"");
    }

    @Test
    void bits_are_bool_or_whole_numbers() {
        read("bit(1)", "b'1'", "b'0'").as("bool", "true", "false");
        read("bit(8)", "b'10101'").as("int64", "21");
        read("bit(63)", "9223372036854775807").as("int64", "9223372036854775807");
        read("bit(64)", "18446744073709551615").as("decimal(20,0)", "18446744073709551615");
    }

    @Test
    void texts_are_string_whatever_their_character_set() {
        read("text character set utf8mb4", "_utf8mb4 X'6EC3A920E29883F09F9880225C270A01'")
                .as("string", "\"né ☃😀\\\"\\\\'\\n\\u0001\"");
        read("varchar(9) character set latin1", "_latin1 X'E9'", "''").as("string", "\"é\"", "\"\"");
        read("char(5) character set utf16", "'ab'").as("string", "\"ab\"");
        read("longtext", "'x'").as("string", "\"x\"");
        read("enum('sad','happy')", "'happy'").as("string", "\"happy\"");
        read("set('a','b','c')", "'a,c'", "''").as("string", "\"a,c\"", "\"\"");
        read("inet6", "'::1'").as("string", "\"::1\"");
    }

    @Test
    void bytes_are_binary() {
        read("varbinary(9)", "X'00ff41'", "''").as("binary", "\"AP9B\"", "\"\"");
        read("binary(4)", "X'00ff'").as("binary", "\"AP8AAA==\"");
        read("longblob", "X'ff'").as("binary", "\"/w==\"");
        text("varbinary(9)", "X'00ff41'").as("string", "\"00FF41\"");
    }

    @Test
    void json_is_json_as_it_was_written() {
        read("json", "'{\"b\": 1,  \"a\": 1.00}'").as("json", "{\"b\": 1,  \"a\": 1.00}");
    }

    @Test
    void uuids_are_uuid() {
        read("uuid", "'0189abcd-0000-7000-8000-00ff00ff00ff'").as("uuid", "\"0189abcd-0000-7000-8000-00ff00ff00ff\"");
    }

    @Test
    void dates_and_times_keep_their_microseconds() {
        read("date", "'2026-11-21'", "'9999-12-31'", "'0001-01-01'")
                .as("date", "\"2026-11-21\"", "\"9999-12-31\"", "\"0001-01-01\"");
        read("datetime(6)", "'2026-11-21 12:00:00.123456'", "'9999-12-31 23:59:59.999999'")
                .as("timestamp_ntz", "\"2026-11-21T12:00:00.123456\"", "\"9999-12-31T23:59:59.999999\"");
        read("datetime", "'2026-11-21 12:00:00'").as("timestamp_ntz", "\"2026-11-21T12:00:00\"");
        read("time(3)", "'23:59:59.999'", "'00:00'").as("time", "\"23:59:59.999000\"", "\"00:00:00\"");
    }

    @Test
    void a_timestamp_is_an_instant_whatever_the_zone_of_the_server() {
        // the session that writes is the server's, which is 05:45 ahead
        read("timestamp(6)", "'2026-11-21 12:00:00.123456'").as("timestamp", "\"2026-11-21T06:15:00.123456Z\"");
    }

    @Test
    void a_time_of_more_than_a_day_or_less_than_nothing_is_a_reject_that_names_the_way_out() {
        read("time", "'24:00:00'").rejects("column 'v' is no time of a day: 24:00:00", "as_text");
        Values values = read("time", "'838:59:59'", "'-01:00:00'", "'01:00:00'");
        values.as("time", "\"01:00:00\"");
        assertThat(values.reading().splits().getFirst().rejects()).hasSize(2);
        text("time", "'838:59:59'", "'-01:00:00'").as("string", "\"838:59:59\"", "\"-01:00:00\"");
    }

    @Test
    void zero_dates_are_rejects_or_null_or_text_as_is_said() {
        for (String type : List.of("date", "datetime", "timestamp NULL DEFAULT NULL")) {
            read(type, "'0000-00-00'").rejects("column 'v' is 0000-00-00", "zero_dates: null", "as_text");
            assertThat(reads(type, "'0000-00-00'").with("zero_dates", "null").rows())
                    .containsExactly("{\"v\":null}");
        }
        read("date", "'2026-00-00'").rejects("column 'v' is 2026-00-00");
        text("date", "'0000-00-00'", "'2026-11-00'").as("string", "\"0000-00-00\"", "\"2026-11-00\"");
    }

    @Test
    void geometry_is_its_text() {
        read("point", "ST_GeomFromText('POINT(1 2.5)')").as("string", "\"POINT(1 2.5)\"");
        read("geometry", "ST_GeomFromText('POINT(0.1 0.30000000000000004)', 4326)")
                .as("string", "\"SRID=4326;POINT(0.1 0.30000000000000004)\"");
    }

    @Test
    void null_is_null_in_any_type() {
        for (String type : List.of(
                "int",
                "text",
                "decimal(9,2)",
                "timestamp NULL",
                "json",
                "bit(1)",
                "blob",
                "double",
                "float",
                "point",
                "date",
                "time",
                "uuid",
                "bigint unsigned")) {
            assertThat(read(type, "NULL").rows()).containsExactly("{\"v\":null}");
        }
    }

    @Test
    void a_query_has_the_types_of_its_columns() {
        database.run(
                "CREATE TABLE kinds (a smallint, b decimal(9,2), c varchar(3), d blob, e bigint unsigned, f timestamp(3),"
                        + " g float, h bit(1), i text, j date, k time, l int unsigned, m binary(2), n year)",
                "INSERT INTO kinds VALUES (1, 2.50, 'x', X'ff', 18446744073709551615, '2026-11-21 12:00:00.5', 1.1, 1, 'é',"
                        + " '2026-11-21', '01:02:03', 4294967295, X'0001', 2026)");
        SourceReading reading = database.reads("q")
                .with("query", "SELECT *, a + 1 AS o, 'lit' AS p FROM kinds;")
                .all();

        assertThat(types(reading))
                .containsExactly(
                        "int16",
                        "decimal(9,2)",
                        "string",
                        "binary",
                        "decimal(20,0)",
                        "timestamp",
                        "float32",
                        "bool",
                        "string",
                        "date",
                        "time",
                        "int64",
                        "binary",
                        "int16",
                        "int32",
                        "string");
        assertThat(reading.rows()).containsExactly("""
                {"a":1,"b":2.50,"c":"x","d":"/w==","e":18446744073709551615,"f":"2026-11-21T06:15:00.500000Z","g":1.1,\
                "h":true,"i":"é","j":"2026-11-21","k":"01:02:03","l":4294967295,"m":"AAE=","n":2026,"o":2,"p":"lit"}""");
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

    @Test
    void comments_and_constant_defaults_are_said_of_columns_and_expressions_are_told_apart() {
        String table = MariaDbServer.name();
        database.run(
                "CREATE TABLE " + table + " (a text DEFAULT 'it''s' COMMENT 'what''s up', b int DEFAULT 7,"
                        + " c bit(1) DEFAULT b'1', d timestamp DEFAULT current_timestamp(), e int DEFAULT NULL, f int NOT NULL)");

        List<FieldNotes> notes = database.reads(table).all().schema().orElseThrow().fields().stream()
                .map(Field::notes)
                .toList();

        assertThat(notes.get(0)).isEqualTo(new FieldNotes("what's up", Optional.of("it's")));
        assertThat(notes.get(1)).isEqualTo(new FieldNotes("", Optional.of("7")));
        assertThat(notes.get(2).computed()).isEqualTo("b'1'");
        assertThat(notes.get(3).computed()).isEqualTo("current_timestamp()");
        assertThat(notes.subList(4, 6)).containsOnly(FieldNotes.NONE);
    }

    private Values text(String type, String... values) {
        return new Values(reads(type, values).with("as_text", List.of("v")).all());
    }

    private Reads reads(String type, String... values) {
        String table = MariaDbServer.name();
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
