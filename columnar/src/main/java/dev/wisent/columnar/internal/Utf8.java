package dev.wisent.columnar.internal;

/// Well-formed UTF-8 (Unicode standard, table 3-7): no overlong forms, no surrogates, nothing above U+10FFFF.
public final class Utf8 {
    private Utf8() {}

    /// The first index in `[from, to)` where no well-formed character begins, or -1. [Swar#PADDING] bytes behind `to` are
    /// readable, and the one at `to` is ASCII.
    public static int firstInvalid(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            long high = Swar.get(bytes, at) & Swar.HIGH;
            if (high == 0) {
                at += Long.BYTES;
                continue;
            }
            at += Swar.first(high);
            while (at < to && bytes[at] < 0) {
                int length = length(bytes, at);
                if (length == 0) {
                    return at;
                }
                at += length;
            }
        }
        return -1;
    }

    /// Bytes of the non-ASCII character that begins at `at`; 0 when it is not well-formed. Reads on only while bytes are
    /// those of one character.
    public static int length(byte[] bytes, int at) {
        int lead = bytes[at] & 0xFF;
        int second = bytes[at + 1] & 0xFF;
        if (lead < 0xC2 || lead > 0xF4) {
            return 0;
        }
        if (lead <= 0xDF) {
            return isContinuation(second) ? 2 : 0;
        }
        if (lead <= 0xEF) {
            int lowest = lead == 0xE0 ? 0xA0 : 0x80;
            int highest = lead == 0xED ? 0x9F : 0xBF;
            return second >= lowest && second <= highest && isContinuation(bytes[at + 2]) ? 3 : 0;
        }
        int lowest = lead == 0xF0 ? 0x90 : 0x80;
        int highest = lead == 0xF4 ? 0x8F : 0xBF;
        return second >= lowest && second <= highest && isContinuation(bytes[at + 2]) && isContinuation(bytes[at + 3])
                ? 4
                : 0;
    }

    private static boolean isContinuation(int b) {
        return (b & 0xC0) == 0x80;
    }
}
