package dev.wisent.api.config;

import java.util.List;
import java.util.SequencedMap;

/// A value of a configuration file, references resolved.
public sealed interface ConfigNode {
    Place place();

    /// A scalar as written. `kind` is what YAML's core schema makes of it; `secret`: it came from a reference and is
    /// never printed (R14).
    record Scalar(String text, Kind kind, Origin origin, Place place) implements ConfigNode {}

    record Mapping(SequencedMap<String, Entry> entries, Place place) implements ConfigNode {}

    record Sequence(List<ConfigNode> items, Place place) implements ConfigNode {}

    /// A key with its place, and its value.
    record Entry(Place keyPlace, ConfigNode value) {}

    enum Kind {
        TEXT,
        INTEGER,
        NUMBER,
        BOOLEAN,
        NULL
    }

    enum Origin {
        /// Stands in the file.
        FILE,
        /// Came from the environment or a secret store.
        REFERENCE
    }
}
