package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.internal.DecodeFailure;
import dev.wisent.columnar.internal.Swar;
import dev.wisent.columnar.internal.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The last JSON string that was read, as UTF-8: where it lies in the record, or in a scratch array when it had escapes.
///
/// A lone surrogate escape (`\ud800`), which RFC 8259 section 8.2 allows and UTF-8 can't hold, becomes U+FFFD.
public final class StringToken {
    private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};
    private static final int FIRST_SCRATCH = 256;
    /// A scratch array above this is not kept for the strings after it (R10).
    private static final int LARGEST_KEPT = 1 << 20;
    /// The digits of an escape by number.
    private static final int HEX_DIGITS = 4;
    /// The longest encoding of a code point.
    private static final int LONGEST_UTF8 = 4;

    private byte[] scratch = new byte[FIRST_SCRATCH];
    byte[] bytes = scratch;
    int from;
    private boolean unescaped;
    /// Where the escape ends that was read last.
    private int behindEscape;
    int length;

    /// Reads the string whose opening quote is at the cursor; [#bytes], [#from] and [#length] are valid until the next
    /// read. Steps over it.
    void read(JsonCursor in) {
        int start = in.at + 1;
        int stop = plainEnd(in, start);
        if (in.bytes[stop] == '"') {
            unescaped = false;
            bytes = in.bytes;
            from = start;
            length = stop - start;
            in.at = stop + 1;
        } else {
            unescape(in, start, stop);
        }
    }

    void forget() {
        scratch = new byte[FIRST_SCRATCH];
        bytes = scratch;
    }

    /// Reads the string whose opening quote is at the cursor into `column`. Copies it, eight bytes at a time, while it looks
    /// for its end: most strings are short and plain.
    void append(JsonCursor in, BytesColumn column) {
        byte[] source = in.bytes;
        int start = in.at + 1;
        int from = start;
        int end = column.end();
        int to = end;
        byte[] data = column.ensure(Long.BYTES);
        while (true) {
            long word = Swar.get(source, from);
            long special = Swar.endOfPlain(word);
            Swar.set(data, to, word);
            if (special != 0) {
                int plain = Swar.first(special);
                from += plain;
                to += plain;
                break;
            }
            from += Long.BYTES;
            to += Long.BYTES;
            if (to + Long.BYTES > data.length) {
                data = column.ensure(to - end + Long.BYTES);
            }
        }
        if (source[from] == '"') {
            column.commit(to);
            in.at = from + 1;
        } else {
            appendRest(in, from, column, to);
        }
    }

    /// Goes on behind the first character that is not plain: letters beyond ASCII are checked, escapes become what they stand
    /// for, each where it belongs.
    private void appendRest(JsonCursor in, int start, BytesColumn column, int written) {
        byte[] source = in.bytes;
        int from = start;
        int end = column.end();
        int to = written;
        while (true) {
            byte[] data = column.ensure(to - end + LONGEST_UTF8 + Long.BYTES);
            byte b = source[from];
            if (b < 0) {
                int length = Utf8.length(source, from);
                if (length == 0) {
                    throw in.encoding(from);
                }
                Swar.set(data, to, Swar.get(source, from));
                from += length;
                to += length;
            } else if (b == '\\') {
                to = putEscape(in, from, data, to);
                from = behindEscape;
            } else if (b == '"') {
                column.commit(to);
                in.at = from + 1;
                return;
            } else if (b < ' ') {
                throw control(in, from);
            }
            long word = Swar.get(source, from);
            Swar.set(data, to, word);
            int plain = Swar.first(Swar.endOfPlain(word));
            from += plain;
            to += plain;
        }
    }

    /// Makes the byte behind the string one that no number goes on with.
    void terminate() {
        if (unescaped) {
            reserve(length, 1);
            bytes = scratch;
            bytes[length] = '"';
        }
    }

    public byte[] bytes() {
        return bytes;
    }

    public int from() {
        return from;
    }

    public int length() {
        return length;
    }

    public String text() {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    /// Where the string at the cursor ends, behind its closing quote, with all of it checked.
    int skip(JsonCursor in) {
        int i = in.at + 1;
        while (true) {
            i = plainEnd(in, i);
            if (in.bytes[i] == '"') {
                return i + 1;
            }
            if (in.bytes[i + 1] == 'u') {
                hex(in, i + 2);
                i += 2 + HEX_DIGITS;
            } else {
                simpleEscape(in, i + 1);
                i += 2;
            }
        }
    }

    /// From `start` on, where plain characters end: at a quote or a backslash. Refuses control characters and bytes that
    /// are not UTF-8.
    static int plainEnd(JsonCursor in, int start) {
        byte[] source = in.bytes;
        int i = start;
        while (true) {
            long special = Swar.endOfPlain(Swar.get(source, i));
            if (special == 0) {
                i += Long.BYTES;
                continue;
            }
            i += Swar.first(special);
            byte b = source[i];
            if (b < 0) {
                i = nonAscii(in, i);
            } else if (b < ' ') {
                throw control(in, i);
            } else {
                return i;
            }
        }
    }

    private static DecodeFailure control(JsonCursor in, int index) {
        in.at = index;
        return in.syntax(index >= in.end ? "a string is not closed" : "a control character in a string");
    }

    private static int nonAscii(JsonCursor in, int start) {
        int i = start;
        do {
            int length = Utf8.length(in.bytes, i);
            if (length == 0) {
                throw in.encoding(i);
            }
            i += length;
        } while (in.bytes[i] < 0);
        return i;
    }

    private void unescape(JsonCursor in, int start, int firstEscape) {
        if (scratch.length > LARGEST_KEPT) {
            scratch = new byte[FIRST_SCRATCH];
        }
        int to = 0;
        int run = start;
        int i = firstEscape;
        while (true) {
            int plain = i - run;
            reserve(to, plain + LONGEST_UTF8);
            System.arraycopy(in.bytes, run, scratch, to, plain);
            to += plain;
            if (in.bytes[i] == '"') {
                break;
            }
            to = putEscape(in, i, scratch, to);
            i = behindEscape;
            run = i;
            i = plainEnd(in, i);
        }
        in.at = i + 1;
        unescaped = true;
        bytes = scratch;
        from = 0;
        length = to;
    }

    /// Writes what the escape at `index` stands for, at most [#LONGEST_UTF8] bytes; returns their end, and leaves the escape's
    /// in [#behindEscape].
    private int putEscape(JsonCursor in, int index, byte[] out, int to) {
        int i = index;
        if (in.bytes[i + 1] != 'u') {
            out[to] = simpleEscape(in, i + 1);
            behindEscape = i + 2;
            return to + 1;
        }
        int unit = hex(in, i + 2);
        i += 2 + HEX_DIGITS;
        if (Character.isHighSurrogate((char) unit) && in.bytes[i] == '\\' && in.bytes[i + 1] == 'u') {
            int low = hex(in, i + 2);
            if (Character.isLowSurrogate((char) low)) {
                unit = Character.toCodePoint((char) unit, (char) low);
                i += 2 + HEX_DIGITS;
            }
        }
        behindEscape = i;
        return putCodePoint(unit, out, to);
    }

    private void reserve(int used, int more) {
        if (scratch.length - used < more) {
            scratch = Arrays.copyOf(scratch, Math.max(used + more, scratch.length * 2));
        }
    }

    private static int putCodePoint(int c, byte[] out, int to) {
        int i = to;
        if (c < 0x80) {
            out[i++] = (byte) c;
        } else if (c < 0x800) {
            out[i++] = (byte) (0xC0 | c >> 6);
            out[i++] = (byte) (0x80 | c & 0x3F);
        } else if (c >= Character.MIN_SUPPLEMENTARY_CODE_POINT) {
            out[i++] = (byte) (0xF0 | c >> 18);
            out[i++] = (byte) (0x80 | c >> 12 & 0x3F);
            out[i++] = (byte) (0x80 | c >> 6 & 0x3F);
            out[i++] = (byte) (0x80 | c & 0x3F);
        } else if (Character.isSurrogate((char) c)) {
            System.arraycopy(REPLACEMENT, 0, out, i, REPLACEMENT.length);
            i += REPLACEMENT.length;
        } else {
            out[i++] = (byte) (0xE0 | c >> 12);
            out[i++] = (byte) (0x80 | c >> 6 & 0x3F);
            out[i++] = (byte) (0x80 | c & 0x3F);
        }
        return i;
    }

    /// The character that the one behind a backslash stands for (RFC 8259 section 7).
    private static byte simpleEscape(JsonCursor in, int index) {
        return switch (in.bytes[index]) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> {
                in.at = index;
                throw in.syntax("an escape JSON does not have");
            }
        };
    }

    private static int hex(JsonCursor in, int index) {
        int value = 0;
        for (int i = 0; i < HEX_DIGITS; i++) {
            int digit = Character.digit(in.bytes[index + i], 16);
            if (digit < 0 || in.bytes[index + i] < 0) {
                in.at = index + i;
                throw in.syntax("\\u needs four hexadecimal digits");
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
