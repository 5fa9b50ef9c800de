package dev.wisent.engine.internal.transform;

import dev.wisent.columnar.BytesColumn;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// SHA-256, or HMAC-SHA-256 under a salt, in hexadecimal. One thread.
final class Hash {
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final Optional<Mac> mac;
    private final MessageDigest digest;

    Hash(Optional<String> salt) {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
            if (salt.isPresent()) {
                Mac keyed = Mac.getInstance("HmacSHA256");
                keyed.init(new SecretKeySpec(salt.get().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
                this.mac = Optional.of(keyed);
            } else {
                this.mac = Optional.empty();
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private byte[] sum(byte[] data, int from, int length) {
        if (mac.isPresent()) {
            mac.get().update(data, from, length);
            return mac.get().doFinal();
        }
        digest.update(data, from, length);
        return digest.digest();
    }

    String of(byte[] data) {
        return HexFormat.of().formatHex(sum(data, 0, data.length));
    }

    /// Appends the hash of some bytes to `to`.
    void append(byte[] data, int from, int length, BytesColumn to) {
        byte[] sum = sum(data, from, length);
        byte[] out = to.ensure(sum.length * 2);
        int at = to.end();
        for (byte b : sum) {
            out[at++] = DIGITS[b >> 4 & 15];
            out[at++] = DIGITS[b & 15];
        }
        to.commit(at);
    }
}
