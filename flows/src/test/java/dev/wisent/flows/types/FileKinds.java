package dev.wisent.flows.types;

import java.util.List;

/// Types of SQLite and DuckDB.
final class FileKinds {
    private static final String DIGITS = "CASE typeof(?) WHEN 'real' THEN printf('%!.17g', ?) ELSE CAST(? AS TEXT) END";

    static final List<Kind> SQLITE = List.of(
            Kind.of("INTEGER", "9223372036854775807", "-9223372036854775808").edges("'abc'", "1.5", "x'00'"),
            Kind.of("REAL", "0.1", "1.7976931348623157e308", "5e-324", "9007199254740993")
                    .edges("'abc'", "9e999", "-9e999"),
            Kind.of("TEXT", "'Zoë 🦬'", "''", "5", "char(65533)")
                    .edges("x'610062'", "'a' || char(0) || 'b'", "CAST(x'ff' AS TEXT)"),
            Kind.of("VARCHAR(3)", "'longer'"),
            Kind.of("BLOB", "x'00ff'", "x''").edges("'abc'", "5"),
            Kind.of("BOOLEAN", "1", "0").edges("2", "'true'"),
            Kind.of("NUMERIC", "12.5", "0.30000000000000004", "12345678901234567", "'abc'")
                    .shown(DIGITS)
                    .edges("x'00ff'"),
            Kind.of("DECIMAL(10,2)", "12.50", "9007199254740993").shown(DIGITS),
            Kind.of("DATETIME", "'2026-11-21 10:00:00'", "1795219200").shown(DIGITS),
            Kind.of("", "'a'", "9007199254740993", "0.1").shown(DIGITS).edges("x'00ff'"));

