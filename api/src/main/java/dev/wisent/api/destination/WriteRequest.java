package dev.wisent.api.destination;

import dev.wisent.api.LaneId;
import dev.wisent.api.RunId;
import dev.wisent.api.StreamId;
import dev.wisent.api.commit.GenerationId;
import java.util.List;

/// What a lane writer is made for.
///
/// @param claim the number of the run's claim on the lane: in the name of every part (R7)
/// @param worker which of the run's workers; with a counter of the writer's own it makes part names unique
/// @param primaryKey the columns rows are merged by; empty: they are appended. Rows that have a null there, or nothing, never
///     reach a writer; those that delete have their key, and perhaps nothing else
public record WriteRequest(
        StreamId stream,
        LaneId lane,
        RunId run,
        long claim,
        int worker,
        GenerationId generation,
        Shipping shipping,
        List<String> primaryKey) {
    public WriteRequest {
        primaryKey = List.copyOf(primaryKey);
    }

    /// To append rows.
    public WriteRequest(
            StreamId stream,
            LaneId lane,
            RunId run,
            long claim,
            int worker,
            GenerationId generation,
            Shipping shipping) {
        this(stream, lane, run, claim, worker, generation, shipping, List.of());
    }
}
