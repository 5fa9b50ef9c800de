package dev.wisent.connectors.sql.staged;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Random;

/// Ids no other list has: a random half for the writer, a number for the list. UUIDs of version 8 (RFC 9562 section 5.8). One
/// thread.
final class ListIds {
    private static final long VERSION = 0x8000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final ByteBuffer id = ByteBuffer.allocate(2 * Long.BYTES);
    private final long writer;
    private long lists;

    ListIds() {
        this(new SecureRandom());
    }

    private ListIds(Random random) {
        writer = (random.nextLong() & ~0xF000L) | VERSION;
    }

    /// The next one; valid until the next call.
    byte[] next() {
        id.putLong(0, writer).putLong(Long.BYTES, VARIANT | lists++);
        return id.array();
    }
}
