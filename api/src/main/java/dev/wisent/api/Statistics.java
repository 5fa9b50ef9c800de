package dev.wisent.api;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What commits amount to in words of a source or a destination: `files_processed`, `parquet_files_written`. Of what is
/// committed, never of what was tried; summed over the commits of a run, but for names that begin with [#LONGEST]: of these
/// the largest remains. Names are lower case with underscores, and stay.
public record Statistics(Map<String, Long> counts) {
    public static final Statistics NONE = new Statistics(Map.of());
    /// What names of maxima begin with, as `longest_transaction_ms`.
    public static final String LONGEST = "longest_";

    public Statistics {
        counts = Collections.unmodifiableMap(new TreeMap<>(counts));
    }

    public static Statistics of(String name, long count) {
        return new Statistics(Map.of(name, count));
    }

    public Statistics plus(Statistics other) {
        Map<String, Long> sum = new TreeMap<>(counts);
        other.counts.forEach((name, count) -> sum.merge(name, count, name.startsWith(LONGEST) ? Math::max : Long::sum));
        return new Statistics(sum);
    }

    public Statistics plus(String name, long count) {
        return plus(of(name, count));
    }
}
