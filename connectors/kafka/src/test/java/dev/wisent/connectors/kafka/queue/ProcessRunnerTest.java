package dev.wisent.connectors.kafka.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.kafka.KafkaBroker;
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
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The runner `process` as a user starts it: extractor and loader are processes, with a real broker between them.
@Execution(ExecutionMode.CONCURRENT)
class ProcessRunnerTest {
    private static final int ROWS = 5_000;
    private static final String STARTED_AGAIN = "it is started again";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    /// Both halves in one process, so that all others find the classes they need in a cache.
    @BeforeAll
    static void train() throws IOException {
        pipeline("training", "thread", 0).training().exits(0);
    }

    @Test
    void two_processes_write_what_one_writes_and_say_it_once() throws IOException {
        pipeline("plain", "thread", 0);
        Files.writeString(
                folder.resolve("plain.yml"),
                Files.readString(folder.resolve("plain.yml")).replaceAll("queue: .*", "queue: {type: memory}"));
        ChildCommand.run(folder, "plain.yml").result().exits(0);

        ChildResult told = pipeline("calm", "process", 0).result().exits(0);

        assertThat(told.status()).isEqualTo("succeeded");
        assertThat(told.out().strip().lines()).hasSize(1);
        assertThat(told.count("written")).isEqualTo(ROWS);
        assertThat(rows("calm")).hasSize(ROWS).isEqualTo(rows("plain"));
    }

    @Test
    void a_killed_extractor_and_then_a_killed_loader_are_started_again_and_every_row_comes_once() throws IOException {
        try (ChildRun run = pipeline("each", "process", 100).start()) {
            awaitCommits(run, "each", 3);
            half(run, "extract").destroyForcibly();
            Awaitility.await().atMost(PATIENCE).until(() -> run.talk().contains(STARTED_AGAIN));
            half(run, "load").destroyForcibly();
            ChildResult told = run.await().exits(0);

            assertThat(told.err().split(STARTED_AGAIN, -1)).hasSizeGreaterThanOrEqualTo(3);
            assertThat(told.out().strip().lines()).hasSize(1);
        }
        assertThat(rows("each")).hasSize(ROWS).doesNotHaveDuplicates();
    }

    @Test
    void both_killed_at_once_are_started_again_and_every_row_comes_once() throws IOException {
        try (ChildRun run = pipeline("both", "process", 100).start()) {
            awaitCommits(run, "both", 3);
            half(run, "extract").destroyForcibly();
            half(run, "load").destroyForcibly();
            ChildResult told = run.await().exits(0);

            assertThat(told.err()).contains(STARTED_AGAIN);
            assertThat(told.out().strip().lines()).hasSize(1);
        }
        assertThat(rows("both")).hasSize(ROWS).doesNotHaveDuplicates();
    }

    @Tag("sweep")
    @Test
    void when_the_parent_is_killed_its_children_end_and_the_next_run_goes_on() throws IOException {
        List<ProcessHandle> halves;
        try (ChildRun run = pipeline("orphans", "process", 100).start()) {
            awaitCommits(run, "orphans", 3);
            halves = List.of(half(run, "extract"), half(run, "load"));
            run.send(Signal.KILL);
            assertThat(run.await().exit()).isEqualTo(ChildResult.KILLED);
        }
        Awaitility.await().atMost(PATIENCE).until(() -> halves.stream().noneMatch(ProcessHandle::isAlive));

        pipeline("orphans", "process", 0).result().exits(0);
        assertThat(rows("orphans")).hasSize(ROWS).doesNotHaveDuplicates();
    }

    @Tag("sweep")
    @Test
    void a_stop_reads_no_further_and_loads_what_was_read() throws IOException {
        List<ProcessHandle> halves;
        try (ChildRun run = pipeline("stopped", "process", 100).start()) {
            awaitCommits(run, "stopped", 3);
            halves = List.of(half(run, "extract"), half(run, "load"));
            run.send(Signal.TERM);
            assertThat(run.await().exits(130).status()).isEqualTo("interrupted");
        }
        assertThat(halves).noneMatch(ProcessHandle::isAlive);
        assertThat(rows("stopped")).hasSizeLessThan(ROWS);

        pipeline("stopped", "process", 0).result().exits(0);
        assertThat(rows("stopped")).hasSize(ROWS).doesNotHaveDuplicates();
    }

