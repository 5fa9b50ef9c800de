package dev.wisent.connectors.core.file;

import dev.wisent.api.destination.Shipping;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.CsvEncoder;
import dev.wisent.columnar.NdjsonEncoder;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.parquet.ByteSink;
import dev.wisent.columnar.parquet.ParquetEncoder;

/// Encodes rows of one schema, part after part: a header, rows, an end.
sealed interface Rows {
    /// Lines encoded before the buffer's size is looked at.
    int STEP_LINES = 64;

    /// What a part begins with; nothing but for CSV.
    default void header(OutputBuffer out) {}

    /// Rows to encode before sizes are looked at.
    default int step() {
        return STEP_LINES;
    }

    void encode(RecordBatch batch, int fromRow, int toRow, OutputBuffer out);

    /// Ends the part; what belongs to its end goes to the sink.
    default void end() {}

    /// Bytes of the part that are held here.
    default long heldBytes() {
        return 0;
    }

    /// Forgets the part.
    default void drop() {}

    default void close() {}

    record Ndjson(NdjsonEncoder encoder) implements Rows {
        @Override
        public void encode(RecordBatch batch, int fromRow, int toRow, OutputBuffer out) {
            encoder.encode(batch, fromRow, toRow, out);
        }
    }

    record Csv(CsvEncoder encoder) implements Rows {
        @Override
        public void header(OutputBuffer out) {
            encoder.header(out);
        }

        @Override
        public void encode(RecordBatch batch, int fromRow, int toRow, OutputBuffer out) {
            encoder.encode(batch, fromRow, toRow, out);
        }
    }

    /// Row groups go to the sink when they are full.
    record Parquet(ParquetEncoder encoder, ByteSink sink, Shipping shipping) implements Rows {
        @Override
        public int step() {
            return RecordBatch.MAX_ROWS;
        }

        @Override
        public void encode(RecordBatch batch, int fromRow, int toRow, OutputBuffer out) {
            shipping.idleCore()
                    .ifPresentOrElse(
                            core -> encoder.encode(batch, fromRow, toRow, sink, core),
                            () -> encoder.encode(batch, fromRow, toRow, sink));
        }

        @Override
        public void end() {
            var unused = encoder.finish(sink);
        }

        @Override
        public long heldBytes() {
            return encoder.heldBytes();
        }

        @Override
        public void drop() {
            encoder.drop();
        }

        @Override
        public void close() {
            encoder.close();
        }
    }

    static Rows of(FileOptions options, Schema schema, ByteSink sink, Shipping shipping) {
        return switch (options.format()) {
            case NDJSON -> new Ndjson(new NdjsonEncoder(schema));
            case CSV -> new Csv(new CsvEncoder(schema, options.csv()));
            case PARQUET -> parquet(options, schema, sink, shipping);
        };
    }

    private static Rows parquet(FileOptions options, Schema schema, ByteSink sink, Shipping shipping) {
        try {
            return new Parquet(new ParquetEncoder(schema, options.parquet()), sink, shipping);
        } catch (IllegalArgumentException refused) {
            throw WisentException.of(
                            ErrorCode.SCHEMA_REFUSED,
                            "these columns can't be written as Parquet: " + refused.getMessage())
                    .where(options.layout().where())
                    .hint("declare the column as json, or write NDJSON; 'bloom_filters' names columns by their path in"
                            + " the file, with dots");
        }
    }
}
