package dev.wisent.columnar.internal.parquet;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.OutputBuffer;
import java.util.Arrays;
import java.util.Optional;

/// BYTE_ARRAY, each with its length in front, and FIXED_LEN_BYTE_ARRAY; decimals are filled up to their length.
final class BytesValues extends Values {
    /// Up to this length a value is copied as two words, whatever its length is.
    private static final int TWO_WORDS = 2 * Long.BYTES;
    /// What a giant value has made larger is given back (R10).
    private static final int LARGEST_KEPT = 8 << 20;
    private static final int FIRST_CAPACITY = 64;

    private final LeafType type;
    private final boolean prefixed;
    private final boolean hashed;
    private final Optional<BloomHashes> bloom;
    private final BytesStats stats;
    private final DictionaryChoice choice = new DictionaryChoice();
    private final BytesDictionary dictionary = new BytesDictionary();
    private OutputBuffer plain = new OutputBuffer(FIRST_CAPACITY);
    private int[] ids = {};
    /// Marks the values of the dictionary that the page's bounds have seen.
    private int page = 1;
    private int count;
    /// Bytes the page's values need without a dictionary.
    private long plainBytes;
    private final byte[] filled;

    BytesValues(LeafType type, Optional<BloomHashes> bloom) {
        this.type = type;
        this.bloom = bloom;
        this.hashed = bloom.isPresent();
        this.prefixed = type.physical() == Physical.BYTE_ARRAY;
        this.stats = newStats();
        this.filled = new byte[type.length()];
    }

    @Override
    void append(Column column, int first, int rows) {
        BytesColumn values = (BytesColumn) column;
        if (rows > 0) {
            begin(values, first, first + rows - 1, rows);
        }
        for (int row = first; row < first + rows; row++) {
            append(values, row);
        }
    }

    @Override
    void append(Column column, int[] rows, int present) {
        BytesColumn values = (BytesColumn) column;
        if (present > 0) {
            begin(values, rows[0], rows[present - 1], present);
        }
        for (int i = 0; i < present; i++) {
            append(values, rows[i]);
        }
    }

    /// Makes room for what the rows from `first` to `last` can need.
    private void begin(BytesColumn values, int first, int last, int rows) {
        if (choice.isLookingUp()) {
            if (count + rows > ids.length) {
                ids = Arrays.copyOf(ids, Math.max(count + rows, ids.length * 2));
            }
            return;
        }
        int data = values.start(last) + values.length(last) - values.start(first);
        int fixed = Math.multiplyExact(rows, Math.max(Integer.BYTES, type.length()));
        byte[] roomy = plain.ensure(Math.addExact(Math.addExact(fixed, data), TWO_WORDS));
        assert roomy.length > 0;
    }

    private void append(BytesColumn values, int row) {
        int length = values.length(row);
        if (prefixed || length == filled.length) {
            append(values.data(), values.start(row), length);
        } else {
            fill(values.data(), values.start(row), length);
            append(filled, 0, filled.length);
        }
    }

    /// Puts a shorter number into [#filled], its sign in front (Parquet format, DECIMAL).
    private void fill(byte[] data, int at, int length) {
        if (length > filled.length || length == 0 || !(type.dataType() instanceof DataType.Decimal)) {
            throw new IllegalArgumentException(
                    "a value of type " + type.dataType().text() + " has " + length + " bytes");
        }
        Arrays.fill(filled, 0, filled.length - length, (byte) (data[at] >> Byte.SIZE - 1));
        System.arraycopy(data, at, filled, filled.length - length, length);
    }

    private void append(byte[] data, int at, int length) {
        if (choice.isLookingUp()) {
            look(data, at, length);
        } else {
            stats.add(data, at, length);
            if (hashed) {
                bloom.orElseThrow().add(data, at, length);
            }
            copy(data, at, length);
            count++;
        }
    }

    private void look(byte[] data, int at, int length) {
        int id = dictionary.id(data, at, length);
        if (dictionary.mark(id, page)) {
            stats.add(data, at, length);
        }
        ids[count++] = id;
        plainBytes += length;
    }

