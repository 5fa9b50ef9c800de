package dev.wisent.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Which JSON value fits which type, and what it becomes: the table of docs/reference/formats.md.
class JsonTypesTest {
    private static final String NO = "TYPE";

    static List<String[]> values() {
        return List.of(
                row("bool", "true", "true"),
                row("bool", "false", "false"),
                row("bool", "1", NO),
                row("bool", "\"true\"", NO),
                row("int8", "127", "127"),
                row("int8", "-128", "-128"),
                row("int8", "128", NO),
                row("int8", "-129", NO),
                row("int16", "32767", "32767"),
                row("int16", "32768", NO),
                row("int32", "-2147483648", "-2147483648"),
                row("int32", "2147483648", NO),
                row("int64", "9223372036854775807", "9223372036854775807"),
                row("int64", "-9223372036854775808", "-9223372036854775808"),
                row("int64", "9223372036854775808", NO),
                row("int64", "-9223372036854775809", NO),
                row("int64", "99999999999999999999", NO),
                row("int64", "1.0", "1"),
                row("int64", "1e3", "1000"),
                row("int64", "1.5e1", "15"),
                row("int64", "-0", "0"),
                row("int64", "-0.0", "0"),
                row("int64", "100e-2", "1"),
                row("int64", "1.9", NO),
                row("int64", "1e-1", NO),
                row("int64", "1e19", NO),
                row("int64", "1e999999999", NO),
                row("int64", "1e-999999999", NO),
                row("int64", "0e999999999", "0"),
                row("int64", "1.00000000000000000000000000", "1"),
                row("int64", "1.00000000000000000000000001", NO),
                row("int64", "9.223372036854775807e18", "9223372036854775807"),
                row("int64", "922337203685477580700e-2", "9223372036854775807"),
                row("int64", "\"1\"", NO),
                row("int64", "true", NO),
                row("int64", "[1]", NO),
                row("int64", "{}", NO),
                row("int64", "null", "null"),
                row("float64", "1", "1.0"),
                row("float64", "0.1", "0.1"),
                row("float64", "1e308", "1.0E308"),
                row("float64", "1e309", NO),
                row("float64", "-1e309", NO),
                row("float64", "1e-400", "0.0"),
                row("float64", "-0.0", "-0.0"),
                row("float64", "9007199254740993", "9.007199254740992E15"),
                row("float64", "\"NaN\"", "\"NaN\""),
                row("float64", "\"-Infinity\"", "\"-Infinity\""),
                row("float64", "\"1.5\"", NO),
                row("float64", "\"nan\"", NO),
                row("float64", "true", NO),
                row("float32", "0.1", "0.1"),
                row("float32", "16777217", "1.6777216E7"),
                row("float32", "3.5e38", NO),
                row("float32", "1e-50", "0.0"),
                row("float32", "1.00000017881393432617187499", "1.0000001"),
                row("decimal(5,2)", "123.45", "123.45"),
                row("decimal(5,2)", "1", "1.00"),
                row("decimal(5,2)", "-0.05", "-0.05"),
                row("decimal(5,2)", "1.230", "1.23"),
                row("decimal(5,2)", "1.234", NO),
                row("decimal(5,2)", "1000", NO),
                row("decimal(5,2)", "999.99", "999.99"),
                row("decimal(5,2)", "\"12.5\"", "12.50"),
                row("decimal(5,2)", "\"1\\u0032.5\"", "12.50"),
                row("decimal(5,2)", "\"12,5\"", NO),
                row("decimal(5,2)", "\"\"", NO),
                row("decimal(5,2)", "1e2", "100.00"),
                row("decimal(5,2)", "0e99", "0.00"),
                row(
                        "decimal(38,0)",
                        "99999999999999999999999999999999999999",
                        "99999999999999999999999999999999999999"),
                row(
                        "decimal(38,0)",
                        "-99999999999999999999999999999999999999",
                        "-99999999999999999999999999999999999999"),
                row("decimal(38,0)", "100000000000000000000000000000000000000", NO),
                row("decimal(38,0)", "0", "0"),
                row("decimal(38,9)", "12345678901234567890.123456789", "12345678901234567890.123456789"),
                row("decimal(38,10)", "0.0000000001", "0.0000000001"),
                row("decimal(38,10)", "0.00000000001", NO),
                row(
                        "decimal(38,20)",
                        "123456789012345678.00000000000000000001",
                        "123456789012345678.00000000000000000001"),
                row("string", "\"x\"", "\"x\""),
                row("string", "1.50", "\"1.50\""),
                row("string", "true", "\"true\""),
                row("string", "null", "null"),
                row("string", "{}", NO),
                row("string", "[1]", NO),
                row("string", "\"\\ud83d\\ude00\"", "\"\ud83d\ude00\""),
                row("string", "\"\\ud800\"", "\"\ufffd\""),
                row("string", "\"\\ud800\\ud83d\\ude00\"", "\"\ufffd\ud83d\ude00\""),
                row("string", "\"\\udc00x\"", "\"\ufffdx\""),
                row("string", "\"\\u0000\"", "\"\\u0000\""),
                row("string", "\"a\\/b\\u0041\\n\"", "\"a/bA\\n\""),
                row("string", "\"\\u00e9\\u20ac\"", "\"\u00e9\u20ac\""),
                row("json", "\"\\ud800\"", "\"\\ud800\""),
                row("json", "[1, 2 ]", "[1, 2 ]"),
                row("json", "1.50", "1.50"),
                row("date", "\"2026-11-20\"", "\"2026-11-20\""),
                row("date", "\"2024-02-29\"", "\"2024-02-29\""),
                row("date", "\"2026-02-29\"", NO),
                row("date", "\"1900-02-29\"", NO),
                row("date", "\"0000-01-01\"", NO),
                row("date", "\"0001-01-01\"", "\"0001-01-01\""),
                row("date", "\"9999-12-31\"", "\"9999-12-31\""),
                row("date", "\"2026-11-31\"", NO),
                row("date", "\"2026-13-01\"", NO),
                row("date", "\"2026-1-01\"", NO),
                row("date", "\"2026-11-20T00:00:00Z\"", NO),
                row("date", "20261120", NO),
                row("date", "\"\"", NO),
                row("time", "\"10:00:00\"", "\"10:00:00\""),
                row("time", "\"23:59:59.999999\"", "\"23:59:59.999999\""),
                row("time", "\"24:00:00\"", NO),
                row("time", "\"10:60:00\"", NO),
                row("time", "\"10:00\"", NO),
                row("time", "\"10:00:00.\"", NO),
                row("time", "\"10:00:00Z\"", NO),
                row("timestamp", "\"2026-11-20T10:00:00Z\"", "\"2026-11-20T10:00:00Z\""),
                row("timestamp", "\"2026-11-20t10:00:00z\"", "\"2026-11-20T10:00:00Z\""),
                row("timestamp", "\"2026-11-20 10:00:00Z\"", "\"2026-11-20T10:00:00Z\""),
                row("timestamp", "\"2026-11-20T10:00:00.5Z\"", "\"2026-11-20T10:00:00.500000Z\""),
                row("timestamp", "\"2026-11-20T10:00:00.123456000Z\"", "\"2026-11-20T10:00:00.123456Z\""),
                row("timestamp", "\"2026-11-20T10:00:00.1234567Z\"", NO),
                row("timestamp", "\"2026-11-20T10:00:00.0000000000Z\"", NO),
                row("timestamp", "\"2026-11-20T00:30:00+01:00\"", "\"2026-11-19T23:30:00Z\""),
                row("timestamp", "\"2026-11-20T00:30:00-05:30\"", "\"2026-11-20T06:00:00Z\""),
                row("timestamp", "\"1969-12-31T23:59:59.999999Z\"", "\"1969-12-31T23:59:59.999999Z\""),
                row("timestamp", "\"0001-01-01T00:00:00Z\"", "\"0001-01-01T00:00:00Z\""),
                row("timestamp", "\"0001-01-01T00:00:00+01:00\"", NO),
                row("timestamp", "\"9999-12-31T23:59:59-01:00\"", NO),
                row("timestamp", "\"9999-12-31T23:59:59.999999Z\"", "\"9999-12-31T23:59:59.999999Z\""),
                row("timestamp", "\"2016-12-31T23:59:60Z\"", NO),
                row("timestamp", "\"2026-11-20T10:00:00\"", NO),
                row("timestamp", "\"2026-11-20\"", NO),
                row("timestamp", "\"2026-11-20T10:00:00+24:00\"", NO),
                row("timestamp", "\"2026-11-20T10:00:00+0100\"", NO),
                row("timestamp", "1700000000", NO),
                row("timestamp", "\"2026\\u002d11-20T10:00:00Z\"", "\"2026-11-20T10:00:00Z\""),
                row("timestamp_ntz", "\"2026-11-20T10:00:00.25\"", "\"2026-11-20T10:00:00.250000\""),
                row("timestamp_ntz", "\"2026-11-20T10:00:00Z\"", NO),
                row("timestamp_ntz", "\"2026-11-20\"", NO),
                row("uuid", "\"01234567-89AB-cdef-0123-456789abcdef\"", "\"01234567-89ab-cdef-0123-456789abcdef\""),
                row("uuid", "\"0123456789abcdef0123456789abcdef\"", NO),
                row("uuid", "\"01234567-89ab-cdef-0123-456789abcdeg\"", NO),
                row("binary", "\"AQID\"", "\"AQID\""),
                row("binary", "\"AQ==\"", "\"AQ==\""),
                row("binary", "\"\"", "\"\""),
                row("binary", "\"A\"", NO),
                row("binary", "\"-_-_\"", NO),
                row("binary", "\"\u00e9\"", NO),
                row("list<int64>", "[1,null,3]", "[1,null,3]"),
                row("list<int64>", "[]", "[]"),
                row("list<int64>", "[1,\"x\"]", NO),
                row("list<int64>", "{}", NO),
                row("list<list<string>>", "[[\"a\"],[],null]", "[[\"a\"],[],null]"),
                row("struct<a:int64,b:string>", "{\"b\":\"x\",\"a\":1}", "{\"a\":1,\"b\":\"x\"}"),
                row("struct<a:int64,b:string>", "{\"a\":1}", "{\"a\":1}"),
                row("struct<a:int64,b:string>", "{}", "{}"),
                row("struct<a:int64,b:string>", "{\"a\":1,\"a\":2}", "{\"a\":2}"),
                row("struct<a:int64>", "[]", NO),
                row("struct<a:int64>", "{\"a\":\"x\"}", NO),
                row("struct<a:struct<b:list<int64>>>", "{\"a\":{\"b\":[1]}}", "{\"a\":{\"b\":[1]}}"),
                row("list<struct<a:int64>>", "[{\"a\":1},{},null]", "[{\"a\":1},{},null]"),
                row("map<string,int64>", "{\"x\":1,\"y\":null}", "{\"x\":1,\"y\":null}"),
                row("map<string,int64>", "{}", "{}"),
                row("map<string,int64>", "{\"x\":1,\"y\":2,\"x\":3}", "{\"y\":2,\"x\":3}"),
                row("map<string,int64>", "[]", NO),
                row("map<int64,string>", "{\"1\":\"a\"}", "{\"1\":\"a\"}"),
                row("map<int64,string>", "{\"a\":\"b\"}", NO),
                row("map<string,list<json>>", "{\"k\":[{\"z\":[1]}]}", "{\"k\":[{\"z\":[1]}]}"));
    }

