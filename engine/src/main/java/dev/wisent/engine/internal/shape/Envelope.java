package dev.wisent.engine.internal.shape;

import dev.wisent.api.TargetId;
import dev.wisent.api.source.RawRecords;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.engine.internal.run.RowShaper;
import java.time.Instant;
import java.util.List;

/// Wraps schemaless records: `<p>_id`, `<p>_extracted_at`, `<p>_loaded_at`, `source_data`, `source_timestamp`,
/// `destination_id`. The data columns are
/// shared with the incoming batch. `<p>_loaded_at` is when the row was written, not when it was committed.
final class Envelope implements RowShaper {
    private final Shapers shapers;
    private final Schema schema;
    private final BytesColumn ids = (BytesColumn) Column.of(DataType.STRING);
    private final LongColumn extracted = (LongColumn) Column.of(DataType.TIMESTAMP);
    private final LongColumn loaded = (LongColumn) Column.of(DataType.TIMESTAMP);
    private final BytesColumn targets = (BytesColumn) Column.of(DataType.STRING);

    Envelope(Shapers shapers) {
        this.shapers = shapers;
        String p = shapers.envelopePrefix();
        this.schema = Schema.of(
                Field.required(p + "_id", DataType.STRING),
                Field.required(p + "_extracted_at", DataType.TIMESTAMP),
                Field.required(p + "_loaded_at", DataType.TIMESTAMP),
                Field.required("source_data", DataType.JSON),
                Field.nullable("source_timestamp", DataType.TIMESTAMP),
                Field.required("destination_id", DataType.STRING));
    }

    @Override
    public void shape(Origin origin, RecordBatch batch, Out out) {
        TargetId target = shapers.route(batch);
        Instant now = Instant.now();
        long nowMicros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
        List.of(ids, extracted, loaded, targets).forEach(Column::clear);
        RowId id = new RowId(shapers.stream(), origin.split());
        for (int row = 0; row < batch.rows(); row++) {
            ids.append(id.of(batch.numbering(), row));
            extracted.append(origin.fetchedAtMicros());
            loaded.append(nowMicros);
            targets.append(target.name());
        }
        List<Column> columns = List.of(
                ids, extracted, loaded, batch.column(RawRecords.DATA), batch.column(RawRecords.TIMESTAMP), targets);
        RecordBatch wrapped = RecordBatch.over(schema, columns, batch.rows()).number(batch.numbering());
        out.write(target, Operations.same(batch, wrapped));
    }
}
