package dev.wisent.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The runner `process` without a broker, as a user starts it: extractor and loaders are processes, with a socket between them.
@Execution(ExecutionMode.CONCURRENT)
class ProcessesTest {
    private static final int ROWS = 5_000;
    private static final int ORPHANED = 143;
    private static final String TAKEN_OVER = "lane 0 was taken over by run ";
    private static final String STARTED_AGAIN = "it is started again";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Pattern CLAIM = Pattern.compile("\"pid\"\\s*:\\s*(\\d+)[^}]*\"role\"\\s*:\\s*\"write\"");

    @TempDir
    static Path folder;

    @Test
    void two_processes_write_what_one_writes_and_say_it_once() throws IOException {
        pipeline("plain", "type: thread", 0).result().exits(0);

        ChildResult told = pipeline("calm", "type: process", 0).result().exits(0);

        assertThat(told.status()).isEqualTo("succeeded");
        assertThat(told.out().strip().lines()).hasSize(1);
        assertThat(told.count("written")).isEqualTo(ROWS);
        assertThat(rows("calm")).hasSize(ROWS).isEqualTo(rows("plain"));
    }

    @Test
    void a_killed_extractor_and_then_a_killed_loader_are_started_again_and_every_row_comes_once() throws IOException {
        try (ChildRun run = pipeline("killed", "type: process", 100).start()) {
            awaitCommits(run, "killed", 3);
            run.descendant("--role", "extract").destroyForcibly();
            Awaitility.await().atMost(PATIENCE).until(() -> run.talk().contains(STARTED_AGAIN));
            run.descendant("--role", "load").destroyForcibly();
            ChildResult told = run.await().exits(0);

            assertThat(told.err().split(STARTED_AGAIN, -1)).hasSizeGreaterThanOrEqualTo(3);
            assertThat(told.out().strip().lines()).hasSize(1);
        }
        assertThat(rows("killed")).hasSize(ROWS).doesNotHaveDuplicates();
    }

    /// Three minutes: it is started again after pauses that grow.
    @Tag("sweep")
    @Test
    void an_extractor_that_dies_whenever_it_fetches_ends_the_run_and_says_so_once() throws IOException {
        ChildResult told = pipeline("doomed", "type: process", 0)
                .killedAt(Boundary.FETCHED, 1)
                .result()
                .exits(1);

        assertThat(told.out().strip().lines()).hasSize(1);
        assertThat(told.out()).contains("W8005", "times in a row, the last time by signal 9");
        assertThat(told.err()).contains(STARTED_AGAIN);
        assertThat(rows("doomed")).isEmpty();
        pipeline("doomed", "type: process", 0).result().exits(0);
        assertThat(rows("doomed")).hasSize(ROWS).doesNotHaveDuplicates();
    }

    /// One that had nothing in hand when it was frozen learns of it with the first message that it gets again.
    @Test
    void a_stand_by_takes_over_from_a_frozen_loader_which_is_refused_when_it_wakes() throws IOException {
        try (ChildRun run =
                pipeline("frozen", "type: process, config: {loaders: 2}", 300).start()) {
            awaitCommits(run, "frozen", 4);
            long first = loader("frozen");
            Signal.STOP.to(first);
            await(run, () -> loader("frozen") != first);
            long second = loader("frozen");
            awaitCommits(run, "frozen", commits("frozen") + 2);
            Signal.CONT.to(first);
            Signal.STOP.to(second);
            await(run, () -> run.talk().contains(TAKEN_OVER));
            Signal.CONT.to(second);
            ChildResult told = run.await().exits(0);

            assertThat(told.err()).contains(TAKEN_OVER).doesNotContain(STARTED_AGAIN);
        }
        assertThat(rows("frozen")).hasSize(ROWS).doesNotHaveDuplicates();
    }

