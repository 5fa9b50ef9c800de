package dev.wisent.connectors.sql.cursor;

import java.util.function.UnaryOperator;

/// How far a window of a cursor goes: all rows below a value, or all up to and with one. Its text is `<value` or `=value`.
public record Edge(String text) {
    public static Edge below(String value) {
        return new Edge("<" + value);
    }

    public static Edge upTo(String value) {
        return new Edge("=" + value);
    }

    private boolean isBelow() {
        return text.startsWith("<");
    }

    public String value() {
        return text.substring(1);
    }

    /// The condition of the rows this edge leaves to the next window.
    ///
    /// @param literal spells a value as a statement does
    public String beyond(String column, UnaryOperator<String> literal) {
        return column + (isBelow() ? " >= " : " > ") + literal.apply(value());
    }

    /// The condition of the rows on this side of it.
    ///
    /// @param literal spells a value as a statement does
    public String within(String column, UnaryOperator<String> literal) {
        return column + (isBelow() ? " < " : " <= ") + literal.apply(value());
    }

    @Override
    public String toString() {
        return (isBelow() ? "below " : "up to ") + value();
    }
}
