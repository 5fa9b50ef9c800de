package dev.wisent.engine.internal.transform;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.transform.Applied;
import dev.wisent.columnar.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The rows of a batch that a step refuses, each with its first reason.
final class Refusals {
    private final int rows;
    private final Map<Integer, String> reasons = new TreeMap<>();

    Refusals(int rows) {
        this.rows = rows;
    }

    void add(int row, String reason) {
        reasons.putIfAbsent(row, reason);
    }

    /// The answer: `batch`, which still has a row for each refused one, without those.
    Applied without(RecordBatch batch, RowCopy copy) {
        if (reasons.isEmpty()) {
            return Applied.same(batch);
        }
        List<Applied.Refused> refused = new ArrayList<>(reasons.size());
        reasons.forEach((row, reason) -> refused.add(new Applied.Refused(row, ErrorCode.TRANSFORM_FAILED, reason)));
        int[] kept = new int[rows - reasons.size()];
        for (int row = 0, to = 0; row < rows; row++) {
            if (!reasons.containsKey(row)) {
                kept[to++] = row;
            }
        }
        return new Applied(copy.rows(batch, kept, kept.length), new Applied.Origins.Rows(kept), refused);
    }
}
