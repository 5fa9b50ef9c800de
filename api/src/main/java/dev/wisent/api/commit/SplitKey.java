package dev.wisent.api.commit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Texts as bytes whose unsigned order is the texts' own, and that lose nothing: each `char` as UTF-8 would write it, so
/// that half a surrogate pair, which UTF-8 can't hold, comes back too.
final class SplitKey {
    private SplitKey() {}

    static byte[] of(String text) {
        byte[] plain = text.getBytes(StandardCharsets.ISO_8859_1);
        boolean isAscii = plain.length == text.length();
        for (int i = 0; isAscii && i < plain.length; i++) {
            isAscii = plain[i] >= 0 && text.charAt(i) < 0x80;
        }
        return isAscii ? plain : wide(text);
    }

    private static byte[] wide(String text) {
        byte[] bytes = new byte[text.length() * 3];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes[length++] = (byte) c;
            } else if (c < 0x800) {
                bytes[length++] = (byte) (0xC0 | c >> 6);
                bytes[length++] = (byte) (0x80 | c & 0x3F);
            } else {
                bytes[length++] = (byte) (0xE0 | c >> 12);
                bytes[length++] = (byte) (0x80 | c >> 6 & 0x3F);
                bytes[length++] = (byte) (0x80 | c & 0x3F);
            }
        }
        return Arrays.copyOf(bytes, length);
    }

    /// Inverse of [#of].
    static String text(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (bytes[i] < 0) {
                return wide(bytes, from, length);
            }
        }
        return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }

    private static String wide(byte[] bytes, int from, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = from; i < from + length; ) {
            int b = bytes[i++];
            if (b >= 0) {
                text.append((char) b);
            } else if ((b & 0xE0) == 0xC0) {
                text.append((char) ((b & 0x1F) << 6 | bytes[i++] & 0x3F));
            } else {
                text.append((char) ((b & 0xF) << 12 | (bytes[i++] & 0x3F) << 6 | bytes[i++] & 0x3F));
            }
        }
        return text.toString();
    }
}