    @Test
    void children_are_of_their_parents_group_and_end_soon_after_it_leaving_only_commits() throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("temporary"));
        try (ChildRun run = pipeline("orphans", "type: process", 100)
                .withJvm("-Djava.io.tmpdir=" + temporary)
                .startedBy("setsid")
                .start()) {
            awaitCommits(run, "orphans", 3);
            List<ProcessHandle> halves = List.of(run.descendant("--role", "extract"), run.descendant("--role", "load"));
            assertThat(halves).allSatisfy(half -> assertThat(group(half.pid())).isEqualTo(run.pid()));
            run.send(Signal.KILL);
            assertThat(run.await().exit()).isEqualTo(ChildResult.KILLED);
            Awaitility.await().atMost(SOON).until(() -> halves.stream().noneMatch(ProcessHandle::isAlive));
        }
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.filter(file -> file.getFileName().toString().startsWith("wisent-")))
                    .isEmpty();
        }
        pipeline("orphans", "type: process", 0).result().exits(0);
        assertThat(rows("orphans")).hasSize(ROWS).doesNotHaveDuplicates();
    }

    /// A watcher that dies as soon as it has started its processes; these meet it while they still read their pipeline.
    @ParameterizedTest
    @ValueSource(strings = {"extract", "load"})
    void a_process_that_is_not_watched_any_more_ends_before_it_has_begun(String role)
            throws IOException, InterruptedException {
        Path neverWritten = folder.resolve(role + ".yml");
        assertThat(new ProcessBuilder("mkfifo", neverWritten.toString()).start().waitFor())
                .isZero();

        ChildCommand half =
                ChildCommand.run(folder, neverWritten.getFileName().toString()).with("--runner", "process");
        ChildResult ended = half.with("--role", role)
                .startedBy("env", "WISENT_SUPERVISED=1")
                .result();

        assertThat(ended.exit()).as(ended.toString()).isEqualTo(ORPHANED);
    }

    @Test
    void a_stop_reads_no_further_and_loads_what_was_read() throws IOException {
        try (ChildRun run = pipeline("stopped", "type: process", 300).start()) {
            awaitCommits(run, "stopped", 3);
            run.send(Signal.TERM);
            assertThat(run.await().exits(130).status()).isEqualTo("interrupted");
        }
        assertThat(rows("stopped")).hasSizeLessThan(ROWS);

        pipeline("stopped", "type: process", 0).result().exits(0);
        assertThat(rows("stopped")).hasSize(ROWS).doesNotHaveDuplicates();
    }

    @Test
    void what_can_not_be_several_processes_is_refused_by_name_and_before_any_is_started() throws IOException {
        ChildCommand command = pipeline("refused", "type: thread", 0);
        assertThat(command.with("--role", "load").result().exits(2).err()).contains("a durable queue between them");

        Path file = folder.resolve("refused.yml");
        Files.writeString(file, Files.readString(file).replaceAll("destination: .*", "destination: {name: logger}"));
        ChildResult refused = command.with("--runner", "process").result().exits(2);
        assertThat(refused.err()).contains("needs a destination that keeps its own progress");
        assertThat(refused.out().strip().lines()).hasSize(1);
    }

    /// The group of a process: "pid (name) state parent group", and a name may hold anything.
    private static long group(long pid) throws IOException {
        String status = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return Long.parseLong(status.substring(status.lastIndexOf(')') + 2).split(" ")[2]);
    }

    /// The process that claimed the lane last to load it.
    private static long loader(String name) throws IOException {
        for (int n = commits(name) - 1; n > 0; n--) {
            Path manifest = folder.resolve(name + "/.wisent/manifest-" + n);
            Matcher claim = CLAIM.matcher(Files.exists(manifest) ? Files.readString(manifest) : "");
            if (claim.find()) {
                return Long.parseLong(claim.group(1));
            }
        }
        throw new AssertionError("no loader claimed anything");
    }

    private static int commits(String name) throws IOException {
        try (Stream<Path> kept = Files.list(folder.resolve(name + "/.wisent"))) {
            return Math.toIntExact(
                    kept.filter(file -> file.getFileName().toString().startsWith("manifest-"))
                            .count());
        }
    }

    private static void awaitCommits(ChildRun run, String name, int commits) {
        await(run, () -> Files.exists(folder.resolve(name + "/.wisent/manifest-" + commits)));
    }

    private static void await(ChildRun run, Callable<Boolean> what) {
        Awaitility.await().atMost(PATIENCE).until(() -> !run.isAlive() || what.call());
        assertThat(run.isAlive()).as(run.talk()).isTrue();
    }

    private static ChildCommand pipeline(String name, String runner, int sleep) throws IOException {
        Files.writeString(folder.resolve(name + ".yml"), """
                name: %s
                source: {name: generator, stream: orders, rows: %d, page_size: 50, sync_mode: incremental, sleep_ms: %d}
                destination: {name: file, config: {path: %s/, format: ndjson, commit_interval: 0.2}}
                engine:
                  lease: {heartbeat: 0.2, expiry: 1}
                  backend: {type: sqlite, database: %s.db}
                  runner: {%s}
                """.formatted(name, ROWS, sleep, name, name, runner));
        return ChildCommand.run(folder, name + ".yml");
    }

    private static List<String> rows(String name) throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> parts = Files.list(folder.resolve(name))) {
            for (Path part : parts.filter(Files::isRegularFile).toList()) {
                rows.addAll(Files.readAllLines(part));
            }
        }
        rows.sort(null);
        return rows;
    }
}
