package dev.wisent.engine.internal.transform;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/// SHA-256 as the platform has it.
final class OracleHash {
    private OracleHash() {}

    static String of(String text, Optional<String> salt) {
        byte[] data = (salt.orElse("") + text).getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
