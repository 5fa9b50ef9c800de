package dev.wisent.engine.internal.transform;

import java.util.Arrays;

/// The hashes of short values seen lately: columns of few different values (states, countries) are hashed by looking them up.
/// Rests when values hardly ever come again. One thread.
final class HashMemo {
    /// Small enough for the second cache of a core.
    private static final int ENTRIES = 1024;

    private static final int LONGEST = 32;
    /// After so many values it is asked whether looking is worth it; if not, it rests for so many such windows.
    private static final int WINDOW = 1024;

    private static final int REST = 31;
    /// One in so many found pays for looking for the others.
    private static final int WORTH_IT = 4;

    private static final int NONE = -1;
    /// 2^32 divided by the golden ratio: spreads the last bytes over the highest bits.
    private static final int MIX = 0x9E3779B1;

    private final byte[] values = new byte[ENTRIES * LONGEST];
    private final byte[] hashes = new byte[ENTRIES * Hash.LENGTH];
    /// Of the value in each entry, plus one; 0: nothing there.
    private final byte[] lengths = new byte[ENTRIES];

    private int seen;
    private int found;
    private int resting;
    /// Where the value asked for last belongs.
    private int entry = NONE;

    /// Copies the hash of a value to `out` if it is known; otherwise [#keep] is to follow.
    boolean recall(byte[] data, int from, int length, byte[] out, int at) {
        entry = NONE;
        if (resting > 0) {
            resting--;
            return false;
        }
        if (length > LONGEST) {
            return false;
        }
        if (++seen == WINDOW) {
            resting = found < WINDOW / WORTH_IT ? WINDOW * REST : 0;
            seen = 0;
            found = 0;
        }
        entry = entryOf(data, from, length);
        int value = entry * LONGEST;
        if (lengths[entry] != length + 1 || !Arrays.equals(values, value, value + length, data, from, from + length)) {
            return false;
        }
        found++;
        System.arraycopy(hashes, entry * Hash.LENGTH, out, at, Hash.LENGTH);
        return true;
    }

    void keep(byte[] data, int from, int length, byte[] hash, int at) {
        if (entry != NONE) {
            System.arraycopy(data, from, values, entry * LONGEST, length);
            System.arraycopy(hash, at, hashes, entry * Hash.LENGTH, Hash.LENGTH);
            lengths[entry] = (byte) (length + 1);
        }
    }

    private static int entryOf(byte[] data, int from, int length) {
        int mixed = length;
        for (int i = from; i < from + length; i++) {
            mixed = (mixed + data[i]) * MIX;
        }
        return mixed >>> Integer.SIZE - Integer.numberOfTrailingZeros(ENTRIES);
    }
}