    @Test
    void a_loader_that_fails_ends_the_run_with_its_error() throws IOException {
        ChildResult told =
                pipeline("full", "process", 0).withLargestFile(100_000).result();

        assertThat(told.exit()).isEqualTo(1);
        assertThat(told.status()).isEqualTo("failed");
        assertThat(told.err()).contains("error[" + told.errorCode() + "]");
    }

    @Tag("sweep")
    @Test
    void the_roles_may_be_started_by_hand_in_any_order() throws IOException {
        ChildCommand command = pipeline("roles", "thread", 0);
        try (ChildRun loader = command.with("--role", "load").start()) {
            command.with("--role", "extract").result().exits(0);

            assertThat(loader.await().exits(0).count("written")).isEqualTo(ROWS);
        }
        assertThat(rows("roles")).hasSize(ROWS).doesNotHaveDuplicates();
    }

    @Test
    void loaders_that_are_started_by_hand_with_parts_of_the_lanes_end_when_all_is_loaded() throws IOException {
        ChildCommand command = pipeline("parts", "thread", 0);
        try (ChildRun first = command.with("--role", "load", "--loader", "1/2").start();
                ChildRun second =
                        command.with("--role", "load", "--loader", "2/2").start()) {
            command.with("--role", "extract").result().exits(0);

            assertThat(first.await().exits(0).count("written")
                            + second.await().exits(0).count("written"))
                    .isEqualTo(ROWS);
        }
        assertThat(rows("parts")).hasSize(ROWS).doesNotHaveDuplicates();
    }

    @Test
    void what_can_not_be_two_processes_is_refused_by_name_and_before_any_is_started() throws IOException {
        ChildCommand memory = pipeline("memory", "process", 0);
        Path file = folder.resolve("memory.yml");
        String text = Files.readString(file);
        Files.writeString(file, text.replaceAll("queue: .*", "queue: {type: memory}"));
        assertThat(memory.with("--runner", "thread", "--role", "load")
                        .result()
                        .exits(2)
                        .err())
                .contains("a durable queue between them");

        Files.writeString(file, text.replaceAll("destination: .*", "destination: {name: logger}"));
        assertThat(memory.result().exits(2).err()).contains("needs a destination that keeps its own progress");
    }

    private static void awaitCommits(ChildRun run, String name, int commits) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> Files.exists(folder.resolve(name + "/.wisent/manifest-" + commits)) || !run.isAlive());
        assertThat(run.isAlive()).as(run.talk()).isTrue();
    }

    private static ProcessHandle half(ChildRun run, String role) {
        return ProcessHandle.of(run.pid())
                .orElseThrow()
                .descendants()
                .filter(child -> commandLine(child).contains("\0--role\0" + role + "\0"))
                .findFirst()
                .orElseThrow();
    }

    /// Java leaves out long ones.
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
        } catch (IOException gone) {
            return "";
        }
    }

    private static ChildCommand pipeline(String name, String runner, int sleep) throws IOException {
        Files.writeString(folder.resolve(name + ".yml"), """
                name: %s
                source: {name: generator, stream: orders, rows: %d, page_size: 250, sync_mode: incremental, sleep_ms: %d}
                destination: {name: file, config: {path: %s/, format: ndjson, commit_interval: 0.2}}
                engine:
                  lease: {heartbeat: 0.2, expiry: 1}
                  runner: {type: %s}
                  queue: {type: kafka, config: {queue: {bootstrap_server: "%s", topic: process-%s}}}
                """.formatted(
                        name, ROWS, sleep, name, runner, KafkaBroker.shared().servers(), name));
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
