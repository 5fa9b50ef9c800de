package dev.wisent.columnar.inflate;

import java.util.Arrays;
import java.util.zip.DataFormatException;

/// The table of one of a block's Huffman codes (RFC 1951, 3.2.2): the next bits of the stream are the index. Codes that are
/// longer than the index go on in a second table behind the first. Made anew for each block.
///
/// An entry has, from its low end: the bits to take (8), of these, the code's own (4), what it is (4), and its value (16).
final class DeflateCode {
    static final int LITERAL = 0x8000;
    static final int END = 0x4000;
    /// The value is where the second table begins; the code's own bits are how many its index has.
    static final int LONGER = 0x2000;
    static final int INVALID = 0x1000;
    /// None of them: a length or a distance, with further bits behind the code.
    static final int SPECIAL = LITERAL | END | LONGER | INVALID;

    static final int VALUE_SHIFT = 16;
    static final int LITERAL_BITS = 11;
    static final int DISTANCE_BITS = 9;

    static final int LITERALS = 288;
    static final int DISTANCES = 32;
    static final int LENGTHS = 19;
    static final int END_OF_BLOCK = 256;

    private static final int OWN_SHIFT = 8;
    private static final int OWN_MASK = 0xF;
    private static final int TAKEN_MASK = 0xFF;
    private static final int MOST_BITS = 15;
    /// The lengths of the code that tells the others' are told in three bits.
    private static final int TOLD_BITS = 7;

    final int[] table;
    private final int indexBits;
    /// What each symbol means.
    private final int[] entries;
    private final int[] counts = new int[MOST_BITS + 1];
    private final int[] next = new int[MOST_BITS + 2];
    private final int[] sorted;

    private DeflateCode(int indexBits, int mostBits, int[] entries) {
        this.indexBits = indexBits;
        this.entries = entries;
        this.sorted = new int[entries.length];
        this.table = new int[(1 << indexBits) + mostBehind(entries.length, mostBits - indexBits)];
    }

    /// How many entries second tables have at most: no code that has them leaves bits without a symbol, so two or more symbols
    /// go on in each.
    private static int mostBehind(int symbols, int bits) {
        return bits == 0 ? 0 : symbols / 2 << bits;
    }

    /// Bytes, lengths of 3 to 258 (RFC 1951, 3.2.5), and the end of the block.
    static DeflateCode literals() {
        int[] entries = new int[LITERALS];
        for (int i = 0; i < END_OF_BLOCK; i++) {
            entries[i] = i << VALUE_SHIFT | LITERAL;
        }
        entries[END_OF_BLOCK] = END;
        int base = 3;
        for (int i = 257; i < 285; i++) {
            int extra = i < 265 ? 0 : i - 261 >> 2;
            entries[i] = base << VALUE_SHIFT | extra;
            base += 1 << extra;
        }
        entries[285] = 258 << VALUE_SHIFT;
        Arrays.fill(entries, 286, LITERALS, INVALID);
        return new DeflateCode(LITERAL_BITS, MOST_BITS, entries);
    }

    /// 1 to 32,768 bytes back.
    static DeflateCode distances() {
        int[] entries = new int[DISTANCES];
        int base = 1;
        for (int i = 0; i < 30; i++) {
            int extra = i < 4 ? 0 : i - 2 >> 1;
            entries[i] = base << VALUE_SHIFT | extra;
            base += 1 << extra;
        }
        Arrays.fill(entries, 30, DISTANCES, INVALID);
        return new DeflateCode(DISTANCE_BITS, MOST_BITS, entries);
    }

    /// What the lengths of the other two codes are told in.
    static DeflateCode lengths() {
        int[] entries = new int[LENGTHS];
        for (int i = 0; i < LENGTHS; i++) {
            entries[i] = i << VALUE_SHIFT;
        }
        return new DeflateCode(TOLD_BITS, TOLD_BITS, entries);
    }

    /// The entry of the symbol the stream goes on with, behind the first table's bits if it is [#LONGER].
    int first(long bits) {
        return table[(int) bits & (1 << indexBits) - 1];
    }

