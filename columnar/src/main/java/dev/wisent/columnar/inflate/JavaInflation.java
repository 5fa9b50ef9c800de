package dev.wisent.columnar.inflate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.DataFormatException;

/// Deflate (RFC 1951) in Java, a third faster than the JDK's zlib: a word of input at a time, up to three literals in a row,
/// copies in words. The last bytes of what has come are taken bit by bit.
public final class JavaInflation implements Inflation {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int HISTORY = 32 << 10;
    /// Where what was inflated is handed on.
    private static final int FULL = HISTORY + (256 << 10);

    private static final int LONGEST = 258;
    /// Copies begin with so many bytes, whatever their length.
    private static final int COPIED = 4 * Long.BYTES;

    private static final int LITERAL_MASK = (1 << DeflateCode.LITERAL_BITS) - 1;
    private static final int DISTANCE_MASK = (1 << DeflateCode.DISTANCE_BITS) - 1;
    /// What a distance may take: 15 for its code, 13 behind it.
    private static final int DISTANCE_TAKES = 28;

    /// What is looked at in one go: a stream may end long before what came with it.
    private static final int PIECE = 16 << 10;

    private static final byte[] NONE = {};

    private final DeflateBits in = new DeflateBits();
    private final DeflateHeader header = new DeflateHeader();
    private final byte[] window = new byte[FULL + LONGEST + COPIED];
    private int end;
    private int handed;
    private long written;
    private State state = State.HEADER;

    private enum State {
        HEADER,
        STORED,
        CODED,
        DONE
    }

    @Override
    public void begin() {
        in.clear();
        end = 0;
        handed = 0;
        written = 0;
        state = State.HEADER;
    }

    @Override
    public int inflate(byte[] data, int from, int dataEnd, Out to) throws DataFormatException {
        int at = from;
        while (at < dataEnd && state != State.DONE) {
            int piece = Math.min(PIECE, dataEnd - at);
            in.append(data, at, piece);
            at += piece;
            while (goesOn()) {
                if (end >= FULL) {
                    handOn(to);
                    System.arraycopy(window, end - HISTORY, window, 0, HISTORY);
                    end = HISTORY;
                    handed = HISTORY;
                }
            }
        }
        handOn(to);
        return state == State.DONE ? at - in.rest() : dataEnd;
    }

    private void handOn(Out to) {
        if (end > handed) {
            written += end - handed;
            to.take(window, handed, end - handed);
            handed = end;
        }
    }

    /// Takes what it can; whether there may be more to take.
    private boolean goesOn() throws DataFormatException {
        return switch (state) {
            case HEADER -> {
                DeflateHeader.Kind kind = header.read(in);
                if (kind != DeflateHeader.Kind.CUT) {
                    state = kind == DeflateHeader.Kind.STORED ? State.STORED : State.CODED;
                }
                yield kind != DeflateHeader.Kind.CUT;
            }
            case STORED -> {
                int copied = in.takeBytes(window, end, Math.min(header.stored, FULL - end));
                end += copied;
                header.stored -= copied;
                if (header.stored == 0) {
                    blockEnd();
                }
                yield header.stored == 0 || end >= FULL;
            }
            case CODED -> {
                fast();
                boolean whole = true;
                while (whole && state == State.CODED && end < FULL && in.end - in.at < DeflateBits.SLACK) {
                    whole = one();
                }
                yield whole;
            }
            case DONE -> false;
        };
    }

    private void blockEnd() {
        state = header.isLast ? State.DONE : State.HEADER;
    }

