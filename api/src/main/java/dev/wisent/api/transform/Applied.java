package dev.wisent.api.transform;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.columnar.RecordBatch;
import java.util.List;

/// What a step made of a batch. A row of the batch that is neither among the origins nor refused was filtered.
///
/// @param origins which row of the batch each of `rows` came from
/// @param refused rows that can't be processed, in order; none of them has rows in `rows`
public record Applied(RecordBatch rows, Origins origins, List<Refused> refused) {
    /// Each row became one row, in its place.
    public static Applied same(RecordBatch rows) {
        return new Applied(rows, Origins.SAME, List.of());
    }

    /// Where rows came from.
    public sealed interface Origins {
        Origins SAME = new Same();

        /// Row i came from row i, and there are as many.
        record Same() implements Origins {}

        /// Row i came from row `of[i]`; the numbers never fall. Only as many count as there are rows.
        record Rows(int[] of) implements Origins {}
    }

    /// A row that can't be processed.
    ///
    /// @param code what kind of failure, as in `docs/errors.md`
    /// @param message what is wrong with it, for people
    public record Refused(int row, ErrorCode code, String message) {}
}
