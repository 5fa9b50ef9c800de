package dev.wisent.engine.internal.queue;

import com.github.luben.zstd.Zstd;
import dev.wisent.columnar.BatchBytes;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.util.Optional;

/// Batches with the targets they are for, as the payload of an entry: compressed, after their length. A schema is written where
/// it differs from the one before. [RowBlockReader] reads it. One thread.
final class RowBlock {
    static final int SCHEMA = 1;
    /// Rows as messages up to version 2 held them: read, never written.
    static final int PLAIN_ROWS = 2;

    static final int ROWS = 3;
    /// Fast; the higher levels cost more time than the network saves.
    private static final int LEVEL = 1;
    /// What a giant batch has made larger is given back (R10).
    static final int LARGEST_KEPT = 8 << 20;

    private OutputBuffer raw = new OutputBuffer();
    private OutputBuffer packed = new OutputBuffer();
    private Optional<Schema> schema = Optional.empty();
    private long rows;

    void add(String target, RecordBatch batch) {
        if (!schema.equals(Optional.of(batch.schema()))) {
            schema = Optional.of(batch.schema());
            raw.put(SCHEMA);
            BatchBytes.writeSchema(batch.schema(), raw);
        }
        raw.put(ROWS);
        BatchBytes.writeText(raw, target);
        BatchBytes.write(batch, raw);
        rows += batch.rows();
    }

    int length() {
        return raw.length();
    }

    long rows() {
        return rows;
    }

    /// Empties it and returns what was in it, valid until the next call.
    OutputBuffer take() {
        packed = emptied(packed);
        BatchBytes.writeNumber(packed, raw.length());
        int most = Math.toIntExact(Zstd.compressBound(raw.length()));
        byte[] target = packed.ensure(most);
        long length = Zstd.compressByteArray(target, packed.length(), most, raw.array(), 0, raw.length(), LEVEL);
        if (Zstd.isError(length)) {
            throw new IllegalStateException("zstd: " + Zstd.getErrorName(length));
        }
        packed.commit(packed.length() + (int) length);
        clear();
        return packed;
    }

    void clear() {
        raw = emptied(raw);
        schema = Optional.empty();
        rows = 0;
    }

    private static OutputBuffer emptied(OutputBuffer buffer) {
        if (buffer.array().length > LARGEST_KEPT) {
            return new OutputBuffer();
        }
        buffer.clear();
        return buffer;
    }
}
