package dev.wisent.connectors.transformduckdb;

/// A value DuckDB gave for which our column has no place. The row is refused.
final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unfit(String message) {
        super(message);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
