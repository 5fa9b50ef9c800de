package dev.wisent.columnar;

import java.nio.ByteBuffer;
import java.util.Optional;

/// Half a character in an escape (`\udf31` without its first half) is no text in any encoding. Some producers cut strings
/// there; it becomes U+FFFD, and counts as a value that was left out.
public final class LoneSurrogates {
    private static final int ESCAPE = 6;
    private static final byte[] REPLACEMENT = {'\\', 'u', 'f', 'f', 'f', 'd'};

    /// @param count how many halves were replaced
    public record Mended(ByteBuffer json, int count) {}

    private LoneSurrogates() {}

    /// Empty: there is none. What `json` holds stays as it is.
    public static Optional<Mended> mend(ByteBuffer json) {
        byte[] mended = {};
        int count = 0;
        int start = json.position();
        int end = json.limit();
        for (int i = start; i < end; i++) {
            if (json.get(i) != '\\') {
                continue;
            }
            int half = half(json, i, end);
            if (half == 'd' && half(json, i + ESCAPE, end) == 'e') {
                i += 2 * ESCAPE - 1;
            } else if (half != 0) {
                if (count++ == 0) {
                    mended = new byte[end - start];
                    json.get(start, mended);
                }
                System.arraycopy(REPLACEMENT, 0, mended, i - start, ESCAPE);
                i += ESCAPE - 1;
            } else {
                i++;
            }
        }
        return count == 0 ? Optional.empty() : Optional.of(new Mended(ByteBuffer.wrap(mended), count));
    }

    /// `d`: the first half of a pair is escaped at `at`; `e`: the second; 0: neither.
    private static int half(ByteBuffer json, int at, int end) {
        if (at + ESCAPE > end || json.get(at) != '\\' || json.get(at + 1) != 'u') {
            return 0;
        }
        int first = Character.digit(json.get(at + 2), 16);
        int second = Character.digit(json.get(at + 3), 16);
        if (first != 0xd || second < 8) {
            return 0;
        }
        return second < 0xc ? 'd' : 'e';
    }
}