    /// Decodes while a whole word and another can be read.
    private void fast() throws DataFormatException {
        byte[] data = in.in;
        byte[] out = window;
        int[] literals = header.literals.table;
        int[] distances = header.distances.table;
        int safe = in.end - DeflateBits.SLACK;
        int at = in.at;
        long bits = in.bits;
        int count = in.count;
        int to = end;
        boolean ended = false;
        while (at <= safe && to < FULL) {
            bits |= (long) LONGS.get(data, at) << count;
            at += Long.SIZE - 1 - count >>> 3;
            count |= Long.SIZE - Byte.SIZE;
            int entry = literals[(int) bits & LITERAL_MASK];
            if ((entry & DeflateCode.LITERAL) != 0) {
                out[to++] = (byte) (entry >> DeflateCode.VALUE_SHIFT);
                bits >>>= DeflateCode.taken(entry);
                count -= DeflateCode.taken(entry);
                entry = literals[(int) bits & LITERAL_MASK];
                if ((entry & DeflateCode.LITERAL) != 0) {
                    out[to++] = (byte) (entry >> DeflateCode.VALUE_SHIFT);
                    bits >>>= DeflateCode.taken(entry);
                    count -= DeflateCode.taken(entry);
                    entry = literals[(int) bits & LITERAL_MASK];
                }
            }
            if ((entry & DeflateCode.LONGER) != 0) {
                bits >>>= DeflateCode.taken(entry);
                count -= DeflateCode.taken(entry);
                entry = DeflateCode.second(literals, entry, bits);
            }
            long first = bits;
            bits >>>= DeflateCode.taken(entry);
            count -= DeflateCode.taken(entry);
            if ((entry & DeflateCode.SPECIAL) != 0) {
                if ((entry & DeflateCode.LITERAL) != 0) {
                    out[to++] = (byte) (entry >> DeflateCode.VALUE_SHIFT);
                    continue;
                }
                ended = isEnd(entry);
                break;
            }
            int length = DeflateCode.value(entry, first);
            if (count < DISTANCE_TAKES) {
                bits |= (long) LONGS.get(data, at) << count;
                at += Long.SIZE - 1 - count >>> 3;
                count |= Long.SIZE - Byte.SIZE;
            }
            entry = distances[(int) bits & DISTANCE_MASK];
            if ((entry & DeflateCode.LONGER) != 0) {
                bits >>>= DeflateCode.taken(entry);
                count -= DeflateCode.taken(entry);
                entry = DeflateCode.second(distances, entry, bits);
            }
            first = bits;
            bits >>>= DeflateCode.taken(entry);
            count -= DeflateCode.taken(entry);
            copy(out, to, distance(entry, first, to), length);
            to += length;
        }
        in.at = at;
        in.bits = count == 0 ? 0 : bits & -1L >>> Long.SIZE - count;
        in.count = count;
        end = to;
        if (ended) {
            blockEnd();
        }
    }

    private static boolean isEnd(int entry) throws DataFormatException {
        if ((entry & DeflateCode.END) == 0) {
            throw new DataFormatException("no such byte or length");
        }
        return true;
    }

    private static int distance(int entry, long bits, int end) throws DataFormatException {
        if ((entry & DeflateCode.INVALID) != 0) {
            throw new DataFormatException("no such distance");
        }
        int distance = DeflateCode.value(entry, bits);
        if (distance > end) {
            throw new DataFormatException("a distance goes back behind the beginning");
        }
        return distance;
    }

    /// Writes up to [#COPIED] bytes behind the end.
    private static void copy(byte[] out, int end, int distance, int length) {
        int from = end - distance;
        int stop = end + length;
        if (distance >= Long.BYTES) {
            LONGS.set(out, end, (long) LONGS.get(out, from));
            LONGS.set(out, end + Long.BYTES, (long) LONGS.get(out, from + Long.BYTES));
            LONGS.set(out, end + 2 * Long.BYTES, (long) LONGS.get(out, from + 2 * Long.BYTES));
            LONGS.set(out, end + 3 * Long.BYTES, (long) LONGS.get(out, from + 3 * Long.BYTES));
            for (int to = end + COPIED; to < stop; to += Long.BYTES) {
                LONGS.set(out, to, (long) LONGS.get(out, to - distance));
            }
        } else if (distance == 1) {
            Arrays.fill(out, end, stop, out[from]);
        } else {
            for (int to = end; to < stop; to++) {
                out[to] = out[to - distance];
            }
        }
    }

    /// Decodes one byte or copy, or the block's end, if all of its bits are there; takes nothing if not.
    private boolean one() throws DataFormatException {
        in.mark();
        boolean whole = whole();
        if (!whole) {
            in.reset();
        }
        return whole;
    }

    private boolean whole() throws DataFormatException {
        int entry = entry(header.literals);
        if (!in.has(DeflateCode.taken(entry))) {
            return false;
        }
        int length = DeflateCode.value(entry, in.bits);
        in.skip(DeflateCode.taken(entry));
        if ((entry & DeflateCode.LITERAL) != 0) {
            window[end++] = (byte) (entry >> DeflateCode.VALUE_SHIFT);
            return true;
        }
        if ((entry & DeflateCode.SPECIAL) != 0) {
            if (isEnd(entry)) {
                blockEnd();
            }
            return true;
        }
        entry = entry(header.distances);
        if (!in.has(DeflateCode.taken(entry))) {
            return false;
        }
        copy(window, end, distance(entry, in.bits, end), length);
        in.skip(DeflateCode.taken(entry));
        end += length;
        return true;
    }

    /// The entry of the next symbol; more bits than there are may be its own.
    private int entry(DeflateCode code) {
        in.fill();
        int entry = code.first(in.bits);
        if ((entry & DeflateCode.LONGER) != 0 && in.has(DeflateCode.taken(entry))) {
            in.skip(DeflateCode.taken(entry));
            entry = DeflateCode.second(code.table, entry, in.bits);
        }
        return entry;
    }

    @Override
    public boolean finished() {
        return state == State.DONE;
    }

    /// None: before the last piece came, the end or what stands before it had not all of its bits, so what is left is of that
    /// piece.
    @Override
    public byte[] taken() {
        return NONE;
    }

    @Override
    public long written() {
        return written;
    }

    @Override
    public void close() {}
}
