package dev.wisent.connectors.transformjq;

import dev.wisent.api.transform.Applied;
import dev.wisent.api.transform.Applied.Refused;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.connectors.transformjq.JqStep.Made;
import java.util.List;

/// Puts objects back into rows. One thread.
sealed interface RecordsBack permits RawBack, ColumnsBack {
    boolean schemaless();

    /// @param made objects in the order of their rows
    /// @param refused rows the program failed on; those whose objects don't fit are added
    Applied rows(RecordBatch batch, List<Made> made, List<Refused> refused);
}
