package dev.wisent.connectors.jdbc;

/// A column as a driver describes it.
///
/// @param code of [java.sql.Types]
/// @param typeName as the database spells it
record JdbcColumn(String name, int code, String typeName, int precision, int scale) {}
