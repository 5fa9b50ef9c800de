package dev.wisent.api;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What commits amount to in words of a source or a destination: `files_processed`, `parquet_files_written`. Of what is
/// committed, never of what was tried; summed over the commits of a run. Names are lower case with underscores, and stay.
public record Statistics(Map<String, Long> counts) {
    public static final Statistics NONE = new Statistics(Map.of());

    public Statistics {
        counts = Collections.unmodifiableMap(new TreeMap<>(counts));
    }

    public static Statistics of(String name, long count) {
        return new Statistics(Map.of(name, count));
    }

    public Statistics plus(Statistics other) {
        Map<String, Long> sum = new TreeMap<>(counts);
        other.counts.forEach((name, count) -> sum.merge(name, count, Long::sum));
        return new Statistics(sum);
    }

    public Statistics plus(String name, long count) {
        return plus(of(name, count));
    }
}
