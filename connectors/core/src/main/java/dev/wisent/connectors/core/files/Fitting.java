package dev.wisent.connectors.core.files;

import dev.wisent.api.Reject;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.BatchSink;
import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.ByteDecoder;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.Contract;
import dev.wisent.columnar.ContractViolation;
import dev.wisent.columnar.DecoderOptions;
import dev.wisent.columnar.Decoders;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.NdjsonEncoder;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.Place;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RecordSink;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Makes the rows of one file fit the stream's schema, under its contract. Columns of the stream's types, and of narrower
/// ones, are taken as they are. Rows with anything else are written as JSON and read as that: so each value that does not
/// fit meets the same rules, and becomes the same reject, as in a file of JSON.
final class Fitting {
    private final FilesOptions options;
    private final StreamSchema stream;
    private final String where;
    private Schema file = Schema.of();
    private Schema bound = Schema.of();
    private Optional<Direct> direct = Optional.empty();

    /// Takes fitted rows.
    interface Out {
        /// @param recordsDone the ordinal of the next record
        void rows(RecordBatch batch, long recordsDone);
    }

    Fitting(FilesOptions options, StreamSchema stream, String where) {
        this.options = options;
        this.stream = stream;
        this.where = where;
    }

    /// Hands `batch` on. Its rows have dense ordinals.
    void fit(RecordBatch batch, Out rows, BatchSink others) {
        if (!batch.schema().equals(file) || !stream.current().equals(bound)) {
            bind(batch.schema());
        }
        Optional<RecordBatch> same = direct.flatMap(taken -> taken.take(batch));
        long first = batch.numbering().ordinal(0);
        if (same.isPresent()) {
            rows.rows(same.get(), first + batch.rows());
            long dropped = direct.get().dropped(batch);
            if (dropped > 0) {
                others.discarded(dropped);
            }
        } else {
            asJson(batch, first, rows, others);
        }
    }

    private void bind(Schema schema) {
        file = schema;
        for (Field field : schema.fields()) {
            Contract contract = options.contract();
            boolean known = stream.current().indexOf(field.name()).isPresent();
            if ((known ? contract.types() : contract.columns()) == Contract.Mode.EVOLVE) {
                // What can't be grown is told record by record.
                stream.evolve(Field.nullable(field.name(), field.type()));
            }
        }
        bound = stream.current();
        direct = Direct.of(schema, bound, options.contract());
    }

    private void asJson(RecordBatch batch, long first, Out rows, BatchSink others) {
        RecordBatch wide = Widening.towards(batch, bound);
        DecoderOptions decoding = DecoderOptions.of(stream, options.contract())
                .withMaxRecordBytes(options.maxRecordBytes())
                .startingAt(new Place(first, 1, 0));
        ByteDecoder decoder = Decoders.ndjson(decoding);
        NdjsonEncoder encoder = new NdjsonEncoder(wide.schema());
        OutputBuffer line = new OutputBuffer();
        JsonRows sink = new JsonRows(rows, others);
        try {
            for (int row = 0; row < wide.rows(); row++) {
                line.clear();
                encoder.encode(wide, row, row + 1, line);
                decoder.feed(line.array(), 0, line.length(), sink);
            }
            decoder.end(sink);
        } catch (ContractViolation e) {
            throw WisentException.of(ErrorCode.CONTRACT, String.valueOf(e.getMessage()))
                    .where(where + ", record " + e.place().ordinal())
                    .hint("contract: {types: discard_row} lets such rows go to the rejects")
                    .causedBy(e);
        }
        if (decoder.discardedValues() > 0) {
            others.discarded(decoder.discardedValues());
        }
    }

    private final class JsonRows implements RecordSink {
        private final Out out;
        private final BatchSink others;

        JsonRows(Out out, BatchSink others) {
            this.out = out;
            this.others = others;
        }

        @Override
        public void rows(RecordBatch batch, long recordsDone, long byteOffset) {
            out.rows(batch.place(Optional.empty()), recordsDone); // lines of the JSON made here are nobody's
        }

        /// Its place is its number: there are no lines, and its bytes lie apart by columns.
        @Override
        public void bad(BadRecord bad) {
            others.reject(new Reject(
                    1,
                    FileDecoder.stage(bad.reason()),
                    where,
                    bad.ordinal(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    bad.raw(),
                    bad.rawBytes(),
                    FileDecoder.code(bad.reason()).id(),
                    bad.message()));
        }
    }

    /// Columns that only change their place, and those that grow without a look at their values.
    ///
    /// @param sources for each column of the stream, where it stands in the file
    /// @param dropped columns of the file that nobody asked for
    private record Direct(Schema to, List<OptionalInt> sources, List<Integer> dropped) {
        static Optional<Direct> of(Schema from, Schema to, Contract contract) {
            List<OptionalInt> sources = new ArrayList<>();
            for (Field field : to.fields()) {
                OptionalInt source = from.indexOf(field.name());
                boolean fits = source.isPresent()
                        ? Widening.fits(from.field(source.getAsInt()).type(), field.type())
                        : field.isNullable();
                if (!fits) {
                    return Optional.empty();
                }
                sources.add(source);
            }
            List<Integer> dropped = new ArrayList<>();
            for (int i = 0; i < from.size(); i++) {
                if (to.indexOf(from.field(i).name()).isEmpty()) {
                    dropped.add(i);
                }
            }
            return dropped.isEmpty() || contract.columns() == Contract.Mode.DISCARD_VALUE
                    ? Optional.of(new Direct(to, sources, dropped))
                    : Optional.empty();
        }

        /// Empty: a required column lacks a value.
        Optional<RecordBatch> take(RecordBatch batch) {
            List<Column> columns = new ArrayList<>();
            for (int i = 0; i < to.size(); i++) {
                Field field = to.field(i);
                OptionalInt source = sources.get(i);
                if (source.isEmpty()) {
                    columns.add(absent(field, batch.rows()));
                    continue;
                }
                Column column = batch.column(source.getAsInt());
                if (!field.isNullable() && !column.isComplete()) {
                    return Optional.empty();
                }
                columns.add(Widening.widened(column, field.type()));
            }
            return Optional.of(RecordBatch.over(to, columns, batch.rows()).number(batch.numbering()));
        }

        private static Column absent(Field field, int rows) {
            Column column = Column.of(field.type());
            for (int row = 0; row < rows; row++) {
                column.appendAbsent();
            }
            return column;
        }

        /// Values that are left out.
        long dropped(RecordBatch batch) {
            return (long) dropped.size() * batch.rows();
        }
    }
}
