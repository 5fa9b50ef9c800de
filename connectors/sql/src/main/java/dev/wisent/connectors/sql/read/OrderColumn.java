package dev.wisent.connectors.sql.read;

/// A column that rows are read in the order of.
///
/// @param name as a statement names it
/// @param text the expression that gives what `values` understands
/// @param parameter what stands for such a value in a statement: `CAST(? AS BIGINT)`
public record OrderColumn(String name, String text, String parameter, OrderValue values) {
    /// One whose values statements turn into texts and back.
    public OrderColumn(String name, String text, String parameter) {
        this(name, text, parameter, OrderValue.TEXT);
    }
}
