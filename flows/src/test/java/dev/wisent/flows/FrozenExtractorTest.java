package dev.wisent.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.Gate;
import dev.wisent.testkit.RowBag;
import dev.wisent.testkit.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// An extractor that is frozen with messages to send, until another one, of a machine that knows nothing of it, has its lane.
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(Trained.class)
class FrozenExtractorTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int ROWS = 4_000;
    private static final Pattern STRAND = Pattern.compile("queue:0:\\d+");

    @TempDir
    Path folder;

    /// It sends all it has when it wakes, and the numbers of its messages are those the other one's will have: the other one
    /// has sent fewer by then.
    @Tag("sweep")
    @ParameterizedTest
    @EnumSource
    void what_a_frozen_extractor_sends_when_it_wakes_and_another_one_has_its_lane_is_never_loaded(Through queue)
            throws IOException {
        pipeline("plain", "{type: memory}", "plain").here().exits(0);
        Gate first = new Gate(folder.resolve("first.gate"));
        Gate second = new Gate(folder.resolve("second.gate"));

        ChildCommand extract =
                pipeline("first", queue.queue("frozen"), "queued").with("--role", "extract");
        ChildCommand other = pipeline("second", queue.queue("frozen"), "queued").with("--role", "extract");
        ChildCommand load = pipeline("loader", queue.queue("frozen"), "queued").with("--role", "load");
        try (ChildRun frozen = extract.heldAt(Boundary.FETCHED, 30, first).start();
                ChildRun loader = load.start()) {
            await(frozen, first::isReached);
            await(loader, () -> extractions() == 1);
            frozen.send(Signal.STOP);
            try (ChildRun successor = other.heldAt(Boundary.FETCHED, 5, second).start()) {
                await(successor, second::isReached);
                await(loader, () -> extractions() == 2);
                frozen.send(Signal.CONT);
                first.open();
                assertThat(frozen.await(PATIENCE).err()).contains("a newer extraction began");
                second.open();
                successor.await(PATIENCE).exits(0);
            }
            loader.await(PATIENCE).exits(0);
        }

        RowBag plain = rows("plain");
        assertThat(plain.distinct()).isEqualTo(ROWS);
        assertThat(rows("queued").differences(plain)).isEmpty();
    }

    private static void await(ChildRun run, Callable<Boolean> what) {
        Awaitility.await().atMost(PATIENCE).until(() -> !run.isAlive() || what.call());
        assertThat(run.isAlive()).as(run.talk()).isTrue();
    }

    /// Of how many something is committed: a commit names the claims its rows came under.
    private long extractions() {
        return Target.files(folder.resolve("queued/out/.wisent"), "").stream()
                .filter(file -> file.getFileName().toString().startsWith("manifest-"))
                .flatMap(Target::lines)
                .flatMap(line -> STRAND.matcher(line).results())
                .map(MatchResult::group)
                .distinct()
                .count();
    }

    private RowBag rows(String working) {
        return Target.FILE.rows(folder.resolve(working));
    }

    /// Each process has a state store of its own, and so no lease keeps it away.
    private ChildCommand pipeline(String process, String queue, String working) throws IOException {
        Files.writeString(folder.resolve(process + ".yml"), """
                name: frozen
                source: {name: generator, stream: orders, sync_mode: incremental, rows: %d, page_size: 50, sleep_ms: 60}
                destination: {%s, commit_interval: 0.05}}
                engine:
                  lease: {heartbeat: 0.2, expiry: 1}
                  runner: {type: thread, config: {max_workers: 1}}
                  queue: %s
                  backend: {database: "%s"}
                """.formatted(
                ROWS, Target.FILE.destination(folder.resolve(working)), queue, folder.resolve(process + ".db")));
        return ChildCommand.run(folder, process + ".yml");
    }
}
