package dev.wisent.api.config;

/// Where a value stands in its file; line and column count from 1.
public record Place(String file, int line, int column) {
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
