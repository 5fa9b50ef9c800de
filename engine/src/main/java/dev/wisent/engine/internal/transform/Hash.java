package dev.wisent.engine.internal.transform;

import dev.wisent.columnar.BytesColumn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/// SHA-256, or HMAC-SHA-256 (RFC 2104) under a salt, in hexadecimal. One thread.
///
/// Keyed digests begin as copies of one that has taken the key in: that spares two of the four blocks of a short value.
final class Hash {
    /// Of a hash in hexadecimal.
    static final int LENGTH = 64;

    private static final int SUM = 32;
    private static final int BLOCK = 64;
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /// One that is empty, or two: what comes before the value, and before its hash.
    private final MessageDigest[] steps;
    private final byte[] sum = new byte[SUM];
    private final HashMemo memo = new HashMemo();

    Hash(Optional<String> salt) {
        this.steps = salt.map(text -> {
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    byte[] key = bytes.length > BLOCK ? sha256().digest(bytes) : bytes;
                    return new MessageDigest[] {begun(key, INNER), begun(key, OUTER)};
                })
                .orElseGet(() -> new MessageDigest[] {sha256()});
    }

    private static MessageDigest begun(byte[] key, byte pad) {
        MessageDigest begun = sha256();
        for (int i = 0; i < BLOCK; i++) {
            begun.update((byte) ((i < key.length ? key[i] : 0) ^ pad));
        }
        return begun;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    String of(byte[] data) {
        byte[] hex = new byte[LENGTH];
        put(data, 0, data.length, hex, 0);
        return new String(hex, StandardCharsets.US_ASCII);
    }

    /// Appends the hash of some bytes to `to`.
    void append(byte[] data, int from, int length, BytesColumn to) {
        byte[] out = to.ensure(LENGTH);
        int at = to.end();
        if (!memo.recall(data, from, length, out, at)) {
            put(data, from, length, out, at);
            memo.keep(data, from, length, out, at);
        }
        to.commit(at + LENGTH);
    }

    private void put(byte[] data, int from, int length, byte[] out, int at) {
        digest(data, from, length);
        for (int i = 0; i < SUM; i += Integer.BYTES) {
            LONGS.set(out, at + 2 * i, hex((int) INTS.get(sum, i)));
        }
    }

    /// A loop and not a call for each digest: whatever calls them is compiled with all of SHA-256 in it, each time it calls.
    private void digest(byte[] data, int from, int length) {
        byte[] in = data;
        int start = from;
        int bytes = length;
        try {
            for (MessageDigest begun : steps) {
                MessageDigest step = steps.length == 1 ? begun : (MessageDigest) begun.clone();
                step.update(in, start, bytes);
                step.digest(sum, 0, SUM);
                in = sum;
                start = 0;
                bytes = SUM;
            }
        } catch (DigestException | CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 of the platform can be copied and has 32 bytes", e);
        }
    }

    /// The eight digits of four bytes, as ASCII, the first one highest.
    private static long hex(int bytes) {
        long nibbles = bytes & 0xFFFF_FFFFL;
        nibbles = (nibbles << 16 | nibbles) & 0x0000_FFFF_0000_FFFFL;
        nibbles = (nibbles << 8 | nibbles) & 0x00FF_00FF_00FF_00FFL;
        nibbles = (nibbles << 4 | nibbles) & 0x0F0F_0F0F_0F0F_0F0FL;
        long letters = nibbles + 0x0606_0606_0606_0606L >>> 4 & 0x0101_0101_0101_0101L;
        return nibbles + 0x3030_3030_3030_3030L + letters * ('a' - '0' - 10);
    }
}
