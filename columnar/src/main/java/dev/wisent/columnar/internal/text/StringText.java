package dev.wisent.columnar.internal.text;

import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.internal.Swar;

/// UTF-8 text as a JSON string (RFC 8259 section 7), and JSON text on one line.
public final class StringText {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    /// `\u0000`
    private static final int LONGEST_ESCAPE = 6;

    private StringText() {}

    /// Appends `source` in quotes, escaping only what must be.
    public static void putQuoted(byte[] source, int from, int length, OutputBuffer out) {
        byte[] bytes = out.ensure(length + 2 + Swar.PADDING);
        int to = out.length();
        int at = from;
        int end = from + length;
        bytes[to++] = '"';
        while (end - at >= Long.BYTES) {
            long word = Swar.get(source, at);
            Swar.set(bytes, to, word);
            long special = Swar.needsEscape(word);
            int plain = Swar.first(special);
            at += plain;
            to += plain;
            if (special != 0) {
                out.commit(to);
                putEscaped(source[at++], out);
                bytes = out.ensure(end - at + 1 + Swar.PADDING);
                to = out.length();
            }
        }
        for (; at < end; at++) {
            byte b = source[at];
            if ((b >= 0 && b < ' ') || b == '"' || b == '\\') {
                out.commit(to);
                putEscaped(b, out);
                bytes = out.ensure(end - at + 1 + Swar.PADDING);
                to = out.length();
            } else {
                bytes[to++] = b;
            }
        }
        bytes[to++] = '"';
        out.commit(to);
    }

    private static void putEscaped(byte b, OutputBuffer out) {
        byte[] bytes = out.ensure(LONGEST_ESCAPE);
        int to = out.length();
        bytes[to++] = '\\';
        switch (b) {
            case '"', '\\' -> bytes[to++] = b;
            case '\n' -> bytes[to++] = 'n';
            case '\r' -> bytes[to++] = 'r';
            case '\t' -> bytes[to++] = 't';
            default -> {
                bytes[to++] = 'u';
                bytes[to++] = '0';
                bytes[to++] = '0';
                bytes[to++] = HEX[b >> 4 & 15];
                bytes[to++] = HEX[b & 15];
            }
        }
        out.commit(to);
    }

    /// Appends JSON text as it is, but on one line: in valid JSON control characters are whitespace between tokens.
    static void putOneLine(byte[] source, int from, int length, OutputBuffer out) {
        out.ensure(length);
        int start = out.length();
        out.put(source, from, length);
        byte[] bytes = out.array();
        for (int i = start; i < out.length(); i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                bytes[i] = ' ';
            }
        }
    }
}
