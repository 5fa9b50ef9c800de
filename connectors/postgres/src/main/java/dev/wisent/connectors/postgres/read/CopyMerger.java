package dev.wisent.connectors.postgres.read;

import java.io.IOException;
import java.io.InputStream;

/// What a server sends, with `CopyData` messages that lie behind each other put together to one: the server sends a message for
/// each row, and the driver takes each by itself, which costs several times what is in it. Everything else passes as it is, at
/// once. The format is that of the PostgreSQL documentation, "Message Formats": a letter, then a length that counts itself.
///
/// Nothing is put together before [#begin]. One thread reads; `begin` is called by that one, or before it reads.
final class CopyMerger extends InputStream {
    private static final int ROOM = 64 << 10;
    private static final int HEADER = 1 + Integer.BYTES;
    private static final byte COPY_DATA = 'd';
    /// A server's first word when there is no encryption: it may decline one, and then asks who is there.
    private static final byte DECLINED = 'N';
    private static final byte AUTHENTICATION = 'R';

    private enum Way {
        UNKNOWN,
        PLAIN,
        ENCRYPTED
    }

    private final InputStream raw;
    private Way way = Way.UNKNOWN;
    private boolean merging;
    /// Of the message that passes before anything is put together: how much of its header came, the length that says, what is
    /// left of it.
    private int header;
    private int length;
    private long left;
    /// What came and was not passed on.
    private byte[] came = {};
    private int from;
    private int to;
    /// Messages that were put together.
    private byte[] merged = {};
    private int passed;
    private int ready;
    /// How many bytes pass as they are.
    private long through;

    CopyMerger(InputStream raw) {
        this.raw = raw;
    }

    /// From now on messages are put together; to be called behind an answer that was read to its end. Without effect on a
    /// connection that is encrypted, whose bytes are nobody's messages.
    void begin() {
        if (way == Way.PLAIN && !merging && header == 0) {
            merging = true;
            through = left;
            came = new byte[ROOM];
            merged = new byte[ROOM];
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int at, int most) throws IOException {
        if (!merging) {
            int count = raw.read(into, at, most);
            for (int i = 0; i < count && way != Way.ENCRYPTED; i++) {
                listen(into[at + i]);
            }
            return count;
        }
        while (true) {
            if (passed < ready) {
                int count = Math.min(most, ready - passed);
                System.arraycopy(merged, passed, into, at, count);
                passed += count;
                return count;
            }
            if (through > 0) {
                return pass(into, at, most);
            }
            if (!merge() && !fill()) {
                return -1;
            }
        }
    }

    private void listen(byte next) {
        if (way == Way.UNKNOWN && next != DECLINED) {
            way = next == AUTHENTICATION ? Way.PLAIN : Way.ENCRYPTED;
        }
        if (left > 0) {
            left--;
        } else if (way == Way.PLAIN) {
            length = length << Byte.SIZE | next & 0xFF;
            header = (header + 1) % HEADER;
            left = header == 0 ? Math.max(0, length - Integer.BYTES) : 0;
        }
    }

    private int pass(byte[] into, int at, int limit) throws IOException {
        int most = (int) Math.min(limit, through);
        int count;
        if (from < to) {
            count = Math.min(most, to - from);
            System.arraycopy(came, from, into, at, count);
            from += count;
        } else {
            count = raw.read(into, at, most);
        }
        through -= Math.max(0, count);
        return count;
    }

    /// Puts together what came whole; a message that is another, or longer than there is room, passes.
    ///
    /// @return whether there is something to pass on
    private boolean merge() {
        passed = 0;
        ready = 0;
        while (to - from >= HEADER && through == 0) {
            long size = BigEndian.intAt(came, from + 1);
            if (size < Integer.BYTES) {
                through = Long.MAX_VALUE; // no message at all: the driver says so
            } else if (came[from] != COPY_DATA || 1 + size > ROOM) {
                through = ready > 0 ? 0 : 1 + size;
                break;
            } else if (to - from <= size) {
                break;
            } else {
                take((int) size - Integer.BYTES);
            }
        }
        if (ready > 0) {
            merged[0] = COPY_DATA;
            BigEndian.putInt(merged, 1, ready - 1);
        }
        return ready > 0 || through > 0;
    }

    /// There is room: what is put together lay in as much, with more headers.
    private void take(int bytes) {
        ready = Math.max(ready, HEADER);
        System.arraycopy(came, from + HEADER, merged, ready, bytes);
        ready += bytes;
        from += HEADER + bytes;
    }

    /// A message that is cut off by the end passes as it is.
    private boolean fill() throws IOException {
        System.arraycopy(came, from, came, 0, to - from);
        to -= from;
        from = 0;
        int count = raw.read(came, to, ROOM - to);
        if (count < 0 && to > 0) {
            through = to;
            return true;
        }
        to += Math.max(0, count);
        return count >= 0;
    }

    @Override
    public int available() throws IOException {
        return ready - passed + to - from + raw.available();
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
