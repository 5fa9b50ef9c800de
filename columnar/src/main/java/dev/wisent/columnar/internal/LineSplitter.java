package dev.wisent.columnar.internal;

import dev.wisent.columnar.BadRecord.Reason;
import dev.wisent.columnar.Place;
import dev.wisent.columnar.RecordSink;

/// Records that end where a [Boundary] says. Records that lie whole in what is fed are handed over where they lie; others
/// are held until their end comes.
public final class LineSplitter implements Splitter {
    private static final int BOM_LENGTH = 3;

    private final Boundary boundary;
    private final RecordHandler handler;
    private final RecordPosition position;
    private final long limit;
    private final HeldRecord held;
    /// How much of a byte order mark has been seen at the start of the input; -1 when it can't come any more.
    private int bom;
    private boolean afterReturn;

    public LineSplitter(Boundary boundary, RecordHandler handler, Place start, long limit) {
        this.boundary = boundary;
        this.handler = handler;
        this.position = new RecordPosition(start);
        this.limit = limit;
        this.held = new HeldRecord(limit);
        this.bom = start.byteOffset() == 0 ? 0 : -1;
    }

    @Override
    public RecordPosition position() {
        return position;
    }

    @Override
    public void feed(byte[] data, int offset, int length, RecordSink sink) {
        int limitIndex = offset + length;
        int at = bom >= 0 ? skipBom(data, offset, limitIndex) : offset;
        int lastLine = boundary.endsAtLineFeeds() ? lastLine(data, at, limitIndex) : -1;
        while (at < limitIndex) {
            if (afterReturn) {
                afterReturn = false;
                if (data[at] == '\n') {
                    position.advance(1, 0);
                    at++;
                    continue;
                }
            }
            if (at < lastLine && held.isEmpty()) {
                int taken = handler.line(data, at, lastLine, limit);
                if (taken >= 0) {
                    position.begin();
                    position.advance(taken - at + 1L, 1);
                    handler.keepLine(taken - at, position, sink);
                    at = taken + 1;
                    continue;
                }
            }
            int end = boundary.find(data, at, limitIndex);
            if (end < 0) {
                held.add(data, at, limitIndex);
                return;
            }
            if (held.isEmpty() && end + Swar.PADDING <= data.length) {
                whole(data, at, end, sink);
            } else {
                held.add(data, at, end);
                heldRecord(1, sink);
            }
            afterReturn = data[end] == '\r';
            at = end + 1;
        }
    }

    /// The last line feed behind which there is room to read on; below `from` when there is none.
    private static int lastLine(byte[] data, int from, int to) {
        int at = Math.min(to - 1, data.length - Swar.PADDING);
        while (at >= from && data[at] != '\n') {
            at--;
        }
        return at;
    }

    /// U+FEFF at the start of the input is skipped, also when it comes in pieces.
    private int skipBom(byte[] data, int from, int to) {
        int at = from;
        while (at < to && bom < BOM_LENGTH && data[at] == bomByte(bom)) {
            at++;
            bom++;
        }
        if (at == to && bom < BOM_LENGTH) {
            return at;
        }
        if (bom == BOM_LENGTH) {
            position.advance(BOM_LENGTH, 0);
            position.begin();
        } else {
            restoreBom();
        }
        bom = -1;
        return at;
    }

    /// It looked like a mark and was none.
    private void restoreBom() {
        for (int i = 0; i < bom; i++) {
            held.add(bomByte(i));
        }
    }

    private static byte bomByte(int index) {
        return (byte) (0xEFBBBF >> (BOM_LENGTH - 1 - index) * Byte.SIZE);
    }

    private void whole(byte[] data, int from, int to, RecordSink sink) {
        position.begin();
        position.advance(to - from + 1L, 1 + boundary.takeInnerLines());
        if (to - from > limit) {
            refuse(data, from, to, to - from, sink);
        } else if (!boundary.isBlank(data, from, to)) {
            handler.record(data, from, to, position, sink);
        }
    }

    private void heldRecord(int terminator, RecordSink sink) {
        position.begin();
        position.advance(held.total() + terminator, terminator + boundary.takeInnerLines());
        byte[] bytes = held.terminated();
        int length = held.length();
        if (held.isTooLarge()) {
            refuse(bytes, 0, length, held.total(), sink);
        } else if (!boundary.isBlank(bytes, 0, length)) {
            handler.record(bytes, 0, length, position, sink);
        }
        held.clear();
    }

    private void refuse(byte[] bytes, int from, int to, long total, RecordSink sink) {
        String message = "the record has %,d bytes, more than max_record_bytes (%,d)".formatted(total, limit);
        handler.refused(Reason.TOO_LARGE, message, bytes, from, to, total, position, sink);
    }

    @Override
    public void end(RecordSink sink) {
        if (bom > 0) {
            restoreBom();
            bom = -1;
        }
        boundary.unterminated().ifPresentOrElse(message -> unterminated(message, sink), () -> {
            if (!held.isEmpty()) {
                heldRecord(0, sink);
            }
        });
    }

    private void unterminated(String message, RecordSink sink) {
        position.begin();
        position.advance(held.total(), boundary.takeInnerLines());
        handler.refused(Reason.SYNTAX, message, held.terminated(), 0, held.length(), held.total(), position, sink);
        held.clear();
    }
}
