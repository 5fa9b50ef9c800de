package dev.wisent.engine.internal.shape;

import dev.wisent.api.StreamId;
import dev.wisent.columnar.Numbering;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The id of a row: the first 128 bits of SHA-256 over stream, split, ordinal and index, so a second reading gives the same
/// one. The rows that a transform made of one record differ by their part.
final class RowId {
    private static final int BYTES = 16;
    private final MessageDigest digest;
    private final byte[] prefix;
    private final ByteBuffer parts = ByteBuffer.allocate(Integer.BYTES);
    private final ByteBuffer numbers = ByteBuffer.allocate(Long.BYTES + Integer.BYTES);

    RowId(StreamId stream, String split) {
        this.prefix = (stream.name() + "\0" + split + "\0").getBytes(StandardCharsets.UTF_8);
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    String of(Numbering numbering, int row) {
        digest.update(prefix);
        digest.update(numbers.putLong(0, numbering.ordinal(row))
                .putInt(Long.BYTES, numbering.index(row))
                .array());
        int part = numbering.part(row);
        if (part > 0) {
            digest.update(parts.putInt(0, part).array());
        }
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }
}
