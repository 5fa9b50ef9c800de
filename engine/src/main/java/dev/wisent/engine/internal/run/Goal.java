package dev.wisent.engine.internal.run;

import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.destination.Capabilities;
import dev.wisent.api.source.Traits;
import java.util.Optional;

/// Where the rows of a run go first: straight into the live content, or into a hidden generation of this kind.
record Goal(Optional<Generation.Kind> hidden) {
    static Goal of(StreamJob job, Capabilities capabilities) {
        if (job.mode() == SyncMode.FULL_REFRESH) {
            return new Goal(Optional.of(Generation.Kind.REPLACE));
        }
        boolean atEnd = job.mode() == SyncMode.INCREMENTAL
                && job.publish() == Traits.Publish.AT_END
                && capabilities.fragments() == Fragment.Kind.DURABLE
                && capabilities.guarantee() == Capabilities.Guarantee.EXACTLY_ONCE;
        return new Goal(atEnd ? Optional.of(Generation.Kind.APPEND) : Optional.empty());
    }
}
