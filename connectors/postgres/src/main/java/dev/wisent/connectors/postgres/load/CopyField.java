package dev.wisent.connectors.postgres.load;

import dev.wisent.columnar.Column;
import dev.wisent.columnar.OutputBuffer;

/// Writes one value of a column as a field of COPY's binary format: its length in four bytes, then the value as the `recv`
/// function of its type wants it. The row is never null or absent.
@FunctionalInterface
interface CopyField {
    void write(Column column, int row, OutputBuffer out);
}
