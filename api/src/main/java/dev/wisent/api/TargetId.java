package dev.wisent.api;

/// The name of a table or file set of a destination. A stream may feed many; the configuration's `destination_id` is
/// its default.
public record TargetId(String name) {
    public TargetId {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a target needs a name");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
