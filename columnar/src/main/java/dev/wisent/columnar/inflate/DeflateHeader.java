package dev.wisent.columnar.inflate;

import java.util.Arrays;
import java.util.zip.DataFormatException;

/// Reads what stands before a block: its kind, and its codes (RFC 1951, 3.2.3 to 3.2.7).
final class DeflateHeader {
    private static final byte[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    private static final int MOST_LITERALS = 286;
    private static final int MOST_DISTANCES = 30;
    private static final int REPEAT = 16;
    private static final int ZEROS = 17;
    private static final int MANY_ZEROS = 18;

    final DeflateCode literals = DeflateCode.literals();
    final DeflateCode distances = DeflateCode.distances();
    /// Bytes of a stored block.
    int stored;
    boolean isLast;
    private final DeflateCode told = DeflateCode.lengths();
    private final byte[] lengths = new byte[DeflateCode.LITERALS + DeflateCode.DISTANCES];

    enum Kind {
        /// It has not come as a whole yet; nothing was taken.
        CUT,
        STORED,
        CODED
    }

    Kind read(DeflateBits in) throws DataFormatException {
        in.mark();
        Kind kind = in.has(3) ? whole(in) : Kind.CUT;
        if (kind == Kind.CUT) {
            in.reset();
        }
        return kind;
    }

    private Kind whole(DeflateBits in) throws DataFormatException {
        isLast = in.take(1) == 1;
        return switch (in.take(2)) {
            case 0 -> stored(in);
            case 1 -> fixed();
            case 2 -> dynamic(in) ? Kind.CODED : Kind.CUT;
            default -> throw new DataFormatException("no such kind of block");
        };
    }

    private Kind stored(DeflateBits in) throws DataFormatException {
        in.align();
        if (!in.has(Integer.SIZE)) {
            return Kind.CUT;
        }
        stored = in.take(Short.SIZE);
        if ((stored ^ in.take(Short.SIZE)) != 0xFFFF) {
            throw new DataFormatException("the length of a stored block is damaged");
        }
        return Kind.STORED;
    }

    private Kind fixed() throws DataFormatException {
        Arrays.fill(lengths, 0, 144, (byte) 8);
        Arrays.fill(lengths, 144, 256, (byte) 9);
        Arrays.fill(lengths, 256, 280, (byte) 7);
        Arrays.fill(lengths, 280, DeflateCode.LITERALS, (byte) 8);
        literals.build(lengths, 0, DeflateCode.LITERALS);
        Arrays.fill(lengths, 0, DeflateCode.DISTANCES, (byte) 5);
        distances.build(lengths, 0, DeflateCode.DISTANCES);
        return Kind.CODED;
    }

    private boolean dynamic(DeflateBits in) throws DataFormatException {
        if (!in.has(14)) {
            return false;
        }
        int literalCount = in.take(5) + 257;
        int distanceCount = in.take(5) + 1;
        int toldCount = in.take(4) + 4;
        if (literalCount > MOST_LITERALS || distanceCount > MOST_DISTANCES) {
            throw new DataFormatException("a code has too many symbols");
        }
        Arrays.fill(lengths, 0, DeflateCode.LENGTHS, (byte) 0);
        for (int i = 0; i < toldCount; i++) {
            if (!in.has(3)) {
                return false;
            }
            lengths[ORDER[i]] = (byte) in.take(3);
        }
        told.build(lengths, 0, DeflateCode.LENGTHS);
        if (!lengths(in, literalCount + distanceCount)) {
            return false;
        }
        if (lengths[DeflateCode.END_OF_BLOCK] == 0) {
            throw new DataFormatException("a block has no end");
        }
        literals.build(lengths, 0, literalCount);
        distances.build(lengths, literalCount, distanceCount);
        return true;
    }

    /// Lengths of both codes, one behind the other; repeats go from one into the other.
    private boolean lengths(DeflateBits in, int all) throws DataFormatException {
        int known = 0;
        while (known < all) {
            in.fill();
            int entry = told.first(in.bits);
            int symbol = entry >>> DeflateCode.VALUE_SHIFT;
            int further = symbol < REPEAT ? 0 : symbol == REPEAT ? 2 : symbol == ZEROS ? 3 : 7;
            if (in.count < DeflateCode.taken(entry) + further) {
                return false;
            }
            if ((entry & DeflateCode.INVALID) != 0) {
                throw new DataFormatException("a length of a code is damaged");
            }
            in.skip(DeflateCode.taken(entry));
            if (symbol < REPEAT) {
                lengths[known++] = (byte) symbol;
                continue;
            }
            int end = known + in.take(further) + (symbol == MANY_ZEROS ? 11 : 3);
            if (end > all || symbol == REPEAT && known == 0) {
                throw new DataFormatException("a code repeats a length that is not there");
            }
            Arrays.fill(lengths, known, end, symbol == REPEAT ? lengths[known - 1] : 0);
            known = end;
        }
        return true;
    }
}
