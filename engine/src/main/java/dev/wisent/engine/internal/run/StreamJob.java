package dev.wisent.engine.internal.run;

import dev.wisent.api.RunId;
import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.source.Traits;
import java.util.List;
import java.util.OptionalLong;

/// What a [StreamRun] is to do. Everything here is plain data.
///
/// @param workers how many workers share the splits
/// @param openSplits how many splits each worker keeps open, so that the next one's first bytes are there in time
/// @param fetchShare bytes each worker's fetched and not yet decoded chunks may take (R10)
/// @param bufferBytes a worker cuts when its lane's writer holds more
/// @param maxIterations a run that fetched this many chunks stops and publishes nothing
/// @param fingerprint what decides the content of a generation
/// @param primaryKey what rows are merged by; empty: they are appended
/// @param start what becomes of what an earlier run left
public record StreamJob(
        StreamId stream,
        SyncMode mode,
        Traits.Publish publish,
        RunId run,
        String host,
        long pid,
        TargetId target,
        int workers,
        int openSplits,
        long fetchShare,
        long bufferBytes,
        Timing timing,
        OnBadRecord onBadRecord,
        long maxFailures,
        OptionalLong maxIterations,
        String fingerprint,
        List<String> primaryKey,
        Start start) {
    public StreamJob {
        primaryKey = List.copyOf(primaryKey);
    }

    /// The same under another run's name.
    public StreamJob as(RunId other) {
        return new StreamJob(
                stream,
                mode,
                publish,
                other,
                host,
                pid,
                target,
                workers,
                openSplits,
                fetchShare,
                bufferBytes,
                timing,
                onBadRecord,
                maxFailures,
                maxIterations,
                fingerprint,
                primaryKey,
                start);
    }

    /// How rows meet those that are there.
    Commit.Mode writeMode() {
        return primaryKey.isEmpty() ? Commit.Mode.APPEND : Commit.Mode.MERGE;
    }

    /// Where a run begins.
    public enum Start {
        /// Where the last one stopped.
        RESUME,
        /// An unpublished generation is dropped and begun anew.
        ANEW,
        /// Everything is read again and replaces what is there. Only incremental runs; others go on as with [#RESUME].
        RESET
    }

    /// What one bad record does.
    public enum OnBadRecord {
        /// It becomes a reject, the rest goes on.
        REJECT,
        /// Its whole input is left out.
        SKIP_FILE,
        /// The run fails.
        FAIL
    }
}
