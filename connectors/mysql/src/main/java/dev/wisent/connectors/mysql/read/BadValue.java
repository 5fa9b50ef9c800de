package dev.wisent.connectors.mysql.read;

/// A value its column's type can't hold. Its message goes on after the column's name.
final class BadValue extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadValue(String what) {
        super(what, null, false, false);
    }
}