    static final List<Kind> DUCKDB = List.of(
            Kind.of("BOOLEAN", "true", "false"),
            Kind.of("TINYINT", "-128"),
            Kind.of("SMALLINT", "-32768"),
            Kind.of("INTEGER", "-2147483648"),
            Kind.of("BIGINT", "-9223372036854775808", "9007199254740993"),
            Kind.of("UTINYINT", "255"),
            Kind.of("USMALLINT", "65535"),
            Kind.of("UINTEGER", "4294967295"),
            Kind.of("UBIGINT", "18446744073709551615"),
            Kind.of("HUGEINT", "9".repeat(38) + "::HUGEINT", "-" + "9".repeat(38) + "::HUGEINT")
                    .edges("170141183460469231731687303715884105727", "-170141183460469231731687303715884105727"),
            Kind.of("UHUGEINT", "340282366920938463463374607431768211455"),
            Kind.of("BIGNUM", "'1" + "0".repeat(60) + "'::BIGNUM"),
            Kind.of("FLOAT", "1.1", "3.4028235e38").edges("'NaN'", "'Infinity'", "'-Infinity'"),
            Kind.of("DOUBLE", "0.1", "1.7976931348623157e308", "5e-324").edges("'NaN'", "'Infinity'", "'-Infinity'"),
            Kind.of("DECIMAL(18,2)", "-0.01", "9999999999999999.99"),
            Kind.of("DECIMAL(38,10)", "-9999999999999999999999999999.9999999999"),
            Kind.of("DECIMAL(38,38)").edges("'0." + "9".repeat(38) + "'"),
            Kind.of("VARCHAR", "'Zoë 🦬'", "''").edges("'a' || chr(0) || 'b'"),
            Kind.of("BLOB", "'\\x00\\xFF'::BLOB", "''::BLOB"),
            Kind.of("DATE", "DATE '1969-12-31'", "DATE '9999-12-31'", "DATE '0001-01-01'")
                    .edges("DATE '0044-03-15 (BC)'", "DATE '10000-01-01'", "DATE 'infinity'", "DATE '-infinity'"),
            Kind.of("TIME", "TIME '23:59:59.999999'").edges("TIME '24:00:00'"),
            Kind.of("TIMETZ", "'12:00:00+05:45'::TIMETZ"),
            Kind.of(
                            "TIMESTAMP",
                            "TIMESTAMP '2026-11-21 00:00:00.000001'",
                            "TIMESTAMP '9999-12-31 23:59:59.999999'",
                            "TIMESTAMP '0001-01-01 00:00:00'")
                    .edges(
                            "TIMESTAMP '0044-03-15 (BC) 12:00:00'",
                            "TIMESTAMP '10000-01-01 00:00:00'",
                            "TIMESTAMP 'infinity'",
                            "TIMESTAMP '-infinity'"),
            Kind.of("TIMESTAMP_S", "TIMESTAMP_S '2026-11-21 00:00:01'").edges("'infinity'::TIMESTAMP_S"),
            Kind.of("TIMESTAMP_MS", "TIMESTAMP_MS '2026-11-21 00:00:00.001'").edges("'infinity'::TIMESTAMP_MS"),
            Kind.of("TIMESTAMP_NS", "TIMESTAMP_NS '2026-11-21 00:00:00.000000001'", "'infinity'::TIMESTAMP_NS"),
            Kind.of("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ '2026-11-21 00:00:00+02'")
                    .edges("TIMESTAMPTZ '0044-03-15 (BC) 12:00:00+00'", "TIMESTAMPTZ 'infinity'"),
            Kind.of("INTERVAL", "INTERVAL '3 months 2 days 1 second'"),
            Kind.of("UUID", "UUID '01234567-89ab-cdef-0123-456789abcdef'"),
            Kind.of("JSON", "'{\"a\":[1, 12345678901234567890.10]}'::JSON"),
            Kind.of("ENUM('a', 'b')", "'b'"),
            Kind.of("BIT", "'10101'::BIT"),
            Kind.of("INTEGER[]", "[1, NULL, 3]", "[]").shown("CAST(to_json(?) AS VARCHAR)"),
            Kind.of("INTEGER[2]", "[1, 2]").shown("CAST(to_json(?) AS VARCHAR)"),
            Kind.of("VARCHAR[]", "['x', NULL, '']").shown("CAST(to_json(?) AS VARCHAR)"),
            Kind.of("DECIMAL(38,10)[]", "[1234567890123456789012345678.0123456789]")
                    .shown("'[' || ?[1] || ']'"),
            Kind.of("HUGEINT[]", "[12345678901234567890123456789012345678]").shown("'[' || ?[1] || ']'"),
            Kind.of("DOUBLE[]", "[0.1, 0.30000000000000004]")
                    .shown("'[' || ?[1] || ',' || ?[2] || ']'")
                    .edges("['NaN'::DOUBLE]", "['Infinity'::DOUBLE]"),
            Kind.of("STRUCT(a INTEGER, b VARCHAR[])", "{'a': 1, 'b': ['x', NULL]}")
                    .shown(unlessNull("{\"a\":1,\"b\":[\"x\",null]}")),
            Kind.of(
                            "STRUCT(t TIMESTAMP, d DATE, x BLOB)",
                            "{'t': TIMESTAMP '2026-11-21 00:00:00.000001',"
                                    + " 'd': DATE '2026-11-21', 'x': '\\x00\\xFFa'::BLOB}")
                    .shown(unlessNull(
                            "{\"t\":\"2026-11-21 00:00:00.000001\",\"d\":\"2026-11-21\",\"x\":\"\\\\x00\\\\xFFa\"}")),
            Kind.of("MAP(VARCHAR, INTEGER)", "MAP {'k': 1}").shown(unlessNull("{\"k\":1}")),
            Kind.of("MAP(INTEGER, VARCHAR)", "MAP {1: 'a'}").shown(unlessNull("{\"1\":\"a\"}")),
            Kind.of("UNION(n INTEGER, s VARCHAR)", "union_value(n := 1)").shown(unlessNull("{\"n\":1}")));

    private FileKinds() {}

    private static String unlessNull(String json) {
        return "CASE WHEN ? IS NOT NULL THEN '" + json + "' END";
    }
}
