package dev.wisent.connectors.sql.cursor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which rows were handed out, each as 16 bytes of a hash of its cursor and key. One thread.
public final class SeenRows {
    /// So many bits that two of a million rows meet by chance once in 10^26 runs.
    static final int BYTES = 16;

    private record Mark(long high, long low) {}

    private final Set<Mark> marks = new HashSet<>();

    /// @param text of [#text]
    public static SeenRows parse(String text) {
        SeenRows seen = new SeenRows();
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
        while (bytes.remaining() >= BYTES) {
            seen.marks.add(new Mark(bytes.getLong(), bytes.getLong()));
        }
        return seen;
    }

    /// Of a row's cursor and key, as the server prints them.
    private static Mark mark(List<String> values) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String value : values) {
                byte[] text = value.getBytes(StandardCharsets.UTF_8);
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(text.length).flip());
                digest.update(text);
            }
            ByteBuffer hash = ByteBuffer.wrap(digest.digest());
            return new Mark(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public void add(List<String> values) {
        marks.add(mark(values));
    }

    public boolean holds(List<String> values) {
        return marks.contains(mark(values));
    }

    public void addAll(SeenRows others) {
        marks.addAll(others.marks);
    }

    /// Those of these rows that were seen.
    public SeenRows of(List<List<String>> rows) {
        SeenRows both = new SeenRows();
        rows.stream().map(SeenRows::mark).filter(marks::contains).forEach(both.marks::add);
        return both;
    }

    public void removeAll(SeenRows others) {
        marks.removeAll(others.marks);
    }

    public int size() {
        return marks.size();
    }

    public boolean isEmpty() {
        return marks.isEmpty();
    }

    /// In base64, 22 characters a row.
    public String text() {
        ByteBuffer bytes = ByteBuffer.allocate(marks.size() * BYTES);
        marks.forEach(mark -> bytes.putLong(mark.high).putLong(mark.low));
        return Base64.getEncoder().withoutPadding().encodeToString(bytes.array());
    }
}
