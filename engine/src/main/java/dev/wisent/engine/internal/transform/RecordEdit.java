package dev.wisent.engine.internal.transform;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.source.RawRecords;
import dev.wisent.api.transform.Applied;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Rewrites schemaless records key by key; what is not touched stays byte for byte. The time of a record passes.
final class RecordEdit implements ColumnPlan {
    private final Edit edit;
    private final JsonMembers members = new JsonMembers();
    private final ObjectText text = new ObjectText();
    private final RowCopy times = new RowCopy();
    private final BytesColumn data =
            (BytesColumn) Column.of(RawRecords.SCHEMA.field(RawRecords.DATA).type());

    /// What becomes of a record's members.
    interface Edit {
        /// Writes what is to stay into `out`, between its begin and end; says why when the record can't be processed.
        Optional<String> edit(JsonMembers members, ObjectText out);
    }

    RecordEdit(Edit edit) {
        this.edit = edit;
    }

    @Override
    public Optional<Schema> output() {
        return Optional.of(RawRecords.SCHEMA);
    }

    @Override
    public Applied apply(RecordBatch batch) {
        data.clear();
        List<Applied.Refused> refused = new ArrayList<>();
        int[] kept = new int[batch.rows()];
        BytesColumn records = (BytesColumn) batch.column(RawRecords.DATA);
        for (int row = 0; row < batch.rows(); row++) {
            Optional<String> wrong = edited(records, row);
            if (wrong.isEmpty()) {
                kept[data.size()] = row;
                data.append(text.array(), 0, text.length());
            } else {
                refused.add(new Applied.Refused(row, ErrorCode.TRANSFORM_FAILED, wrong.get()));
            }
        }
        if (refused.isEmpty()) {
            return Applied.same(RecordBatch.over(
                    RawRecords.SCHEMA, List.of(data, batch.column(RawRecords.TIMESTAMP)), data.size()));
        }
        Column stamps = times.rows(batch, kept, data.size()).column(RawRecords.TIMESTAMP);
        return new Applied(
                RecordBatch.over(RawRecords.SCHEMA, List.of(data, stamps), data.size()),
                new Applied.Origins.Rows(Arrays.copyOf(kept, data.size())),
                refused);
    }

    private Optional<String> edited(BytesColumn records, int row) {
        if (!members.read(records.data(), records.start(row), records.length(row))) {
            return Optional.of("the record is no JSON object");
        }
        text.begin();
        Optional<String> wrong = edit.edit(members, text);
        text.end();
        return wrong;
    }
}
