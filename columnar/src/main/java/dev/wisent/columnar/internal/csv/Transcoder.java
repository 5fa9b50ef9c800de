package dev.wisent.columnar.internal.csv;

import dev.wisent.columnar.CsvOptions.Encoding;
import dev.wisent.columnar.RecordSink;
import dev.wisent.columnar.internal.RecordPosition;
import dev.wisent.columnar.internal.Splitter;

/// Turns other encodings into UTF-8 as they come, and finds out which it is from a byte order mark. What is no character
/// becomes a byte that UTF-8 does not have, so that the record it lies in, and only that, is refused.
public final class Transcoder implements Splitter {
    private static final int BLOCK = 16 << 10;
    /// A UTF-16 unit is at most three bytes of UTF-8, a surrogate pair four for two.
    private static final int GROWTH = 3;

    private static final byte MALFORMED = (byte) 0xFF;
    /// The bytes 0x80 to 0x9F of windows-1252 (WHATWG Encoding); 0 where it has no character.
    private static final String WINDOWS =
            "\u20AC\0\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\0\u017D\0"
                    + "\0\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\0\u017E\u0178";

    private static final int MARK_LENGTH = 2;

    private final Splitter utf8;
    private final byte[] out = new byte[BLOCK * GROWTH + GROWTH * 2];
    private final byte[] mark = new byte[MARK_LENGTH];
    private Encoding encoding;
    /// Bytes of [#mark] seen; -1 when the encoding is settled.
    private int marked;
    private int length;
    private int firstByte = -1;
    private int highSurrogate = -1;

    /// @param utf8 what takes the UTF-8
    public Transcoder(Encoding declared, Splitter utf8) {
        this.encoding = declared;
        this.utf8 = utf8;
        boolean single = declared == Encoding.ISO_8859_1 || declared == Encoding.WINDOWS_1252;
        this.marked = single || utf8.position().nextOffset() > 0 ? -1 : 0;
    }

    /// In bytes of the UTF-8.
    @Override
    public RecordPosition position() {
        return utf8.position();
    }

    @Override
    public void feed(byte[] data, int offset, int count, RecordSink sink) {
        int at = offset;
        int end = offset + count;
        while (marked >= 0 && at < end) {
            mark[marked++] = data[at++];
            if (marked == MARK_LENGTH) {
                settle(sink);
            }
        }
        if (marked < 0 && at < end) {
            transcode(data, at, end, sink);
        }
    }

    private void settle(RecordSink sink) {
        int seen = marked;
        marked = -1;
        int unit = seen == MARK_LENGTH ? (mark[0] & 0xFF) << 8 | mark[1] & 0xFF : 0;
        switch (unit) {
            case 0xFFFE -> encoding = Encoding.UTF_16LE;
            case 0xFEFF -> encoding = Encoding.UTF_16BE;
            default -> {
                if (unit == 0xEFBB) {
                    encoding = Encoding.UTF_8;
                }
                transcode(mark, 0, seen, sink);
            }
        }
    }

    private void transcode(byte[] data, int from, int to, RecordSink sink) {
        if (encoding == Encoding.UTF_8) {
            utf8.feed(data, from, to - from, sink);
            return;
        }
        for (int start = from; start < to; start += BLOCK) {
            int stop = Math.min(to, start + BLOCK);
            for (int i = start; i < stop; i++) {
                take(data[i] & 0xFF);
            }
            hand(sink);
        }
    }

    private void take(int b) {
        switch (encoding) {
            case ISO_8859_1 -> putUnit(b);
            case WINDOWS_1252 -> {
                char c = b >= 0x80 && b <= 0x9F ? WINDOWS.charAt(b - 0x80) : (char) b;
                if (c == 0 && b != 0) {
                    out[length++] = MALFORMED;
                } else {
                    putUnit(c);
                }
            }
            default -> {
                if (firstByte < 0) {
                    firstByte = b;
                } else {
                    int unit = encoding == Encoding.UTF_16LE ? b << 8 | firstByte : firstByte << 8 | b;
                    firstByte = -1;
                    putUtf16((char) unit);
                }
            }
        }
    }

    private void putUtf16(char unit) {
        if (highSurrogate >= 0 && Character.isLowSurrogate(unit)) {
            int c = Character.toCodePoint((char) highSurrogate, unit);
            highSurrogate = -1;
            out[length++] = (byte) (0xF0 | c >> 18);
            out[length++] = (byte) (0x80 | c >> 12 & 0x3F);
            out[length++] = (byte) (0x80 | c >> 6 & 0x3F);
            out[length++] = (byte) (0x80 | c & 0x3F);
            return;
        }
        dropSurrogate();
        if (Character.isHighSurrogate(unit)) {
            highSurrogate = unit;
        } else if (Character.isLowSurrogate(unit)) {
            out[length++] = MALFORMED;
        } else {
            putUnit(unit);
        }
    }

    private void dropSurrogate() {
        if (highSurrogate >= 0) {
            out[length++] = MALFORMED;
            highSurrogate = -1;
        }
    }

    private void putUnit(int c) {
        if (c < 0x80) {
            out[length++] = (byte) c;
        } else if (c < 0x800) {
            out[length++] = (byte) (0xC0 | c >> 6);
            out[length++] = (byte) (0x80 | c & 0x3F);
        } else {
            out[length++] = (byte) (0xE0 | c >> 12);
            out[length++] = (byte) (0x80 | c >> 6 & 0x3F);
            out[length++] = (byte) (0x80 | c & 0x3F);
        }
    }

    private void hand(RecordSink sink) {
        int count = length;
        length = 0;
        utf8.feed(out, 0, count, sink);
    }

    @Override
    public void end(RecordSink sink) {
        if (marked > 0) {
            settle(sink);
        }
        dropSurrogate();
        if (firstByte >= 0) {
            out[length++] = MALFORMED;
            firstByte = -1;
        }
        hand(sink);
        utf8.end(sink);
    }
}
