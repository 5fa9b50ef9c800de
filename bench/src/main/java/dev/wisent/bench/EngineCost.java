package dev.wisent.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.TargetId;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.api.source.Source;
import dev.wisent.engine.EngineSettings;
import dev.wisent.engine.Pipeline;
import dev.wisent.engine.PipelineRun;
import dev.wisent.engine.RunListener;
import dev.wisent.engine.RunOutcome;
import dev.wisent.engine.state.SqliteStateStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What the engine costs: NDJSON files → NDJSON files through a whole run with one worker, against the same decoder and encoder
/// called in a plain
/// loop on one thread. Both fsync, in turn, in one process.
record EngineCost(Path work) {
    private static final int FILES = 8;
    private static final long ROWS_PER_FILE = 200_000;
    private static final int ROUNDS = 9;
    private static final int WARM_UP = 3;
    private static final long BUFFER = 50L << 20;

    private record Used(double wall, double cpu) {}

    private interface Work {
        long run() throws IOException;
    }

    void run() throws IOException {
        System.out.println("\n## the engine's own cost: files → file, one worker, against a plain loop");
        Path input = work.resolve("cost-input");
        long bytes = prepare(input);
        double[] wall = new double[ROUNDS];
        double[] cpu = new double[ROUNDS];
        double[] megabytes = new double[ROUNDS];
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            Used engine = used(() -> engine(input));
            Used loop = used(() -> new PlainLoop(Connectors.files(input), work.resolve("cost-loop"), BUFFER).run());
            if (i >= 0) {
                wall[i] = engine.wall() / loop.wall();
                cpu[i] = engine.cpu() / loop.cpu();
                megabytes[i] = bytes / engine.wall() / 1e6;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "engine/loop over %d rounds: wall %.3f, CPU %.3f (1.00 = no cost); engine %.0f MB/s of input%n",
                ROUNDS,
                Machine.median(wall),
                Machine.median(cpu),
                Machine.median(megabytes));
        Machine.delete(input);
    }

    private long prepare(Path input) throws IOException {
        Machine.delete(input);
        Files.createDirectories(input);
        try (Source source = Connectors.generator(FILES * ROWS_PER_FILE)) {
            new PlainLoop(source, input, BUFFER).run();
        }
        long bytes = 0;
        try (var files = Files.list(input)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private static Used used(Work work) throws IOException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long cpu = system.getProcessCpuTime();
        long wall = System.nanoTime();
        long rows = work.run();
        Used used = new Used((System.nanoTime() - wall) / 1e9, (system.getProcessCpuTime() - cpu) / 1e9);
        if (rows != FILES * ROWS_PER_FILE) {
            throw new IllegalStateException("moved " + rows + " rows");
        }
        return used;
    }

    private long engine(Path input) throws IOException {
        Path output = work.resolve("cost-engine");
        Machine.delete(output);
        DestinationSettings settings = new DestinationSettings(
                "cost",
                new TargetId("rows"),
                Map.of(),
                Optional.empty(),
                BUFFER,
                Duration.ofSeconds(600),
                Duration.ofSeconds(10),
                10,
                System.err);
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
                standard.memoryBudget());
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
