package dev.wisent.columnar.internal.parquet;

import java.util.Arrays;
import java.util.Optional;

/// Shortens the bounds of long values: below the least, above the greatest.
final class BoundCut {
    /// As parquet-java cuts its page index.
    static final int MOST = 64;
    /// One byte more tells a value that is as long from one that is cut.
    static final int KEPT = MOST + 1;

    private static final int LAST = 0x10FFFF;
    private static final int FIRST_SURROGATE = 0xD800;
    private static final int AFTER_SURROGATES = 0xE000;

    private BoundCut() {}

    /// At most [#MOST] bytes that are not above `value`, which has more.
    static byte[] below(byte[] value, BytesStats.Order order) {
        return Arrays.copyOf(value, order == BytesStats.Order.TEXT ? wholeCharacters(value) : MOST);
    }

    /// At most [#MOST] bytes above everything that begins as `value`, which has more; empty if there is no such thing.
    static Optional<byte[]> above(byte[] value, BytesStats.Order order) {
        return order == BytesStats.Order.TEXT ? nextText(value) : nextBytes(value);
    }

    private static Optional<byte[]> nextBytes(byte[] value) {
        for (int last = MOST - 1; last >= 0; last--) {
            if (value[last] != -1) {
                byte[] next = Arrays.copyOf(value, last + 1);
                next[last]++;
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }

    /// Adds one to the last character that is not the very last one there is.
    private static Optional<byte[]> nextText(byte[] value) {
        int end = wholeCharacters(value);
        while (end > 0) {
            int start = characterBefore(value, end);
            int character = decode(value, start, end);
            if (character < 0) {
                return Optional.empty();
            }
            if (character < LAST) {
                int next = character + 1 == FIRST_SURROGATE ? AFTER_SURROGATES : character + 1;
                byte[] encoded = Character.toString(next).getBytes(java.nio.charset.StandardCharsets.UTF_8);
                byte[] bound = Arrays.copyOf(value, start + encoded.length);
                System.arraycopy(encoded, 0, bound, start, encoded.length);
                return Optional.of(bound);
            }
            end = start;
        }
        return Optional.empty();
    }

    /// The length of the whole characters among the first [#MOST] bytes.
    private static int wholeCharacters(byte[] value) {
        return isContinuation(value[MOST]) ? characterBefore(value, MOST) : MOST;
    }

    private static int characterBefore(byte[] value, int end) {
        int start = end - 1;
        while (start > 0 && isContinuation(value[start])) {
            start--;
        }
        return start;
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xC0) == 0x80;
    }

    /// RFC 3629 section 3; negative for what is no character.
    private static int decode(byte[] value, int start, int end) {
        int first = value[start] & 0xFF;
        int length = end - start;
        int expected = first < 0x80 ? 1 : first < 0xC0 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (length != expected) {
            return -1;
        }
        int character = length == 1 ? first : first & 0x7F >> length;
        for (int i = start + 1; i < end; i++) {
            character = character << 6 | value[i] & 0x3F;
        }
        return character <= LAST ? character : -1;
    }
}
