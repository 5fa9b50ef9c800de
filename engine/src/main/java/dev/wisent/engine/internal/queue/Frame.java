package dev.wisent.engine.internal.queue;

import dev.wisent.api.LaneId;
import dev.wisent.api.commit.CommitId;
import dev.wisent.api.commit.Origin;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.BatchBytes;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.WireReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// An entry, or one of its parts, as a message:
///
/// ```
/// "WQ" version(1) | crc32c of all that follows (4, little endian) | header length | header | bytes of the payload
/// header: job, lane, epoch, strand, strands, seq, kind, part, parts, history, extraction
/// ```
///
/// Version 1 had neither history nor extraction, so nobody can tell whose such a message is: it has [#UNKNOWN] ones. Version 2
/// differs in the rows alone ([RowBlock]).
///
/// @param part which of the `parts` the payload was cut into, from 0
/// @param bytes of the payload, where they are in the message
record Frame(Entry.Strand strand, long seq, Entry.Kind kind, int part, int parts, ByteBuffer bytes) {
    /// Raised when an older reader would misunderstand what is written (R11).
    static final int VERSION = 3;

    private static final CommitId NOT_SAID = new CommitId("");
    /// Nobody's: the message was written by an earlier version.
    static final Origin UNKNOWN = new Origin(NOT_SAID, NOT_SAID);

    private static final int FIRST_WITH_ORIGIN = 2;
    private static final int PREAMBLE = 7;
    private static final int CHECKED_FROM = 7;

    /// `entry` as messages of at most `mostBytes`.
    static List<byte[]> of(Entry entry, int mostBytes) {
        return of(entry, entry.payload(), mostBytes);
    }

    /// `entry`, with `payload` as its payload, as messages of at most `mostBytes`.
    static List<byte[]> of(Entry entry, ByteBuffer payload, int mostBytes) {
        int length = payload.remaining();
        int header = header(entry, Integer.MAX_VALUE, Integer.MAX_VALUE).length;
        int room = mostBytes - PREAMBLE - header - 5;
        if (room < 1) {
            throw WisentException.of(
                            ErrorCode.QUEUE_REFUSED, "the queue takes messages of " + mostBytes + " bytes at most")
                    .hint("allow at least some kilobytes");
        }
        int parts = Math.max(1, Math.ceilDiv(length, room));
        List<byte[]> messages = new ArrayList<>(parts);
        for (int part = 0; part < parts; part++) {
            int from = part * room;
            messages.add(message(
                    header(entry, part, parts),
                    payload.slice(payload.position() + from, Math.min(room, length - from))));
        }
        return messages;
    }

    private static byte[] header(Entry entry, int part, int parts) {
        OutputBuffer out = new OutputBuffer(128);
        BatchBytes.writeText(out, entry.strand().job());
        BatchBytes.writeNumber(out, entry.strand().lane().number());
        BatchBytes.writeText(out, Long.toString(entry.strand().epoch()));
        BatchBytes.writeNumber(out, entry.strand().number());
        BatchBytes.writeNumber(out, entry.strand().of());
        BatchBytes.writeText(out, Long.toString(entry.seq()));
        out.put(entry.kind().ordinal());
        BatchBytes.writeNumber(out, part);
        BatchBytes.writeNumber(out, parts);
        BatchBytes.writeText(out, entry.strand().origin().history().value());
        BatchBytes.writeText(out, entry.strand().origin().extraction().value());
        return out.copy();
    }

    private static byte[] message(byte[] header, ByteBuffer payload) {
        byte[] message = new byte[PREAMBLE + header.length + payload.remaining()];
        message[0] = 'W';
        message[1] = 'Q';
        message[2] = VERSION;
        System.arraycopy(header, 0, message, PREAMBLE, header.length);
        payload.get(message, PREAMBLE + header.length, payload.remaining());
        int sum = sum(ByteBuffer.wrap(message));
        for (int i = 0; i < Integer.BYTES; i++) {
            message[3 + i] = (byte) (sum >>> 8 * i);
        }
        return message;
    }

    private static int sum(ByteBuffer message) {
        CRC32C crc = new CRC32C();
        crc.update(message.slice(message.position() + CHECKED_FROM, message.remaining() - CHECKED_FROM));
        return (int) crc.getValue();
    }

    /// Reads a message. One that is damaged, or that no version of Wisent wrote, is refused: it is never passed over, for the
    /// rows in it would be lost.
    static Frame parse(byte[] message) {
        return parse(ByteBuffer.wrap(message));
    }

    /// [#parse(byte\[\])] of what is between the position and the limit of a buffer that has an array.
    static Frame parse(ByteBuffer message) {
        int at = message.position();
        if (message.remaining() < PREAMBLE || message.get(at) != 'W' || message.get(at + 1) != 'Q') {
            throw foreign("a message in the queue is not one of Wisent's");
        }
        int version = message.get(at + 2);
        if (version > VERSION) {
            throw WisentException.of(
                            ErrorCode.STATE_NEWER,
                            "a message in the queue has format " + version + ", this version knows " + VERSION)
                    .hint("use the version that wrote it, or a newer one");
        }
        int stored = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            stored |= (message.get(at + 3 + i) & 0xFF) << 8 * i;
        }
        if (stored != sum(message)) {
            throw foreign("a message in the queue is damaged: its checksum is wrong");
        }
        try {
            return read(message);
        } catch (IllegalArgumentException e) {
            throw foreign("a message in the queue can't be read: " + e.getMessage());
        }
    }

    private static Frame read(ByteBuffer message) {
        int at = message.position();
        int from = message.arrayOffset() + at;
        WireReader in = new WireReader(message.array(), from + PREAMBLE, message.remaining() - PREAMBLE);
        String job = in.text();
        LaneId lane = new LaneId(in.small());
        long epoch = Long.parseLong(in.text());
        int number = in.small();
        int of = in.small();
        long seq = Long.parseLong(in.text());
        Entry.Kind[] kinds = Entry.Kind.values();
        int kind = in.next();
        int part = in.small();
        int parts = in.small();
        Origin origin = message.get(at + 2) < FIRST_WITH_ORIGIN
                ? UNKNOWN
                : new Origin(new CommitId(in.text()), new CommitId(in.text()));
        Entry.Strand strand = new Entry.Strand(job, lane, epoch, origin, number, of);
        if (kind >= kinds.length || part >= parts || number >= of || seq < 0) {
            throw new IllegalArgumentException("its header contradicts itself");
        }
        int header = in.position() - from;
        ByteBuffer bytes = message.slice(at + header, message.remaining() - header);
        return new Frame(strand, seq, kinds[kind], part, parts, bytes);
    }

    private static WisentException foreign(String what) {
        return WisentException.of(ErrorCode.QUEUE_FOREIGN, what);
    }
}
