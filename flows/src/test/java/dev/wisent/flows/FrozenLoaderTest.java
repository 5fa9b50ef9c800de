package dev.wisent.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.RowBag;
import dev.wisent.testkit.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A loader that is frozen with messages of a broker, until another one has its lane.
@Execution(ExecutionMode.CONCURRENT)
class FrozenLoaderTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int ROWS = 5_000;
    private static final Pattern CLAIM = Pattern.compile("\"pid\"\\s*:\\s*(\\d+)[^}]*\"role\"\\s*:\\s*\"write\"");

    @TempDir
    Path folder;

    /// The one that woke takes the lane back when the other is frozen in turn: it has what it took before, and gets what the
    /// other has committed.
    @Tag("sweep")
    @ParameterizedTest
    @EnumSource
    void loaders_that_are_frozen_in_turn_and_take_the_lane_from_each_other_write_nothing_twice(Through queue)
            throws IOException {
        try (ChildRun run = pipeline(queue).start()) {
            await(run, () -> manifests().size() >= 4);
            long first = loader();
            Signal.STOP.to(first);
            long second = next(run, first);
            commits(run, 2);
            Signal.CONT.to(first);
            Signal.STOP.to(second);
            next(run, second);
            commits(run, 2);
            Signal.CONT.to(second);
            run.await(PATIENCE).exits(0);
        }
        RowBag rows = Target.FILE.rows(folder);
        assertThat(rows.size()).isEqualTo(ROWS);
        assertThat(rows.distinct()).isEqualTo(ROWS);
    }

    private long next(ChildRun run, long loader) throws IOException {
        await(run, () -> loader() != loader);
        return loader();
    }

    private void commits(ChildRun run, int more) {
        int stood = manifests().size();
        await(run, () -> manifests().size() > stood + more);
    }

    /// There must be rows to come when both were frozen. RabbitMQ takes the messages back from who is silent for 40 s.
    private static int pause(Through queue) {
        return queue == Through.RABBITMQ ? 2_500 : 300;
    }

    private static void await(ChildRun run, Callable<Boolean> what) {
        Awaitility.await().atMost(PATIENCE).until(() -> !run.isAlive() || what.call());
        assertThat(run.isAlive()).as(run.talk()).isTrue();
    }

    private List<Path> manifests() {
        return Target.files(folder.resolve("out/.wisent"), "").stream()
                .filter(file -> file.getFileName().toString().startsWith("manifest-"))
                .toList();
    }

    /// The process that claimed the lane last to load it.
    private long loader() throws IOException {
        for (int n = manifests().size(); n > 0; n--) {
            Path manifest = folder.resolve("out/.wisent/manifest-" + n);
            Matcher claim = CLAIM.matcher(Files.exists(manifest) ? Files.readString(manifest) : "");
            if (claim.find()) {
                return Long.parseLong(claim.group(1));
            }
        }
        throw new AssertionError("no loader claimed anything");
    }

    private ChildCommand pipeline(Through queue) throws IOException {
        Files.writeString(folder.resolve("pipeline.yml"), """
                name: frozen
                source: {name: generator, stream: orders, sync_mode: incremental, rows: %d, page_size: 50, sleep_ms: %d}
                destination: {%s, commit_interval: 0.2}}
                engine:
                  lease: {heartbeat: 0.2, expiry: 1}
                  runner: {type: process, config: {loaders: 2}}
                  queue: %s
                  backend: {database: "%s"}
                """.formatted(
                        ROWS,
                        pause(queue),
                        Target.FILE.destination(folder),
                        queue.queue("frozen"),
                        folder.resolve("state.db")));
        return ChildCommand.run(folder, "pipeline.yml");
    }
}
