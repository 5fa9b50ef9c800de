package dev.wisent.connectors.core.logger;

import dev.wisent.api.TargetId;
import dev.wisent.api.destination.BatchDestination;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.RawRecords;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.NdjsonEncoder;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalInt;

/// One line of JSON a row: its columns, or, for a schemaless record, the record itself without the envelope.
final class LoggerDestination implements BatchDestination {
    private static final String RECORD =
            RawRecords.SCHEMA.field(RawRecords.DATA).name();

    private final OutputStream console;
    private final OutputBuffer lines = new OutputBuffer();
    private Schema schema = Schema.of();
    private NdjsonEncoder encoder = new NdjsonEncoder(schema);

    LoggerDestination(OutputStream console) {
        this.console = console;
    }

    @Override
    public void check() {}

    @Override
    public void write(TargetId target, RecordBatch batch) {
        lines.clear();
        Optional<BytesColumn> records = records(batch);
        if (records.isPresent()) {
            show(records.get());
        } else {
            encode(batch);
        }
        try {
            console.write(lines.array(), 0, lines.length());
            console.flush();
        } catch (IOException e) {
            throw WisentException.of(ErrorCode.WRITE_FAILED, "rows can't be shown: " + e.getMessage())
                    .causedBy(e);
        }
    }

    private static Optional<BytesColumn> records(RecordBatch batch) {
        OptionalInt index = batch.schema().indexOf(RECORD);
        boolean enveloped = index.isPresent()
                && batch.schema().field(index.getAsInt()).type().equals(DataType.JSON);
        return enveloped ? Optional.of((BytesColumn) batch.column(index.getAsInt())) : Optional.empty();
    }

    private void show(BytesColumn records) {
        for (int row = 0; row < records.size(); row++) {
            int start = lines.length();
            lines.put(records.data(), records.start(row), records.length(row));
            byte[] bytes = lines.array();
            for (int i = start; i < lines.length(); i++) {
                if (bytes[i] == '\n' || bytes[i] == '\r') {
                    bytes[i] = ' ';
                }
            }
            lines.put('\n');
        }
    }

    private void encode(RecordBatch batch) {
        if (!batch.schema().equals(schema)) {
            schema = batch.schema();
            encoder = new NdjsonEncoder(schema);
        }
        encoder.encode(batch, 0, batch.rows(), lines);
    }

    @Override
    public void publish() {}

    @Override
    public String location() {
        return "console";
    }

    @Override
    public void close() {}
}