    /// What follows a [#LONGER] entry, whose bits are taken.
    static int second(int[] table, int entry, long bits) {
        return table[(entry >>> VALUE_SHIFT) + ((int) bits & (1 << (entry >>> OWN_SHIFT & OWN_MASK)) - 1)];
    }

    /// How many bits of the stream an entry takes.
    static int taken(int entry) {
        return entry & TAKEN_MASK;
    }

    /// The length or distance an entry means.
    ///
    /// @param bits of the stream, the entry's first
    static int value(int entry, long bits) {
        int further = (int) (bits & (1L << taken(entry)) - 1) >>> (entry >>> OWN_SHIFT & OWN_MASK);
        return (entry >>> VALUE_SHIFT) + further;
    }

    /// Makes the table of the code that gives each symbol so many bits; 0: it is not used.
    ///
    /// @throws DataFormatException more symbols than there are codes, or codes without a symbol; a single symbol of one bit is
    ///     a code all the same, and so is none at all
    void build(byte[] lengths, int from, int symbols) throws DataFormatException {
        Arrays.fill(counts, 0);
        for (int i = 0; i < symbols; i++) {
            counts[lengths[from + i]]++;
        }
        counts[0] = 0;
        int longest = MOST_BITS;
        while (longest > 0 && counts[longest] == 0) {
            longest--;
        }
        int left = 1;
        next[1] = 0;
        for (int bits = 1; bits <= MOST_BITS; bits++) {
            left = (left << 1) - counts[bits];
            if (left < 0) {
                throw new DataFormatException("a code has more symbols than bits for them");
            }
            next[bits + 1] = next[bits] + counts[bits];
        }
        if (left > 0 && longest > 1) {
            throw new DataFormatException("a code has bits that no symbol has");
        }
        for (int i = 0; i < symbols; i++) {
            int bits = lengths[from + i];
            if (bits > 0) {
                sorted[next[bits]++] = i;
            }
        }
        if (left > 0) {
            Arrays.fill(table, 0, 1 << indexBits, INVALID | 1);
        }
        fill(longest);
    }

    /// Symbols in the order of their codes, which count upwards (RFC 1951, 3.2.2); the stream has them highest bit first.
    private void fill(int longest) {
        int size = 1 << indexBits;
        int code = 0;
        int symbol = 0;
        int end = size;
        int opened = -1;
        int start = 0;
        int width = 0;
        for (int bits = 1; bits <= longest; bits++) {
            for (int left = counts[bits]; left > 0; left--) {
                int entry = entries[sorted[symbol++]];
                int reversed = Integer.reverse(code++) >>> Integer.SIZE - bits;
                if (bits <= indexBits) {
                    spread(coded(entry, bits), reversed, 0, size, bits);
                    continue;
                }
                int index = reversed & size - 1;
                if (index != opened) {
                    opened = index;
                    start = end;
                    width = secondBits(bits, left);
                    table[index] = start << VALUE_SHIFT | LONGER | width << OWN_SHIFT | indexBits;
                    end += 1 << width;
                }
                spread(coded(entry, bits - indexBits), reversed >>> indexBits, start, 1 << width, bits - indexBits);
            }
            code <<= 1;
        }
    }

    /// Puts an entry wherever the index ends in its code.
    private void spread(int entry, int code, int start, int size, int bits) {
        for (int i = code; i < size; i += 1 << bits) {
            table[start + i] = entry;
        }
    }

    private static int coded(int entry, int bits) {
        return (entry & SPECIAL) == 0 ? entry + bits | bits << OWN_SHIFT : entry | bits;
    }

    /// How many bits tell the codes apart that begin as the first of `left` of length `bits` does.
    private int secondBits(int bits, int left) {
        int width = bits - indexBits;
        int room = (1 << width) - left;
        while (room > 0 && width + indexBits < MOST_BITS) {
            width++;
            room = (room << 1) - counts[width + indexBits];
        }
        return width;
    }
}
