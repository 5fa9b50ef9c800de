package dev.wisent.flows.types;

import java.util.List;

/// Types of H2, which the generic source knows by its driver alone.
final class JdbcKinds {
    static final List<Kind> ALL = List.of(
            Kind.of("BOOLEAN", "TRUE", "FALSE"),
            Kind.of("TINYINT", "-128"),
            Kind.of("SMALLINT", "32767"),
            Kind.of("INTEGER", "-2147483648"),
            Kind.of("BIGINT", "9223372036854775807", "9007199254740993"),
            Kind.of("NUMERIC(18,2)", "0.10", "-9999999999999999.99"),
            Kind.of("NUMERIC(38,10)", "-9999999999999999999999999999.9999999999"),
            Kind.of("NUMERIC(60,50)", "0." + "0".repeat(49) + "1"),
            Kind.of("REAL", "1.1").edges("'NaN'", "'Infinity'"),
            Kind.of("DOUBLE PRECISION", "0.1", "1e308").edges("'NaN'", "'Infinity'", "'-Infinity'"),
            Kind.of("CHAR(3)", "'ab'"),
            Kind.of("VARCHAR(20)", "'Zoë, 100 %'", "''").edges("'a' || CHAR(0) || 'b'"),
            Kind.of("CLOB", "'long'", "''"),
            Kind.of("VARBINARY(4)", "X'00ff'", "X''"),
            Kind.of("BLOB", "X'0a'"),
            Kind.of("DATE", "DATE '1969-12-31'", "DATE '9999-12-31'", "DATE '0001-01-01'", "DATE '1500-02-28'")
                    .edges("DATE '-0043-03-15'", "DATE '10000-01-01'"),
            Kind.of("TIME(6)", "TIME '23:59:59.999999'"),
            Kind.of(
                            "TIMESTAMP(6)",
                            "TIMESTAMP '2026-11-21 10:00:00.000001'",
                            "TIMESTAMP '9999-12-31 23:59:59.999999'",
                            "TIMESTAMP '1500-02-28 00:00:00'")
                    .edges("TIMESTAMP '-0043-03-15 12:00:00'", "TIMESTAMP '10000-01-01 00:00:00'"),
            Kind.of("TIMESTAMP(9)", "TIMESTAMP '2026-11-21 10:00:00.000001'")
                    .edges("TIMESTAMP '2026-11-21 10:00:00.000000001'"),
            Kind.of(
                    "TIMESTAMP(6) WITH TIME ZONE",
                    "TIMESTAMP WITH TIME ZONE '2026-11-21 10:00:00+02:00'",
                    "TIMESTAMP WITH TIME ZONE '1500-02-28 00:00:00+00:00'"),
            Kind.of("UUID", "'01234567-89AB-cdef-0123-456789abcdef'"),
            Kind.of("JSON", "JSON '{\"a\":[1, 12345678901234567890.10]}'"),
            Kind.of("ENUM('a','b')", "'b'"));

    private JdbcKinds() {}
}
