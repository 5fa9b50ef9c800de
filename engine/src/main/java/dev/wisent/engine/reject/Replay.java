package dev.wisent.engine.reject;

import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Traits;
import dev.wisent.engine.Pipeline;
import java.nio.file.Path;

/// Runs a pipeline's rejects again. Each file of rejects is a split of its own, decoded, transformed and written like any
/// other, committed into the live content; its progress is the destination's, so a record is replayed exactly once
/// however often the
/// replay is killed. What fails again is a reject again, in a new file.
public final class Replay {
    private Replay() {}

    /// The pipeline that does it, to be run as any other.
    ///
    /// @param base what relative paths of reject files start from
    public static Pipeline of(Pipeline pipeline, Path base) {
        KeptRejects kept = new KeptRejects(base, pipeline.rejects());
        return pipeline.with(
                new ReplaySource(pipeline.source(), pipeline.stream(), kept),
                SyncMode.INCREMENTAL,
                Traits.Publish.EACH_COMMIT);
    }

    /// Refuses while a generation is open: the run that goes on with it may replace what a replay would add.
    public static void refuseUnpublished(Pipeline pipeline, Destination destination) {
        if (!(pipeline.source() instanceof ReplaySource)) {
            return;
        }
        ProgressView view = destination.progress(pipeline.stream());
        if (view.open().isPresent()) {
            throw WisentException.of(
                            ErrorCode.NOT_SUPPORTED,
                            "rejects can't be replayed while rows of an earlier run are unpublished")
                    .where("generation " + view.open().get().generation().id().number() + " of stream "
                            + pipeline.stream())
                    .tried("looking for unpublished rows")
                    .hint("let the run finish first: it publishes them")
                    .next("wisent run FILE");
        }
    }
}
