package dev.wisent.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.TargetId;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.engine.EngineSettings;
import dev.wisent.engine.Pipeline;
import dev.wisent.engine.PipelineRun;
import dev.wisent.engine.RunListener;
import dev.wisent.engine.RunOutcome;
import dev.wisent.engine.state.SqliteStateStore;
import dev.wisent.storage.Stores;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// One side of [EngineCost] in this process: rounds of the same work, each printed as its wall and CPU seconds. The first
/// rounds are not printed: the compiler works in them.
record CostSide(Path work, Path input) {
    private static final int WARM_UP = 4;
    private static final int ROUNDS = 8;

    private interface Work {
        long run() throws IOException;
    }

    void run(String side) throws IOException {
        Work task = switch (side) {
            case "engine" -> this::engine;
            case "loop" ->
                () -> new PlainLoop(Connectors.files(input), work.resolve("cost-loop"), EngineCost.BUFFER).run();
            default -> throw new IllegalArgumentException("engine or loop, not " + side);
        };
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
            long cpu = system.getProcessCpuTime();
            long wall = System.nanoTime();
            long rows = task.run();
            double seconds = (System.nanoTime() - wall) / 1e9;
            double processor = (system.getProcessCpuTime() - cpu) / 1e9;
            if (rows != EngineCost.ROWS) {
                throw new IllegalStateException("moved " + rows + " rows");
            }
            if (i >= 0) {
                System.out.printf(Locale.ROOT, "%.4f %.4f%n", seconds, processor);
            }
        }
    }

    private long engine() throws IOException {
        Path output = work.resolve("cost-engine");
        Machine.delete(output);
        DestinationSettings settings = new DestinationSettings(
                "cost",
                new TargetId("rows"),
                Map.of(),
                Optional.empty(),
                EngineCost.BUFFER,
                Duration.ofSeconds(600),
                Duration.ofSeconds(10),
                10,
                System.err,
                Stores.local());
        EngineSettings standard = EngineSettings.standard();
        EngineSettings engine = new EngineSettings(
                EngineSettings.Runner.THREAD,
                1,
                standard.openSplits(),
                standard.envelopePrefix(),
                standard.heartbeat(),
                standard.leaseExpiry(),
                standard.grace(),
                standard.retryBudget(),
                standard.untilIdle(),
                standard.memoryBudget(),
                standard.copyEvery());
        DestinationHandle handle = Connectors.fileDestination(output, settings);
        Pipeline pipeline = new Pipeline(
                "cost",
                "cost",
                new StreamId("rows"),
                Connectors.files(input),
                handle,
                new TargetId("rows"),
                settings,
                Optional.of(SyncMode.INCREMENTAL),
                Optional.empty(),
                OptionalLong.empty(),
                Pipeline.OnBadRecord.FAIL,
                0,
                work.resolve("rejects"),
                engine);
        try (SqliteStateStore store = SqliteStateStore.inMemory()) {
            RunOutcome outcome = new PipelineRun(pipeline, store, RunListener.NONE).run();
            outcome.error().ifPresent(e -> {
                throw e;
            });
            return outcome.streams().getFirst().counts().written();
        }
    }
}
