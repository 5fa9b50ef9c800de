package dev.wisent.connectors.formats.parquet;

/// A page that is not what its header says.
final class BadPage extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// What is wrong with it.
    enum Kind {
        PACKED,
        FORM
    }

    private final Kind kind;

    BadPage(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    BadPage(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /// Whether it can't be unpacked.
    boolean isPacked() {
        return kind == Kind.PACKED;
    }
}
