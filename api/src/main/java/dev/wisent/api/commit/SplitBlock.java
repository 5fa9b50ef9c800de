package dev.wisent.api.commit;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A few splits in the order of their ids, packed: of each id only what differs from the one before it, hexadecimal
/// digits at its end two in a byte. Nobody changes one.
///
/// An entry: the number of bytes shared with the id before, of plain bytes, and of hexadecimal digits; those; a byte of
/// flags; the ordinal; and, if flagged, the token. Numbers are unsigned LEB128.
final class SplitBlock {
    /// Enough that a block's own cost (40 bytes) is small beside it, few enough that one is read in a microsecond.
    static final int FULL = 64;

    private static final int FINISHED = 1;
    private static final int WITH_TOKEN = 2;
    /// Fewer digits are not worth a second part.
    private static final int DIGITS_WORTH_PACKING = 4;
    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private final byte[] bytes;
    private final int count;

    private SplitBlock(byte[] bytes, int count) {
        this.bytes = bytes;
        this.count = count;
    }

    /// One split, unpacked.
    static final class Entry {
        final byte[] key;
        final SplitView view;

        Entry(byte[] key, SplitView view) {
            this.key = key;
            this.view = view;
        }
    }

    static SplitBlock of(List<Entry> entries) {
        PackedBytes out = new PackedBytes();
        byte[] before = {};
        for (Entry entry : entries) {
            pack(before, entry, out);
            before = entry.key;
        }
        return new SplitBlock(out.copy(), entries.size());
    }

    /// This one with an entry behind its last, whose key is `last`.
    SplitBlock plus(byte[] last, Entry entry) {
        PackedBytes out = new PackedBytes(bytes);
        pack(last, entry, out);
        return new SplitBlock(out.copy(), count + 1);
    }

    int count() {
        return count;
    }

    Cursor cursor() {
        return new Cursor(this);
    }

    private static void pack(byte[] before, Entry entry, PackedBytes out) {
        byte[] key = entry.key;
        int shared = Math.max(0, Arrays.mismatch(before, 0, before.length, key, 0, key.length));
        int digits = digits(key, shared);
        int plain = key.length - shared - digits;
        out.number(shared);
        out.number(plain);
        out.number(digits);
        out.bytes(key, shared, plain);
        for (int i = shared + plain; i < key.length; i += 2) {
            int low = i + 1 < key.length ? Character.digit(key[i + 1], 16) : 0;
            out.put((byte) (Character.digit(key[i], 16) << 4 | low));
        }
        String token = entry.view.position().token();
        out.put((byte) ((entry.view.finished() ? FINISHED : 0) | (token.isEmpty() ? 0 : WITH_TOKEN)));
        out.number(entry.view.position().ordinal());
        if (!token.isEmpty()) {
            byte[] packed = SplitKey.of(token);
            out.number(packed.length);
            out.bytes(packed, 0, packed.length);
        }
    }

    /// How many lower-case hexadecimal digits end the key, not counting its first `from` bytes.
    private static int digits(byte[] key, int from) {
        int at = key.length;
        while (at > from && isDigit(key[at - 1])) {
            at--;
        }
        int digits = key.length - at;
        return digits < DIGITS_WORTH_PACKING ? 0 : digits;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9' || b >= 'a' && b <= 'f';
    }

    /// Goes through a block. One thread.
    static final class Cursor {
        private final byte[] bytes;
        private int at;
        private int left;
        private byte[] key = new byte[64];
        private int length;
        private int flags;
        private long ordinal;
        private int tokenAt;
        private int tokenLength;

        private Cursor(SplitBlock block) {
            this.bytes = block.bytes;
            this.left = block.count;
        }

        boolean next() {
            if (left == 0) {
                return false;
            }
            left--;
            int shared = (int) number();
            int plain = (int) number();
            int digits = (int) number();
            length = shared + plain + digits;
            if (length > key.length) {
                key = Arrays.copyOf(key, length * 2);
            }
            System.arraycopy(bytes, at, key, shared, plain);
            at += plain;
            for (int i = 0; i < digits; i++) {
                int two = bytes[at + i / 2];
                key[shared + plain + i] = DIGITS[(i % 2 == 0 ? two >> 4 : two) & 0xF];
            }
            at += (digits + 1) / 2;
            flags = bytes[at++];
            ordinal = number();
            tokenLength = (flags & WITH_TOKEN) == 0 ? 0 : (int) number();
            tokenAt = at;
            at += tokenLength;
            return true;
        }

        private long number() {
            long number = 0;
            for (int shift = 0; ; shift += 7) {
                byte b = bytes[at++];
                number |= (long) (b & 0x7F) << shift;
                if (b >= 0) {
                    return number;
                }
            }
        }

        /// Less than, equal to or greater than 0, as the key at hand is to `other`.
        int compareTo(byte[] other) {
            return Arrays.compareUnsigned(key, 0, length, other, 0, other.length);
        }

        boolean startsWith(byte[] prefix) {
            return length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
        }

        SplitId id() {
            return new SplitId(SplitKey.text(key, 0, length));
        }

        byte[] key() {
            return Arrays.copyOf(key, length);
        }

        SplitView view() {
            String token = tokenLength == 0 ? "" : SplitKey.text(bytes, tokenAt, tokenLength);
            return new SplitView(new Position(ordinal, token), (flags & FINISHED) != 0);
        }

        Entry entry() {
            return new Entry(key(), view());
        }
    }

    Optional<SplitView> find(byte[] key) {
        Cursor cursor = cursor();
        while (cursor.next()) {
            int order = cursor.compareTo(key);
            if (order >= 0) {
                return order == 0 ? Optional.of(cursor.view()) : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
