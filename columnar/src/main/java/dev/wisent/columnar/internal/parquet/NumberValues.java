package dev.wisent.columnar.internal.parquet;

import dev.wisent.columnar.Column;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.OutputBuffer;
import java.util.Arrays;
import java.util.Optional;

/// INT32, INT64, FLOAT and DOUBLE: handled as the bits of a `long`, so that every not-a-number and both zeros stay what
/// they are.
final class NumberValues extends Values {
    private final LeafType type;
    private final int width;
    private final boolean fractions;
    private final Optional<BloomHashes> bloom;
    private final Stats stats;
    private final DictionaryChoice choice = new DictionaryChoice();
    private final LongDictionary dictionary = new LongDictionary();
    private final OutputBuffer plain = new OutputBuffer(64);
    private int[] ids = {};
    private int count;
    private long[] bits = {};
    private double[] doubles = {};

    NumberValues(LeafType type, Optional<BloomHashes> bloom) {
        this.type = type;
        this.bloom = bloom;
        this.width = type.physical().width();
        this.fractions = type.physical() == Physical.FLOAT || type.physical() == Physical.DOUBLE;
        this.stats = newStats();
    }

    @Override
    void append(Column column, int first, int rows) {
        if (column instanceof LongColumn longs) {
            take(longs.array(), first, rows);
        } else {
            take(((DoubleColumn) column).array(), first, rows);
        }
    }

    @Override
    void append(Column column, int[] rows, int present) {
        if (column instanceof LongColumn longs) {
            long[] from = longs.array();
            long[] to = bits(present);
            for (int i = 0; i < present; i++) {
                to[i] = from[rows[i]];
            }
            take(to, 0, present);
        } else {
            double[] from = ((DoubleColumn) column).array();
            doubles = doubles.length < present ? new double[present] : doubles;
            double[] to = doubles;
            for (int i = 0; i < present; i++) {
                to[i] = from[rows[i]];
            }
            take(to, 0, present);
        }
    }

    private void take(double[] values, int from, int rows) {
        ((FractionStats) stats).add(values, from, rows);
        long[] to = bits(rows);
        if (width == Float.BYTES) {
            for (int i = 0; i < rows; i++) {
                to[i] = Float.floatToRawIntBits((float) values[from + i]) & 0xFFFF_FFFFL;
            }
        } else {
            for (int i = 0; i < rows; i++) {
                to[i] = Double.doubleToRawLongBits(values[from + i]);
            }
        }
        encode(to, 0, rows);
    }

    private void take(long[] values, int from, int rows) {
        ((WholeStats) stats).add(values, from, rows);
        encode(values, from, rows);
    }

    private long[] bits(int rows) {
        bits = bits.length < rows ? new long[rows] : bits;
        return bits;
    }

    private void encode(long[] values, int from, int rows) {
        if (choice.isLookingUp()) {
            if (count + rows > ids.length) {
                ids = Arrays.copyOf(ids, Math.max(count + rows, ids.length * 2));
            }
            dictionary.ids(values, from, rows, ids, count);
        } else {
            bloom.ifPresent(hashes -> hashes.add(values, from, rows, width));
            plain(values, from, rows, plain);
        }
        count += rows;
    }

    private void plain(long[] values, int from, int rows, OutputBuffer out) {
        byte[] bytes = out.ensure(Math.multiplyExact(rows, width));
        int at = out.length();
        if (width == Integer.BYTES) {
            for (int i = 0; i < rows; i++) {
                LittleEndian.putInt(bytes, at + i * Integer.BYTES, (int) values[from + i]);
            }
        } else {
            for (int i = 0; i < rows; i++) {
                LittleEndian.putLong(bytes, at + i * Long.BYTES, values[from + i]);
            }
        }
        out.commit(at + rows * width);
    }

    @Override
    int count() {
        return count;
    }

    @Override
    int pageBytes() {
        return choice.isLookingUp() ? count * Integer.BYTES : plain.length();
    }

    @Override
    boolean mustEndPage() {
        return choice.mustEndPage(count, dictionary.size(), dictionaryBytes());
    }

    private long dictionaryBytes() {
        return (long) dictionary.size() * width;
    }

    @Override
    int endPage(OutputBuffer out) {
        refuseOverflow();
        boolean lookedUp = choice.isLookingUp();
        boolean through = lookedUp && choice.endPage(count, dictionary.size(), dictionaryBytes(), (long) count * width);
        if (through) {
            int idWidth = DictionaryChoice.idWidth(dictionary.size());
            out.put(idWidth);
            Hybrid.encode(ids, count, idWidth, out);
        } else {
            if (lookedUp) {
                long[] values = bits(count);
                for (int i = 0; i < count; i++) {
                    values[i] = dictionary.value(ids[i]);
                }
                bloom.ifPresent(hashes -> hashes.add(values, 0, count, width));
                plain(values, 0, count, plain);
            }
            out.put(plain.array(), 0, plain.length());
            plain.clear();
        }
        count = 0;
        return through ? RLE_DICTIONARY : PLAIN;
    }

    /// A value that does not fit would be cut silently (R8).
    private void refuseOverflow() {
        if (type.physical() == Physical.INT32 && !((WholeStats) stats).fitsInt()) {
            throw new IllegalArgumentException(
                    "a value of type " + type.dataType().text() + " has more than 32 bits");
        }
    }

    @Override
    Stats stats() {
        return stats;
    }

    @Override
    Stats newStats() {
        return fractions ? new FractionStats(width) : new WholeStats(width);
    }

    @Override
    int dictionarySize() {
        return choice.isUsed() ? dictionary.size() : 0;
    }

    @Override
    void dictionary(OutputBuffer out) {
        bloom.ifPresent(hashes -> hashes.add(dictionary.values(), 0, dictionary.size(), width));
        plain(dictionary.values(), 0, dictionary.size(), out);
    }

    @Override
    void beginFile() {
        choice.beginFile();
    }

    @Override
    void beginChunk() {
        choice.beginChunk();
        dictionary.clear();
        plain.clear();
        count = 0;
    }

    @Override
    long heldBytes() {
        return dictionary.heldBytes()
                + plain.length()
                + count * (long) Integer.BYTES
                + bloom.map(BloomHashes::heldBytes).orElse(0L);
    }
}
