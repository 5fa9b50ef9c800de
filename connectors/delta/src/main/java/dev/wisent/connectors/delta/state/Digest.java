package dev.wisent.connectors.delta.state;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The first 63 bits of an object's SHA-256: tells an object from the few others that may carry its number, and is a
/// version a `txn` can have.
public record Digest(long value) {
    public static Digest of(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            long bits = HexFormat.fromHexDigitsToLong(HexFormat.of().formatHex(hash, 0, Long.BYTES));
            return new Digest(bits >>> 1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    public static Digest parse(String hex) {
        return new Digest(HexFormat.fromHexDigitsToLong(hex));
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(value);
    }
}
