package dev.wisent.connectors.formats.parquet;

import dev.wisent.api.Position;
import dev.wisent.api.Stand;
import dev.wisent.api.error.SplitFailure;
import dev.wisent.api.format.Projection;
import dev.wisent.api.source.BatchSink;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Payload;
import dev.wisent.columnar.Numbering;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.connectors.formats.Damage;
import dev.wisent.connectors.typed.Unfit;
import java.util.Optional;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;

/// Reads row groups into batches.
final class RowGroupDecoder implements Decoder {
    private static final int ROWS_PER_CHECK = 64;

    private final String where;
    private final long after;
    private final Projection wanted;
    private Optional<Reading> reading = Optional.empty();
    private long rowsDone;

    /// A file whose footer has come.
    private record Reading(Columns columns, MessageColumnIO io, RecordBatch batch, RowBuilder builder) {}

    RowGroupDecoder(String where, long after, Projection wanted) {
        this.where = where;
        this.after = after;
        this.wanted = wanted;
        this.rowsDone = after;
    }

    @Override
    public void decode(Fetched.Chunk chunk, BatchSink out) {
        if (!(chunk.payload() instanceof Payload.Client(Object piece, long _))) {
            throw new IllegalArgumentException("a chunk of another source: " + chunk.payload());
        }
        switch (piece) {
            case Footer footer -> reading = Optional.of(begin(footer));
            case RowGroups.Group group -> rows(reading.orElseThrow(), group, out);
            default -> throw new IllegalArgumentException("no piece of a Parquet file: " + piece);
        }
    }

    private Reading begin(Footer footer) {
        try {
            Columns columns = Columns.of(footer.schema(), wanted);
            RecordBatch batch = RecordBatch.of(columns.schema());
            MessageColumnIO io =
                    new ColumnIOFactory(footer.createdBy()).getColumnIO(columns.message(), footer.schema());
            return new Reading(columns, io, batch, new RowBuilder(columns, batch));
        } catch (Unfit e) {
            throw Damage.type(where, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            throw Damage.parse(where, "the file's schema can't be read: " + e.getMessage(), e);
        }
    }

    private void rows(Reading file, RowGroups.Group group, BatchSink out) {
        RecordBatch batch = file.batch();
        batch.clear();
        RecordReader<Object> records = guarded(
                group.firstRow(),
                () -> file.io()
                        .getRecordReader(new GroupPages(group, file.columns().message()), file.builder()));
        long end = group.firstRow() + group.meta().getRowCount();
        for (long row = group.firstRow(); row < end; row++) {
            guarded(row, records::read);
            if (row < after) {
                batch.cancelRow();
                continue;
            }
            batch.endRow();
            if (batch.rows() % ROWS_PER_CHECK == 0 && batch.isFull()) {
                emit(batch, row + 1, out);
            }
        }
        emit(batch, end, out);
    }

    private void emit(RecordBatch batch, long done, BatchSink out) {
        if (batch.rows() > 0) {
            batch.number(new Numbering.Counting(done - batch.rows()));
            rowsDone = done;
            out.rows(batch, Stand.safe(Position.at(done)));
            batch.clear();
        }
    }

    private interface Step<T> {
        T run();
    }

    /// What parquet-java throws when the bytes are not what they should be has no common class.
    private <T> T guarded(long row, Step<T> step) {
        try {
            return step.run();
        } catch (SplitFailure e) {
            throw e;
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                switch (cause) {
                    case Unfit unfit -> throw Damage.type(where, "record " + row + ": " + unfit.getMessage());
                    case BadPage bad ->
                        throw bad.isPacked()
                                ? Damage.decompress(where, String.valueOf(bad.getMessage()), e)
                                : Damage.parse(where, String.valueOf(bad.getMessage()), e);
                    default -> {}
                }
            }
            throw Damage.parse(where, "record " + row + " can't be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void end(BatchSink out) {
        reading.ifPresent(file -> {
            file.batch().clear();
            out.rows(file.batch(), Stand.safe(Position.at(rowsDone)));
        });
    }

    @Override
    public void close() {}
}
