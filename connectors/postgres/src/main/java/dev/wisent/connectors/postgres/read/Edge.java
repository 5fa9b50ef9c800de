package dev.wisent.connectors.postgres.read;

import dev.wisent.connectors.postgres.Session;

/// How far a window of a cursor goes: all rows below a value, or all up to and with one. Its text is `<value` or `=value`.
record Edge(String text) {
    static Edge below(String value) {
        return new Edge("<" + value);
    }

    static Edge upTo(String value) {
        return new Edge("=" + value);
    }

    private boolean isBelow() {
        return text.startsWith("<");
    }

    private String value() {
        return text.substring(1);
    }

    /// The condition of the rows this edge leaves to the next window.
    String beyond(String column) {
        return column + (isBelow() ? " >= " : " > ") + Session.literal(value());
    }

    /// The condition of the rows on this side of it.
    String within(String column) {
        return column + (isBelow() ? " < " : " <= ") + Session.literal(value());
    }

    @Override
    public String toString() {
        return (isBelow() ? "below " : "up to ") + value();
    }
}
