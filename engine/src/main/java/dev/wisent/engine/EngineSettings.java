package dev.wisent.engine;

import dev.wisent.api.queue.QueueHandle;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// How the engine works; everything here can be left at [#standard].
///
/// @param workers how many workers compute; the stream runner has one
/// @param openSplits splits each worker keeps open
/// @param memoryBudget bytes for fetched and shipped data; empty: 40 % of the heap (R10)
/// @param copyEvery after how many commits the state store's copy of the progress is saved, beside after claims and
/// publishes; 0: only then. The destination's progress is in each commit, and wins
/// @param untilIdle a streaming run ends when nothing came for this long; zero: only by a signal
/// @param queue a broker between extraction and loading; empty: rows are handed on in memory
public record EngineSettings(
        Runner runner,
        int workers,
        int openSplits,
        String envelopePrefix,
        Duration heartbeat,
        Duration leaseExpiry,
        Duration grace,
        Duration retryBudget,
        Duration untilIdle,
        OptionalLong memoryBudget,
        long copyEvery,
        Optional<QueueHandle> queue) {
    /// Settings of runs without a queue.
    public EngineSettings(
            Runner runner,
            int workers,
            int openSplits,
            String envelopePrefix,
            Duration heartbeat,
            Duration leaseExpiry,
            Duration grace,
            Duration retryBudget,
            Duration untilIdle,
            OptionalLong memoryBudget,
            long copyEvery) {
        this(
                runner,
                workers,
                openSplits,
                envelopePrefix,
                heartbeat,
                leaseExpiry,
                grace,
                retryBudget,
                untilIdle,
                memoryBudget,
                copyEvery,
                Optional.empty());
    }

    /// The same, with what stands between extraction and loading.
    public EngineSettings over(Optional<QueueHandle> other) {
        return new EngineSettings(
                runner,
                workers,
                openSplits,
                envelopePrefix,
                heartbeat,
                leaseExpiry,
                grace,
                retryBudget,
                untilIdle,
                memoryBudget,
                copyEvery,
                other);
    }

    /// Where the steps run.
    public enum Runner {
        THREAD,
        STREAM,
        /// Extraction and loading in processes of their own, each of which works as [#THREAD] does. Starting and watching them
        /// is not the engine's matter: it runs a [RunPart].
        PROCESS
    }

    /// The next file's first bytes are there when the one before ends.
    public static final int DEFAULT_OPEN_SPLITS = 3;

    public static EngineSettings standard() {
        return new EngineSettings(
                Runner.THREAD,
                Runtime.getRuntime().availableProcessors(),
                DEFAULT_OPEN_SPLITS,
                "wisent",
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ZERO,
                OptionalLong.empty(),
                0);
    }

    public EngineSettings with(Runner other) {
        return new EngineSettings(
                other,
                workers,
                openSplits,
                envelopePrefix,
                heartbeat,
                leaseExpiry,
                grace,
                retryBudget,
                untilIdle,
                memoryBudget,
                copyEvery,
                queue);
    }

    /// The part of one of several streams that run at once.
    EngineSettings share(int ofWorkers, long ofBudget) {
        return new EngineSettings(
                runner,
                ofWorkers,
                openSplits,
                envelopePrefix,
                heartbeat,
                leaseExpiry,
                grace,
                retryBudget,
                untilIdle,
                OptionalLong.of(ofBudget),
                copyEvery,
                queue);
    }

    public EngineSettings untilIdle(Duration idle) {
        return new EngineSettings(
                runner,
                workers,
                openSplits,
                envelopePrefix,
                heartbeat,
                leaseExpiry,
                grace,
                retryBudget,
                idle,
                memoryBudget,
                copyEvery,
                queue);
    }
}
