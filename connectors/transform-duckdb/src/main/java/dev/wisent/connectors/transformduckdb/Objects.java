package dev.wisent.connectors.transformduckdb;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.source.RawRecords;
import dev.wisent.api.transform.Applied;
import dev.wisent.api.transform.Applied.Origins;
import dev.wisent.api.transform.Applied.Refused;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.NdjsonEncoder;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/// Results as schemaless records: each row is an object of its columns, or, when the statement selects `source_data` (and
/// nothing but `source_timestamp` beside), that.
final class Objects {
    private static final Field DATA = RawRecords.SCHEMA.field(RawRecords.DATA);
    private static final Field TIMESTAMP = RawRecords.SCHEMA.field(RawRecords.TIMESTAMP);

    private final RecordBatch out = RecordBatch.of(RawRecords.SCHEMA);
    private final OutputBuffer text = new OutputBuffer();
    private final NdjsonEncoder encoder;
    private final int data;
    private final int time;

    Objects(Schema results) {
        this.encoder = new NdjsonEncoder(results);
        this.time = index(results, TIMESTAMP);
        this.data = results.size() == (time < 0 ? 1 : 2) ? index(results, DATA) : -1;
    }

    private static int index(Schema results, Field of) {
        int index = results.indexOf(of.name()).orElse(-1);
        return index >= 0 && results.field(index).type().equals(of.type()) ? index : -1;
    }

    /// The time of a record passes, unless the statement gives another.
    Applied of(RecordBatch batch, Applied applied) {
        out.clear();
        BitSet unfit = new BitSet();
        RecordBatch rows = applied.rows();
        for (int row = 0; row < rows.rows() && data >= 0; row++) {
            if (!isObject((BytesColumn) rows.column(data), row)) {
                unfit.set(origin(applied, row));
            }
        }
        int[] origins = new int[rows.rows()];
        int count = 0;
        for (int row = 0; row < rows.rows(); row++) {
            int origin = origin(applied, row);
            if (!unfit.get(origin)) {
                record(rows, row);
                if (data >= 0 && time >= 0) {
                    out.column(RawRecords.TIMESTAMP).appendFrom(rows.column(time), row);
                } else {
                    out.column(RawRecords.TIMESTAMP).appendFrom(batch.column(RawRecords.TIMESTAMP), origin);
                }
                origins[count++] = origin;
            }
        }
        List<Refused> refused = new ArrayList<>(applied.refused());
        unfit.stream()
                .forEach(row -> refused.add(new Refused(
                        row,
                        ErrorCode.TRANSFORM_FAILED,
                        "source_data must be a JSON object, and the SQL gives something else")));
        refused.sort(Comparator.comparingInt(Refused::row));
        return new Applied(
                RecordBatch.over(RawRecords.SCHEMA, out.columns(), count), new Origins.Rows(origins), refused);
    }

    private void record(RecordBatch rows, int row) {
        BytesColumn to = (BytesColumn) out.column(RawRecords.DATA);
        if (data >= 0) {
            to.appendFrom(rows.column(data), row);
            return;
        }
        text.clear();
        encoder.encode(rows, row, row + 1, text);
        to.append(text.array(), 0, text.length() - 1);
    }

    private static boolean isObject(BytesColumn json, int row) {
        return !json.isNull(row) && json.string(row).strip().startsWith("{");
    }

    private static int origin(Applied applied, int row) {
        return switch (applied.origins()) {
            case Origins.Same same -> row;
            case Origins.Rows(int[] of) -> of[row];
        };
    }
}
