package dev.wisent.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/// Rows in no order, each as often as it is there. One thread.
public final class RowBag {
    /// Longer rows are kept as their beginning, their length and two sums.
    private static final int LONG = 400;
    private static final int SHOWN = 80;
    /// Differences told; the first ones say what is wrong.
    private static final int TOLD = 10;

    private final Map<String, Integer> counts = new HashMap<>();
    private long size;

    public void add(String row) {
        counts.merge(key(row), 1, Integer::sum);
        size++;
    }

    public void addAll(RowBag other) {
        other.counts.forEach((row, count) -> counts.merge(row, count, Integer::sum));
        size += other.size;
    }

    public long size() {
        return size;
    }

    /// How many different rows there are.
    public long distinct() {
        return counts.size();
    }

    private static String key(String row) {
        if (row.length() <= LONG) {
            return row;
        }
        // two sums that the JVM has instructions for at once, which a digest waits for the second compiler for
        byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
        return row.substring(0, SHOWN) + "… " + bytes.length + " bytes " + sum(new CRC32C(), bytes)
                + sum(new CRC32(), bytes);
    }

    private static String sum(Checksum of, byte[] bytes) {
        of.update(bytes);
        return HexFormat.of().toHexDigits((int) of.getValue());
    }

    /// What has been lost or came too often, compared with `expected`; empty when both are equal.
    public List<String> differences(RowBag expected) {
        if (counts.equals(expected.counts)) {
            return List.of();
        }
        List<String> differences = new ArrayList<>();
        long lost = 0;
        long added = 0;
        TreeSet<String> rows = new TreeSet<>(counts.keySet());
        rows.addAll(expected.counts.keySet());
        for (String row : rows) {
            int here = counts.getOrDefault(row, 0);
            int there = expected.counts.getOrDefault(row, 0);
            lost += Math.max(0, there - here);
            added += Math.max(0, here - there);
            if (here != there && differences.size() < TOLD) {
                differences.add(here + " times instead of " + there + ": " + row);
            }
        }
        if (!differences.isEmpty()) {
            differences.addFirst(lost + " rows lost, " + added + " too many, of " + expected.size);
        }
        return differences;
    }

    /// Whether each row of `expected` is here, at least as often.
    public boolean holdsAll(RowBag expected) {
        return expected.counts.entrySet().stream()
                .allMatch(row -> counts.getOrDefault(row.getKey(), 0) >= row.getValue());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowBag bag && bag.counts.equals(counts);
    }

    @Override
    public int hashCode() {
        return counts.hashCode();
    }

    @Override
    public String toString() {
        return size + " rows, " + counts.size() + " different ones";
    }
}
