package dev.wisent.api;

/// The name of a stream within its source: a table, an endpoint, a set of files.
public record StreamId(String name) {
    public StreamId {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a stream needs a name");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
