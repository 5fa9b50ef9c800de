package dev.wisent.columnar.inflate;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.zip.DataFormatException;

/// By ISA-L's `isal_inflate`, with its state, input and output outside the heap.
public final class IsalInflation implements Inflation {
    /// Bits of a byte.
    private static final int BYTE = 8;

    private static final long BYTE_MASK = 0xFF;
    private static final byte[] NONE = {};

    private final Isal library;
    private final Isal.Memory memory;
    private final byte[] out = new byte[Isal.OUT_BYTES];
    private byte[] taken = NONE;
    private boolean finished;
    private boolean closed;
    private long written;

    /// @param library from [Isal#library] or [Isal#at]
    public IsalInflation(Isal library) {
        this.library = library;
        this.memory = library.borrow();
    }

    @Override
    public void begin() {
        library.init(memory.state());
        taken = NONE;
        finished = false;
        written = 0;
    }

    @Override
    public int inflate(byte[] data, int from, int end, Out to) throws DataFormatException {
        int at = from;
        while (at < end && !finished) {
            int count = Math.min(Isal.IN_BYTES, end - at);
            MemorySegment.copy(data, at, memory.in(), ValueLayout.JAVA_BYTE, 0, count);
            at += count - piece(count, to);
        }
        return at;
    }

    /// Inflates what lies in the input; returns how much of it was not taken.
    private int piece(int count, Out to) throws DataFormatException {
        MemorySegment state = memory.state();
        state.set(Isal.POINTER, Isal.NEXT_IN, memory.in().address());
        state.set(Isal.INT, Isal.AVAIL_IN, count);
        while (true) {
            int before = state.get(Isal.INT, Isal.AVAIL_IN);
            state.set(Isal.POINTER, Isal.NEXT_OUT, memory.out().address());
            state.set(Isal.INT, Isal.AVAIL_OUT, Isal.OUT_BYTES);
            int answer = library.inflate(state);
            if (answer != Isal.OK) {
                // the rest of the state means nothing then
                throw new DataFormatException(Isal.text(answer));
            }
            int left = state.get(Isal.INT, Isal.AVAIL_IN);
            int made = Isal.OUT_BYTES - state.get(Isal.INT, Isal.AVAIL_OUT);
            if (left < 0 || left > before || made < 0 || made > Isal.OUT_BYTES) {
                throw new IllegalStateException("ISA-L's state is not as its header says: " + library);
            }
            if (made > 0) {
                MemorySegment.copy(memory.out(), ValueLayout.JAVA_BYTE, 0, out, 0, made);
                written += made;
                to.take(out, 0, made);
            }
            if (state.get(Isal.INT, Isal.BLOCK_STATE) == Isal.FINISH) {
                finished = true;
                taken = bits(state);
                return left;
            }
            if (made < Isal.OUT_BYTES && left == 0) {
                return 0;
            }
            if (made == 0 && left == before) {
                throw new DataFormatException("no way on");
            }
        }
    }

    /// It reads ahead by whole bytes, into a register. The bits up to the next byte's beginning belong to the stream.
    private static byte[] bits(MemorySegment state) {
        int count = state.get(Isal.INT, Isal.READ_IN_LENGTH);
        long bits = state.get(Isal.POINTER, Isal.READ_IN) >>> count % BYTE;
        byte[] bytes = count < BYTE ? NONE : new byte[count / BYTE];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (bits >>> i * BYTE & BYTE_MASK);
        }
        return bytes;
    }

    @Override
    public boolean finished() {
        return finished;
    }

    @Override
    public byte[] taken() {
        return taken;
    }

    @Override
    public long written() {
        return written;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            library.giveBack(memory);
        }
    }
}
