package dev.wisent.api;

/// One run of one pipeline. Unique for ever; part of every file, part and temp name (R7).
public record RunId(String value) {
    public RunId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a run needs an id");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
