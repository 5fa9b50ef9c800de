package dev.wisent.connectors.postgres.read;

/// A value that the column's type can't hold. Its message goes on after the column's name.
final class BadValue extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadValue(String message) {
        super(message, null, false, false);
    }
}
