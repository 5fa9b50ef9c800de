package dev.wisent.engine.internal.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// The options that decide the content of a generation, as they are stored: a digest, for any of them may be a secret (R14).
public final class Fingerprint {
    private static final String KIND = "sha256:";
    private static final Pattern DIGEST = Pattern.compile(KIND + "[0-9a-f]{64}");

    private Fingerprint() {}

    public static String of(String options) {
        return KIND + digestOf(options);
    }

    /// SHA-256 of a text, in hexadecimal.
    public static String digestOf(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /// The digest of a stored one, which in version 0.1 was the options themselves.
    static String digest(String stored) {
        return DIGEST.matcher(stored).matches() ? stored : of(stored);
    }
}
