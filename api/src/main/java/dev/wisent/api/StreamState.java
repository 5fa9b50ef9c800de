package dev.wisent.api;

/// The source's own stream-wide data, as JSON text: what its planner needs to cut the same splits again. Stored with
/// the generation it opened.
public record StreamState(String json) {
    public static final StreamState EMPTY = new StreamState("");

    public boolean isEmpty() {
        return json.isEmpty();
    }
}
