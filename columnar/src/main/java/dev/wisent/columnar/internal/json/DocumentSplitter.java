package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.BadRecord.Reason;
import dev.wisent.columnar.DecoderOptions;
import dev.wisent.columnar.RecordSink;
import dev.wisent.columnar.RecordsPath;
import dev.wisent.columnar.internal.DecodeFailure;
import dev.wisent.columnar.internal.HeldRecord;
import dev.wisent.columnar.internal.RecordHandler;
import dev.wisent.columnar.internal.RecordPosition;
import dev.wisent.columnar.internal.Splitter;

/// Finds the records in one JSON document that comes in pieces, holding no more than one of them. Divides the bytes into
/// values to capture (records, and everything that is not on the way to them) and the structure between, which [PathState]
/// follows. A captured value is cut by counting brackets outside strings and then read strictly, so nothing of the document
/// goes unchecked, save the inside of records that are too large to hold.
public final class DocumentSplitter implements Splitter {
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final RecordHandler handler;
    private final RecordPosition position;
    private final PathState path;
    private final JsonCursor cursor;
    private final HeldRecord held;
    private final long limit;
    private final ValueEnd value = new ValueEnd();
    private int bom;
    private boolean capturing;
    private boolean over;

    public DocumentSplitter(DecoderOptions options, RecordsPath where, RecordHandler handler) {
        this.handler = handler;
        this.position = new RecordPosition(options.start());
        this.path = new PathState(where, options.maxDepth());
        this.cursor = new JsonCursor(options.maxDepth());
        this.limit = options.maxRecordBytes();
        this.held = new HeldRecord(limit);
    }

    @Override
    public RecordPosition position() {
        return position;
    }

    @Override
    public void feed(byte[] data, int offset, int length, RecordSink sink) {
        int end = offset + length;
        int at = offset;
        while (at < end && !over) {
            if (capturing) {
                at = capture(data, at, end, sink);
            } else {
                at = structure(data, at, sink);
            }
        }
    }

    /// One byte of structure, or the first of a value, which is then captured from it on.
    private int structure(byte[] data, int at, RecordSink sink) {
        byte b = data[at];
        if (bom >= 0 && bom < BOM.length && b == BOM[bom]) {
            bom++;
            position.advance(1, 0);
            position.begin();
            return at + 1;
        }
        if (bom > 0 && bom < BOM.length) {
            fail(new DecodeFailure(Reason.SYNTAX, "half a byte order mark"), sink);
            return at;
        }
        bom = -1;
        if (b == ' ' || b == '\t' || b == '\n' || b == '\r') {
            position.advance(1, b == '\n' ? 1 : 0);
            position.begin();
            return at + 1;
        }
        try {
            if (path.takes(b)) {
                position.advance(1, 0);
                position.begin();
                return at + 1;
            }
        } catch (DecodeFailure failure) {
            held.add(b);
            fail(failure, sink);
            return at;
        }
        capturing = true;
        value.begin();
        return at;
    }

    private int capture(byte[] data, int from, int end, RecordSink sink) {
        int stop = value.find(data, from, end);
        int taken = stop < 0 ? end : stop;
        held.add(data, from, taken);
        position.advance(taken - from, value.takeLines());
        if (stop >= 0) {
            captured(sink);
        }
        return taken;
    }

    private void captured(RecordSink sink) {
        capturing = false;
        byte[] bytes = held.terminated();
        int length = held.length();
        try {
            if (path.isRecord()) {
                over = !record(bytes, length, sink);
            } else {
                checkAside(bytes, length);
            }
            path.valueDone();
        } catch (DecodeFailure failure) {
            fail(failure, sink);
        }
        held.clear();
        position.begin();
    }

    /// Says whether the document goes on behind it: a syntax error is its end, a value that does not fit is not.
    private boolean record(byte[] bytes, int length, RecordSink sink) {
        if (held.isTooLarge()) {
            String message =
                    "the record has %,d bytes, more than max_record_bytes (%,d)".formatted(held.total(), limit);
            handler.refused(Reason.TOO_LARGE, message, bytes, 0, length, held.total(), position, sink);
            return true;
        }
        return handler.record(bytes, 0, length, position, sink) || isValue(bytes, length);
    }

    private boolean isValue(byte[] bytes, int length) {
        try {
            checkAside(bytes, length);
            return true;
        } catch (DecodeFailure failure) {
            return false;
        }
    }

    /// A key on the way, or a value off it.
    private void checkAside(byte[] bytes, int length) {
        if (held.isTooLarge()) {
            throw new DecodeFailure(
                    Reason.TOO_LARGE,
                    "a value outside the records has %,d bytes, more than max_record_bytes (%,d)"
                            .formatted(held.total(), limit));
        }
        cursor.open(bytes, 0, length);
        if (path.wantsKey()) {
            cursor.expectKey();
            cursor.string.read(cursor);
            path.key(cursor.string.text());
        } else {
            cursor.skip();
        }
        cursor.expectEnd();
    }

    private void fail(DecodeFailure failure, RecordSink sink) {
        over = true;
        handler.refused(
                failure.reason(),
                failure.message() + "; the rest of the document is not read",
                held.terminated(),
                0,
                Math.min(held.length(), BadRecord.MAX_RAW),
                held.total(),
                position,
                sink);
        held.clear();
    }

    @Override
    public void end(RecordSink sink) {
        if (over) {
            return;
        }
        try {
            if (capturing && value.endsWithInput()) {
                captured(sink);
            } else if (capturing) {
                throw new DecodeFailure(Reason.SYNTAX, "the document ends within a value");
            }
            if (!over) {
                path.expectEnd();
            }
        } catch (DecodeFailure failure) {
            fail(failure, sink);
        }
        over = true;
    }
}
