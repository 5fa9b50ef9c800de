package dev.wisent.engine.internal.transform;

import dev.wisent.api.source.RawRecords;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.NdjsonEncoder;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.util.Arrays;
import java.util.Optional;

/// The JSON of single rows, for rejects: what a schemaless record came as, or the columns as an object.
final class RowText {
    /// As much of a refused record as is kept.
    private static final int MAX_RAW = 64 << 10;

    private final OutputBuffer buffer = new OutputBuffer();
    private Optional<Encoder> encoder = Optional.empty();

    private record Encoder(Schema schema, NdjsonEncoder rows) {}

    /// @param length how many bytes the record has in full
    record Text(byte[] bytes, long length) {}

    Text of(RecordBatch batch, int row) {
        if (batch.schema().equals(RawRecords.SCHEMA)) {
            BytesColumn data = (BytesColumn) batch.column(RawRecords.DATA);
            return cut(data.data(), data.start(row), data.length(row));
        }
        if (encoder.isEmpty() || !encoder.get().schema().equals(batch.schema())) {
            encoder = Optional.of(new Encoder(batch.schema(), new NdjsonEncoder(batch.schema())));
        }
        buffer.clear();
        encoder.get().rows().encode(batch, row, row + 1, buffer);
        return cut(buffer.array(), 0, buffer.length() - 1);
    }

    private static Text cut(byte[] bytes, int from, int length) {
        return new Text(Arrays.copyOfRange(bytes, from, from + Math.min(length, MAX_RAW)), length);
    }
}
