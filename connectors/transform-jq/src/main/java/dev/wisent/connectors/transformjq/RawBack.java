package dev.wisent.connectors.transformjq;

import dev.wisent.api.source.RawRecords;
import dev.wisent.api.transform.Applied;
import dev.wisent.api.transform.Applied.Refused;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.connectors.transformjq.JqStep.Made;
import java.util.List;

/// Objects as schemaless records. The time of a record passes.
final class RawBack implements RecordsBack {
    private final RecordBatch out = RecordBatch.of(RawRecords.SCHEMA);

    @Override
    public boolean schemaless() {
        return true;
    }

    @Override
    public Applied rows(RecordBatch batch, List<Made> made, List<Refused> refused) {
        out.clear();
        BytesColumn data = (BytesColumn) out.column(RawRecords.DATA);
        int[] origins = new int[made.size()];
        for (int i = 0; i < origins.length; i++) {
            origins[i] = made.get(i).row();
            data.append(made.get(i).json());
            out.column(RawRecords.TIMESTAMP).appendFrom(batch.column(RawRecords.TIMESTAMP), origins[i]);
        }
        return new Applied(
                RecordBatch.over(RawRecords.SCHEMA, out.columns(), origins.length),
                new Applied.Origins.Rows(origins),
                refused);
    }
}
