package dev.wisent.flows.types;

import java.util.List;

/// Types of PostgreSQL.
final class PostgresKinds {
    static final List<String> BEFORE = List.of(
            "CREATE TYPE mood AS ENUM ('sad', 'happy')",
            "CREATE DOMAIN price AS numeric(9,2) CHECK (VALUE >= 0)",
            "CREATE TYPE point3 AS (x int, y numeric, z text)");

    static final List<Kind> ALL = List.of(
            Kind.of("boolean", "true", "false"),
            Kind.of("smallint", "-32768", "32767"),
            Kind.of("integer", "-2147483648", "2147483647"),
            Kind.of("bigint", "-9223372036854775808", "9223372036854775807", "9007199254740993"),
            Kind.of("oid", "4294967295"),
            Kind.of("real", "1.1", "3.4028235e38", "1e-45", "'-0'").edges("'NaN'", "'Infinity'", "'-Infinity'"),
            Kind.of("double precision", "0.1", "0.30000000000000004", "1.7976931348623157e308", "5e-324", "'-0'")
                    .edges("'NaN'", "'Infinity'", "'-Infinity'"),
            Kind.of("numeric(12,2)", "1234567890.12", "-0.01", "0").edges("'NaN'"),
            Kind.of(
                    "numeric(38,10)",
                    "9999999999999999999999999999.9999999999",
                    "-9999999999999999999999999999.9999999999",
                    "-0.0000000001"),
            Kind.of("numeric(38,0)", "9".repeat(38), "-" + "9".repeat(38)),
            Kind.of("numeric(38,30)", "99999999." + "9".repeat(30)),
            Kind.of("numeric(38,38)").edges("0." + "9".repeat(38)),
            Kind.of("numeric(3,-2)", "12345", "99900"),
            Kind.of("numeric(39,1)", "9".repeat(38) + ".9"),
            Kind.of("numeric", "1".repeat(60) + "." + "2".repeat(50), "'NaN'", "'Infinity'", "1.500"),
            Kind.of("text", "''", "'Zoë \"🦬\" \\ | ''' || chr(10) || chr(9) || chr(1) || '.'", "'NULL'", "' '"),
            Kind.of("varchar(5)", "'abc'", "''"),
            Kind.of("char(5)", "'ab'").shown("rpad(?::text, 5)"),
            Kind.of("bytea", "'\\x00ff41'", "''"),
            Kind.of("date", "'2026-11-21'", "'1969-12-31'", "'0001-01-01'", "'9999-12-31'")
                    .edges(
                            "'0001-12-31 BC'",
                            "'0044-03-15 BC'",
                            "'10000-01-01'",
                            "'5874897-12-31'",
                            "'infinity'",
                            "'-infinity'"),
            Kind.of(
                            "timestamp with time zone",
                            "'2026-11-21 12:00:00.123456+05:45'",
                            "'1969-12-31 23:59:59.999999+00'",
                            "'0001-01-01 00:00:00+00'",
                            "'9999-12-31 23:59:59.999999+00'")
                    .edges(
                            "'0044-03-15 12:00:00+00 BC'",
                            "'10000-01-01 00:00:00+00'",
                            "'290000-12-31 00:00:00+00'",
                            "'294276-12-31 23:59:59+00'",
                            "'infinity'",
                            "'-infinity'"),
            Kind.of(
                            "timestamp without time zone",
                            "'2026-11-21 12:00:00.123456'",
                            "'0001-01-01 00:00:00'",
                            "'9999-12-31 23:59:59.999999'")
                    .edges("'0044-03-15 12:00:00 BC'", "'10000-01-01 00:00:00'", "'infinity'", "'-infinity'"),
            Kind.of("time without time zone", "'23:59:59.999999'", "'00:00'").edges("'24:00'"),
            Kind.of("time with time zone", "'12:00:00+05:45'", "'24:00:00-12'"),
            Kind.of("interval", "'1 year 2 months -3 days 04:05:06.789'", "'0'"),
            Kind.of("uuid", "'0189ABCD-0000-7000-8000-00ff00ff00ff'"),
            Kind.of(
                            "json",
                            "'{\"b\": 12345678901234567890.10,  \"a\": [1.00, null, \"é\\\\u0041\"]}'",
                            "'null'",
                            "'\"\"'")
                    .edges("'\"\\u0000\"'", "'1e400'"),
            Kind.of("jsonb", "'{\"b\": 12345678901234567890.10,  \"a\": [null]}'", "'null'")
                    .edges("'1e400'"),
            Kind.of("integer[]", "'{1,NULL,3}'", "'{}'").edges("'{{1,2},{3,4}}'", "'[0:1]={1,2}'"),
            Kind.of("text[]", "'{a,\"b c\",\"\",NULL,\"NULL\"}'"),
            Kind.of("numeric(5,2)[]", "'{1.5,-2}'").edges("'{NaN}'"),
            Kind.of("double precision[]", "'{0.1,1e300}'").edges("'{NaN}'", "'{Infinity}'"),
            Kind.of("timestamp with time zone[]", "'{2026-11-21 00:00+00}'").edges("'{infinity}'"),
            Kind.of("mood", "'happy'"),
            Kind.of("price", "123.45"),
            Kind.of("point3", "'(1,2.50,c)'").shown("to_json(?)::text"),
            Kind.of("mood[]", "'{sad,happy}'").shown("to_json(?)::text"),
            Kind.of("money", "'1234.56'::numeric::money"),
            Kind.of("inet", "'10.1.2.3/8'", "'::1'"),
            Kind.of("cidr", "'10.1.0.0/16'"),
            Kind.of("macaddr", "'08:00:2b:01:02:03'"),
            Kind.of("bit(5)", "B'10101'"),
            Kind.of("bit varying", "B''", "B'1'"),
            Kind.of("int4range", "'[1,5)'", "'empty'"),
            Kind.of("tstzrange", "'[2026-01-01 00:00+00,)'"),
            Kind.of("int4multirange", "'{[1,3),[5,7)}'"),
            Kind.of("point", "'(1,2.5)'"),
            Kind.of("polygon", "'((0,0),(1,1),(1,0))'"),
            Kind.of("tsvector", "'a:1 b:2'"),
            Kind.of("xml", "'<a>b</a>'"),
            Kind.of("pg_lsn", "'16/B374D848'"));

    private PostgresKinds() {}
}
