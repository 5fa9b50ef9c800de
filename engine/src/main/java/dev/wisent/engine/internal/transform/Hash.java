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

/// SHA-256 of a value, or of a salt and the value behind it, in hexadecimal. One thread.
final class Hash {
    /// Of a hash in hexadecimal.
    static final int LENGTH = 64;

    private static final int SUM = 32;
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final MessageDigest sha256 = sha256();
    private final byte[] salt;
    private final byte[] sum = new byte[SUM];
    private final HashMemo memo = new HashMemo();

    Hash(Optional<String> salt) {
        this.salt = salt.orElse("").getBytes(StandardCharsets.UTF_8);
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

    private void digest(byte[] data, int from, int length) {
        sha256.update(salt, 0, salt.length);
        sha256.update(data, from, length);
        try {
            sha256.digest(sum, 0, SUM);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 has 32 bytes", e);
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