    private static String[] row(String type, String value, String becomes) {
        return new String[] {type, value, becomes};
    }

    @ParameterizedTest(name = "{1} into {0} is {2}")
    @MethodSource("values")
    void a_value_fits_exactly_or_its_record_is_refused(String type, String value, String becomes) {
        Decoded decoded = Decoded.ndjson(
                Decoded.explicit("v", type, "n", "int64"), "{\"n\":0,\"v\":" + value + "}\n{\"v\":null,\"n\":1}\n");
        if (becomes.equals(NO)) {
            assertThat(decoded.reasons()).containsExactly("0 TYPE");
            assertThat(decoded.bad.getFirst().column().orElseThrow()).startsWith("v");
        } else {
            assertThat(decoded.bad).isEmpty();
            assertThat(decoded.rows.getFirst()).isEqualTo("{\"v\":" + becomes + ",\"n\":0}");
        }
        assertThat(decoded.rows.getLast()).isEqualTo("{\"v\":null,\"n\":1}");
    }

    @Test
    void every_type_is_in_the_table() {
        Set<Class<?>> seen = new HashSet<>();
        values().forEach(row -> seen.add(TypeParser.parse(row[0]).getClass()));
        assertThat(seen).containsAll(List.of(DataType.class.getPermittedSubclasses()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':1,'a':2}|{'a':2}", "{'a':1,'b':'x','a':null}|{'a':null,'b':'x'}", "{'a':1,'\\u0061':3}|{'a':3}",
                "{'l':[1,2],'l':[3]}|{'l':[3]}", "{'s':{'x':1},'s':{'y':2}}|{'s':{'y':2}}",
                        "{'b':'x','b':'y','b':'z'}|{'b':'z'}"
            })
    void of_keys_that_come_twice_the_last_one_wins(String input, String expected) {
        Decoded decoded = Decoded.ndjson(
                Decoded.explicit("a", "int64", "b", "string", "l", "list<int64>", "s", "struct<x:int64,y:int64>"),
                input.replace('\'', '"'));
        assertThat(decoded.bad).isEmpty();
        assertThat(decoded.rows).containsExactly(expected.replace('\'', '"'));
    }

    @Test
    void keys_are_found_in_any_order_and_spelling() {
        String[] fields = Stream.of("a", "ab", "abcdefg", "abcdefgh", "abcdefghi", "abcdefghijklmnop", "\u00e9", "a.b")
                .flatMap(name -> Stream.of(name, "int64"))
                .toArray(String[]::new);
        Decoded decoded = Decoded.ndjson(
                Decoded.explicit(fields),
                "{\"a.b\":1,\"\\u00e9\":2,\"abcdefghijklmnop\":3,\"abcdefghi\":4,\"abcdefgh\":5,\"abcdefg\":6,\"a\\u0062\":7,\"a\":8}\n"
                        + "{\"abcdefghijklmno\":1,\"abcdefghijklmnopq\":1,\"abcdef\":1,\"b\":1,\"A\":1,\"\":1}\n");
        assertThat(decoded.rows)
                .containsExactly(
                        "{\"a\":8,\"ab\":7,\"abcdefg\":6,\"abcdefgh\":5,\"abcdefghi\":4,\"abcdefghijklmnop\":3,\"\u00e9\":2,\"a.b\":1}",
                        "{}");
    }
}
