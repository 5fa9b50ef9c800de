package dev.wisent.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.TargetId;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.cli.HeapWatch;
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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// One side of [LakeLoad] in this process: the same load again and again, each printed as wall and CPU seconds.
///
/// @param input `gz` or `zst`
/// @param codec of the pages
record LakeSide(Path work, String who, LakeData.Kind kind, String input, String codec) {
    static final int ROUNDS = Integer.getInteger("bench.lake.rounds", 6);
    static final int THREADS = 2;

    /// @param spelled who, kind, input and codec, with a dash between
    static LakeSide of(Path work, String spelled) {
        String[] parts = spelled.split("-", 4);
        return new LakeSide(work, parts[0], LakeData.Kind.valueOf(parts[1]), parts[2], parts[3]);
    }

    Path output() {
        return work.resolve("lake-" + who);
    }

    void run() throws IOException, SQLException {
        HeapWatch.start();
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        double gigabytes = LakeData.prepare(work, kind) / 1e9;
        Optional<LakeThreads> threads =
                Boolean.getBoolean("bench.lake.threads") ? Optional.of(LakeThreads.watch()) : Optional.empty();
        for (int i = 0; i < ROUNDS; i++) {
            Machine.delete(output());
            Map<String, Double> before = threads.isPresent() ? threads.get().seconds() : Map.of();
            long cpu = system.getProcessCpuTime();
            long wall = System.nanoTime();
            if (who.equals("engine")) {
                engine();
            } else {
                duckdb();
            }
            double seconds = (System.nanoTime() - wall) / 1e9;
            System.out.printf(Locale.ROOT, "%.4f %.4f%n", seconds, (system.getProcessCpuTime() - cpu) / 1e9);
            threads.ifPresent(seen -> System.out.println(LakeThreads.between(before, seen.seconds(), gigabytes)));
        }
    }

    private void duckdb() throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET threads=" + THREADS);
            statement.execute("SET preserve_insertion_order=false");
            statement.execute("COPY (SELECT * FROM "
                    + LakeData.readJson(work.resolve(kind.folder()) + "/*.ndjson." + input) + ") TO '" + output()
                    + "' (FORMAT parquet, PER_THREAD_OUTPUT, COMPRESSION " + codec
                    + (codec.equals("zstd") ? ", COMPRESSION_LEVEL 1)" : ")"));
        }
    }

    private void engine() throws IOException {
        DestinationSettings settings = new DestinationSettings(
                "lake",
                new TargetId("events"),
                Map.of(),
                Optional.empty(),
                EngineCost.BUFFER,
                Duration.ofSeconds(600),
                Duration.ofSeconds(60),
                10,
                System.err,
                Stores.local());
        EngineSettings standard = EngineSettings.standard();
        EngineSettings engine = new EngineSettings(
                EngineSettings.Runner.THREAD,
                THREADS,
                standard.openSplits(),
                standard.envelopePrefix(),
                standard.heartbeat(),
                standard.leaseExpiry(),
                standard.grace(),
                standard.retryBudget(),
                standard.untilIdle(),
                standard.memoryBudget(),
                standard.copyEvery());
        Pipeline pipeline = new Pipeline(
                "lake",
                "lake",
                new StreamId("events"),
                Connectors.events(work.resolve(kind.folder()), input),
                Connectors.parquetDestination(output(), codec, settings),
                new TargetId("events"),
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
        }
    }
}
