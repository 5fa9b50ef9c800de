package dev.wisent.columnar.parquet;

import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.internal.parquet.FileEncoder;
import java.util.Optional;
import java.util.concurrent.Executor;

/// Writes rows of one schema as Parquet files, one after the other: [#encode] as often as there are rows, [#finish], and
/// from the start again. One thread; no I/O.
///
/// Rows are kept as encoded, compressed pages until their row group is full; then its bytes go to the sink. The sink must
/// get all bytes of a file in order. After an exception only [#drop] and [#close] may be called.
///
/// Refused as an [IllegalArgumentException] that names the column: a schema or struct without fields, nesting deeper
/// than 60 names, a bloom filter for a bool or for a column that does not exist; while encoding, no value in a column
/// that is not nullable.
public final class ParquetEncoder implements AutoCloseable {
    private final FileEncoder file;

    public ParquetEncoder(Schema schema, ParquetOptions options) {
        this.file = new FileEncoder(schema, options);
    }

    /// Takes rows `[fromRow, toRow)` of a batch of this encoder's schema; hands out the row groups they complete. Null and
    /// absent are both null.
    public void encode(RecordBatch batch, int fromRow, int toRow, ByteSink out) {
        file.encode(batch, fromRow, toRow, out, Optional.empty());
    }

    /// The same of a copy of the rows, while the caller goes on: `other`, a thread that would else be idle, begins, and the
    /// next call of any method helps it to end, on the caller's thread, which alone calls the sink. What is written is the
    /// same. What is thrown for these rows may be thrown by that call.
    public void encode(RecordBatch batch, int fromRow, int toRow, ByteSink out, Executor other) {
        file.encode(batch, fromRow, toRow, out, Optional.of(other));
    }

    /// Hands out the rest of the file. A file without rows is a file, too.
    public ParquetFile finish(ByteSink out) {
        return file.finish(out);
    }

    /// Forgets the rows of the file under construction; what was handed out of it is worthless.
    public void drop() {
        file.drop();
    }

    /// Bytes of the file under construction that are held in memory. Beside them there are buffers of a few pages' size,
    /// which stay.
    public long heldBytes() {
        return file.heldBytes();
    }

    /// Frees what compression holds outside the heap.
    @Override
    public void close() {
        file.close();
    }
}
