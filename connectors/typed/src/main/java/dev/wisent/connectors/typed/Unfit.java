package dev.wisent.connectors.typed;

/// A type or a value that no column can hold; whoever knows the file makes a failure of it.
public final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Unfit(String message) {
        super(message);
    }
}
