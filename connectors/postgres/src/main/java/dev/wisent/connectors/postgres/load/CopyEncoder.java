package dev.wisent.connectors.postgres.load;

import dev.wisent.columnar.Column;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import java.util.List;

/// Rows in the binary format of COPY (PostgreSQL documentation, COPY, "Binary Format"), straight from their columns. One
/// thread.
final class CopyEncoder {
    /// The length of a field without value.
    static final int NULL = -1;

    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final int TRAILER = -1;

    private final CopyField[] fields;
    private final int nulls;

    /// @param fields one for each column of the batches
    CopyEncoder(List<CopyField> fields) {
        this(fields, 0);
    }

    /// @param nulls how many columns without a value follow
    CopyEncoder(List<CopyField> fields, int nulls) {
        this.fields = fields.toArray(CopyField[]::new);
        this.nulls = nulls;
    }

    static void begin(OutputBuffer out) {
        out.put(HEADER);
    }

    static void end(OutputBuffer out) {
        BigEndian.putShort(out, TRAILER);
    }

    /// Appends rows from `from` on until the batch ends or `out` holds `full` bytes or more; says where it stopped.
    int rows(RecordBatch batch, int from, int full, OutputBuffer out) {
        Column[] columns = batch.columns().toArray(Column[]::new);
        int row = from;
        while (row < batch.rows() && out.length() < full) {
            BigEndian.putShort(out, fields.length + nulls);
            for (int i = 0; i < fields.length; i++) {
                Column column = columns[i];
                if (column.isNull(row)) {
                    BigEndian.putInt(out, NULL);
                } else {
                    fields[i].write(column, row, out);
                }
            }
            for (int i = 0; i < nulls; i++) {
                BigEndian.putInt(out, NULL);
            }
            row++;
        }
        return row;
    }
}
