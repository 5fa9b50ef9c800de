package dev.wisent.connectors.sql.read;

/// A column that rows are read in the order of.
///
/// @param name as a statement names it
/// @param text the expression that gives its value as a text from which [#parameter] makes the same value
/// @param parameter what stands for such a text: `CAST(? AS BIGINT)`
public record OrderColumn(String name, String text, String parameter) {}
