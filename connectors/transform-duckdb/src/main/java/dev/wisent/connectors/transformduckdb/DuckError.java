package dev.wisent.connectors.transformduckdb;

/// What DuckDB answers where it can't do as it was asked; [SqlFailure] reads it.
final class DuckError extends Exception {
    private static final long serialVersionUID = 1;

    DuckError(String message) {
        super(message);
    }
}
