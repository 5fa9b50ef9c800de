package dev.wisent.connectors.delta.state;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The first 63 bits of an object's SHA-256: tells an object from the few others that may carry its number, and is a
/// version a `txn` can have.
public record Digest(long value) {
    public static Digest of(byte[] content) {
        MessageDigest digest = begin();
        digest.update(content);
        return of(digest);
    }

    /// For content that is not held as a whole: what all of it has gone through is handed to [#of].
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    public static Digest of(MessageDigest content) {
        long bits = HexFormat.fromHexDigitsToLong(HexFormat.of().formatHex(content.digest(), 0, Long.BYTES));
        return new Digest(bits >>> 1);
    }

    public static Digest parse(String hex) {
        return new Digest(HexFormat.fromHexDigitsToLong(hex));
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(value);
    }
}
