package dev.wisent.connectors.delta.partition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The values all rows of a data file share, by partition column, in the table's order of columns. Empty value: null.
public record Partition(Map<String, Optional<String>> values) {
    /// That of a table without partitions.
    public static final Partition WHOLE = new Partition(Map.of());

    public Partition {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