    /// Appends a value; there is room for it and [#TWO_WORDS] more.
    private void copy(byte[] data, int at, int length) {
        byte[] to = plain.array();
        int start = plain.length();
        if (prefixed) {
            LittleEndian.putInt(to, start, length);
            start += Integer.BYTES;
        }
        if (length <= TWO_WORDS && at + TWO_WORDS <= data.length) {
            LittleEndian.putLong(to, start, LittleEndian.longAt(data, at));
            LittleEndian.putLong(to, start + Long.BYTES, LittleEndian.longAt(data, at + Long.BYTES));
        } else {
            System.arraycopy(data, at, to, start, length);
        }
        plain.commit(start + length);
    }

    @Override
    int count() {
        return count;
    }

    @Override
    int pageBytes() {
        return choice.isLookingUp() ? dictionary.dataLength() + count * Integer.BYTES : plain.length();
    }

    @Override
    boolean mustEndPage() {
        return choice.mustEndPage(count, dictionary.size(), dictionaryBytes());
    }

    private int prefixBytes(int values) {
        return prefixed ? values * Integer.BYTES : 0;
    }

    private long dictionaryBytes() {
        return dictionary.dataLength() + (long) prefixBytes(dictionary.size());
    }

    @Override
    int endPage(OutputBuffer out) {
        boolean lookedUp = choice.isLookingUp();
        boolean through = lookedUp
                && choice.endPage(count, dictionary.size(), dictionaryBytes(), plainBytes + prefixBytes(count));
        if (through) {
            int idWidth = DictionaryChoice.idWidth(dictionary.size());
            out.put(idWidth);
            Hybrid.encode(ids, count, idWidth, out);
        } else {
            if (lookedUp) {
                spellOut();
            }
            out.put(plain.array(), 0, plain.length());
            forgetPlain();
        }
        count = 0;
        plainBytes = 0;
        page++;
        return through ? RLE_DICTIONARY : PLAIN;
    }

    /// The page was looked up, but is written without the dictionary.
    private void spellOut() {
        for (int i = 0; i < count; i++) {
            int start = dictionary.start(ids[i]);
            int length = dictionary.length(ids[i]);
            byte[] roomy = plain.ensure(length + Integer.BYTES + TWO_WORDS);
            assert roomy.length > 0;
            copy(dictionary.data(), start, length);
            if (hashed) {
                bloom.orElseThrow().add(dictionary.data(), start, length);
            }
        }
    }

    private void forgetPlain() {
        if (plain.array().length > LARGEST_KEPT) {
            plain = new OutputBuffer(FIRST_CAPACITY);
        }
        plain.clear();
    }

    @Override
    Stats stats() {
        return stats;
    }

    @Override
    BytesStats newStats() {
        return new BytesStats(
                switch (type.dataType()) {
                    case DataType.Text t -> BytesStats.Order.TEXT;
                    case DataType.Json t -> BytesStats.Order.TEXT;
                    case DataType.Decimal t -> BytesStats.Order.SIGNED;
                    default -> BytesStats.Order.UNSIGNED;
                });
    }

    @Override
    int dictionarySize() {
        return choice.isUsed() ? dictionary.size() : 0;
    }

    @Override
    void dictionary(OutputBuffer out) {
        for (int id = 0; id < dictionary.size(); id++) {
            int start = dictionary.start(id);
            int length = dictionary.length(id);
            if (hashed) {
                bloom.orElseThrow().add(dictionary.data(), start, length);
            }
            if (prefixed) {
                LittleEndian.putInt(out.ensure(Integer.BYTES), out.length(), length);
                out.commit(out.length() + Integer.BYTES);
            }
            out.put(dictionary.data(), start, length);
        }
    }

    @Override
    void beginFile() {
        choice.beginFile();
    }

    @Override
    void beginChunk() {
        choice.beginChunk();
        dictionary.clear(LARGEST_KEPT);
        forgetPlain();
        count = 0;
        plainBytes = 0;
        page++;
    }

    @Override
    long heldBytes() {
        return dictionary.heldBytes()
                + plain.length()
                + count * (long) Integer.BYTES
                + bloom.map(BloomHashes::heldBytes).orElse(0L);
    }
}
