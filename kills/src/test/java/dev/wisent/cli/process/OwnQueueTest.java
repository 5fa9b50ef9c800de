package dev.wisent.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A queue of one's own, in a jar that the pipeline names.
@Execution(ExecutionMode.CONCURRENT)
class OwnQueueTest {
    private static final int ROWS = 3_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    @BeforeAll
    static void pack() throws IOException {
        FolderQueue.pack(folder.resolve("queue.jar"));
    }

    @Test
    void rows_go_through_the_queue_of_a_plug_in_and_nothing_is_left_there() throws IOException {
        write("through", "thread", 0, queue("through"));

        assertThat(command("check", "through").here().exits(0).out()).containsPattern("queue +ok +folder, ");
        command("run", "through").here().exits(0);

        assertThat(ids("through")).containsExactlyInAnyOrderElementsOf(all());
        try (Stream<Path> left = Files.walk(folder.resolve("waits-through"))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void processes_with_the_queue_of_a_plug_in_between_them_are_killed_and_each_row_comes_once() throws IOException {
        write("killed", "process", 60, queue("killed"));
        try (ChildRun run = command("run", "killed").start()) {
            for (String role : List.of("extract", "load")) {
                int before = manifests("killed");
                Awaitility.await().atMost(PATIENCE).until(() -> manifests("killed") > before + 2 || !run.isAlive());
                assertThat(run.isAlive()).as(run.talk()).isTrue();
                run.descendant("--role", role).destroyForcibly();
            }
            assertThat(run.await().exits(0).err()).contains("it is started again");
        }
        assertThat(ids("killed")).containsExactlyInAnyOrderElementsOf(all());
    }

    @Test
    void keys_of_a_queue_of_a_plug_in_are_checked_as_all_others() throws IOException {
        write("odd", "thread", 0, "{type: folder, config: {paht: here}}");

        ChildResult refused = command("run", "odd").here().exits(2);

        assertThat(refused.err()).contains("'path' is missing", "paht");
    }

    private static String queue(String name) {
        return "{type: folder, config: {path: \"" + folder.resolve("waits-" + name) + "\"}}";
    }

    private static ChildCommand command(String command, String name) {
        return new ChildCommand(folder, List.of(command, name + ".yml"), List.of(), OptionalLong.empty());
    }

    private static void write(String name, String runner, int sleep, String queue) throws IOException {
        Files.writeString(folder.resolve(name + ".yml"), """
                name: %s
                plugins: [queue.jar]
                source: {name: generator, stream: orders, rows: %d, page_size: 50, sync_mode: incremental, sleep_ms: %d}
                destination: {name: file, config: {path: "%s/", format: ndjson, commit_interval: 0.2}}
                engine:
                  lease: {heartbeat: 0.2, expiry: 1}
                  backend: {type: sqlite, database: "%s.db"}
                  runner: {type: %s}
                  queue: %s
                """.formatted(
                        name, ROWS, sleep, folder.resolve(name), folder.resolve(name), runner, queue));
    }

    private static int manifests(String name) throws IOException {
        Path kept = folder.resolve(name).resolve(".wisent");
        if (!Files.exists(kept)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(kept)) {
            return Math.toIntExact(
                    files.filter(file -> file.getFileName().toString().startsWith("manifest-"))
                            .count());
        }
    }

    private static List<String> all() {
        return IntStream.rangeClosed(1, ROWS).mapToObj(Integer::toString).toList();
    }

    private static List<String> ids(String name) throws IOException {
        List<String> ids = new ArrayList<>();
        try (Stream<Path> parts = Files.list(folder.resolve(name))) {
            for (Path part : parts.filter(Files::isRegularFile).toList()) {
                Files.readAllLines(part).forEach(row -> ids.add(row.replaceFirst("\\{\"id\":(\\d+),.*", "$1")));
            }
        }
        return ids;
    }
}
