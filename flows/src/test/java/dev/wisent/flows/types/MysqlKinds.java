package dev.wisent.flows.types;

import java.util.List;

/// Types of MariaDB.
final class MysqlKinds {
    static final List<Kind> ALL = List.of(
            Kind.of("tinyint(1)", "1", "0", "-128"),
            Kind.of("tinyint unsigned", "255"),
            Kind.of("smallint", "-32768"),
            Kind.of("smallint unsigned", "65535"),
            Kind.of("mediumint", "-8388608"),
            Kind.of("mediumint unsigned", "16777215"),
            Kind.of("int", "-2147483648", "2147483647"),
            Kind.of("int unsigned", "4294967295"),
            Kind.of("bigint", "-9223372036854775808", "9223372036854775807"),
            Kind.of("bigint unsigned", "18446744073709551615", "0"),
            Kind.of("year", "1901", "2155", "0"),
            Kind.of("float", "1.1", "3.4028234e38", "16777217e-7"),
            Kind.of("double", "0.1", "1e308", "0.30000000000000004", "-2.5e-300"),
            Kind.of("decimal(12,2)", "1234567890.12", "-0.01", "0"),
            Kind.of("decimal(38,10)", "9999999999999999999999999999.9999999999", "-0.0000000001"),
            Kind.of("decimal(65,30)", "1".repeat(35) + "." + "2".repeat(30), "-1.5"),
            Kind.of("bit(1)", "b'1'", "b'0'").shown("? + 0"),
            Kind.of("bit(8)", "b'10101'").shown("? + 0"),
            Kind.of("bit(64)", "18446744073709551615").shown("? + 0"),
            Kind.of("char(5)", "'ab'", "''"),
            Kind.of("varchar(9) character set latin1", "_latin1 X'E9'", "''"),
            Kind.of("text character set utf8mb4", "_utf8mb4 X'6EC3A920E29883F09F9880225C270A01'", "''", "' '")
                    .edges("_utf8mb4 X'610062'"),
            Kind.of("longtext", "'x'"),
            Kind.of("enum('sad','happy')", "'happy'"),
            Kind.of("set('a','b','c')", "'a,c'", "''"),
            Kind.of("binary(4)", "X'00ff'"),
            Kind.of("varbinary(9)", "X'00ff41'", "''"),
            Kind.of("longblob", "X'00ff'"),
            Kind.of("json", "'{\"b\": 12345678901234567890.10,  \"a\": 1.00}'"),
            Kind.of("uuid", "'0189abcd-0000-7000-8000-00ff00ff00ff'"),
            Kind.of("inet6", "'::1'"),
            Kind.of("date", "'2026-11-21'", "'9999-12-31'", "'0001-01-01'")
                    .edges("'0000-00-00'", "'2026-00-00'", "'0000-01-01'"),
            Kind.of(
                            "datetime(6)",
                            "'2026-11-21 12:00:00.123456'",
                            "'9999-12-31 23:59:59.999999'",
                            "'0001-01-01 00:00:00'")
                    .edges("'0000-00-00 00:00:00'"),
            Kind.of("timestamp(6) NULL", "'2026-11-21 12:00:00.123456'", "'2038-01-19 03:14:07'")
                    .edges("'0000-00-00 00:00:00'"),
            Kind.of("time(6)", "'23:59:59.999999'", "'00:00'").edges("'24:00:00'", "'838:59:59'", "'-01:00:00'"),
            Kind.of("point", "ST_GeomFromText('POINT(1 2.5)')").shown("ST_AsText(?)"),
            Kind.of("geometry", "ST_GeomFromText('POINT(0.1 0.30000000000000004)', 4326)")
                    .shown("CONCAT('SRID=', ST_SRID(?), ';', ST_AsText(?))"));

    private MysqlKinds() {}
}
