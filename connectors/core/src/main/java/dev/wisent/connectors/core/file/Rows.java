package dev.wisent.connectors.core.file;

import dev.wisent.columnar.CsvEncoder;
import dev.wisent.columnar.CsvOptions;
import dev.wisent.columnar.NdjsonEncoder;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;

/// Encodes rows of one schema.
sealed interface Rows {
    /// What a part begins with; nothing for NDJSON.
    void header(OutputBuffer out);

    void encode(RecordBatch batch, int fromRow, int toRow, OutputBuffer out);

    record Ndjson(NdjsonEncoder encoder) implements Rows {
        @Override
        public void header(OutputBuffer out) {}

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

    static Rows of(Format format, CsvOptions csv, Schema schema) {
        return switch (format) {
            case NDJSON -> new Ndjson(new NdjsonEncoder(schema));
            case CSV -> new Csv(new CsvEncoder(schema, csv));
        };
    }
}
