package dev.wisent.columnar.internal.parquet;

import dev.wisent.columnar.OutputBuffer;
import java.util.Arrays;

/// The definition or repetition levels of a page under construction.
final class Levels {
    private static final int FIRST_CAPACITY = 256;

    private final int most;
    private byte[] levels = new byte[FIRST_CAPACITY];
    private int count;

    /// @param most the highest level; with 0 there is nothing to write
    Levels(int most) {
        this.most = most;
    }

    int count() {
        return count;
    }

    /// Makes room for `more` levels and returns the array: the caller writes from [#count] on, then calls [#commit].
    byte[] ensure(int more) {
        int needed = Math.addExact(count, more);
        if (needed > levels.length) {
            levels =
                    Arrays.copyOf(levels, (int) Math.max(needed, Math.min(levels.length * 2L, Integer.MAX_VALUE - 16)));
        }
        return levels;
    }

    void commit(int more) {
        count += more;
    }

    void run(int level, int times) {
        if (most > 0) {
            Arrays.fill(ensure(times), count, count + times, (byte) level);
        }
        count += times;
    }

    void add(byte[] from, int times) {
        if (most > 0) {
            System.arraycopy(from, 0, ensure(times), count, times);
        }
        count += times;
    }

    /// Appends the levels as a data page of version 1 has them, with their length in front, and forgets them.
    ///
    /// @param scratch at least as long as there are levels
    void write(OutputBuffer out, int[] scratch) {
        if (most > 0) {
            int start = out.length();
            LittleEndian.putInt(out.ensure(Integer.BYTES), start, 0);
            out.commit(start + Integer.BYTES);
            int same = Arrays.mismatch(levels, 0, Math.max(0, count - 1), levels, Math.min(1, count), count);
            if (count > 0 && same < 0) {
                Hybrid.run(levels[0], count, Hybrid.width(most), out);
            } else {
                for (int i = 0; i < count; i++) {
                    scratch[i] = levels[i];
                }
                Hybrid.encode(scratch, count, Hybrid.width(most), out);
            }
            LittleEndian.putInt(out.array(), start, out.length() - start - Integer.BYTES);
        }
        count = 0;
    }

    void clear() {
        count = 0;
    }
}
