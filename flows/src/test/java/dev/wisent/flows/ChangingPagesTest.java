package dev.wisent.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A service that has other pages each time it is asked, read through a broker by an extractor that dies.
@Execution(ExecutionMode.CONCURRENT)
class ChangingPagesTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern ROW = Pattern.compile("n\\W+(\\d+)\\W+life\\W+(\\d+)");

    @TempDir
    Path folder;

    @Test
    void pages_that_are_other_ones_after_the_extractor_s_restart_cost_no_row_and_double_none() throws IOException {
        extractorsDie(Through.KAFKA);
    }

    @Tag("sweep")
    @Test
    void through_rabbitmq_pages_that_are_other_ones_after_a_restart_cost_no_row_and_double_none() throws IOException {
        extractorsDie(Through.RABBITMQ);
    }

    private void extractorsDie(Through queue) throws IOException {
        try (ChildRun run = pipeline(queue).with("--runner", "process").start()) {
            Awaitility.await().atMost(PATIENCE).until(() -> isCommitted() || !run.isAlive());
            Files.createFile(ChangingPages.committed(folder));
            for (int life = 1; life < ChangingPages.LIVES; life++) {
                Path silence = ChangingPages.silence(folder, life);
                Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(silence) || !run.isAlive());
                assertThat(run.isAlive()).as(run.talk()).isTrue();
                ProcessHandle extractor = run.descendant("--role", "extract");
                extractor.destroyForcibly();
                extractor.onExit().join();
            }
            run.await().exits(0);
        }
        List<MatchResult> rows = rows();
        assertThat(rows.stream().map(row -> Long.parseLong(row.group(1))))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, ChangingPages.ROWS).boxed().toList());
        assertThat(rows.stream().map(row -> row.group(2)).distinct())
                .as("lives")
                .hasSizeGreaterThan(1);
    }

    /// Commits with rows name the files these are in.
    private boolean isCommitted() throws IOException {
        for (Path file : Target.files(folder.resolve("out/.wisent"), "")) {
            if (file.getFileName().toString().startsWith("manifest-")
                    && Files.readString(file).contains(".ndjson")) {
                return true;
            }
        }
        return false;
    }

    private List<MatchResult> rows() throws IOException {
        List<MatchResult> rows = new ArrayList<>();
        for (Path file : Target.files(folder.resolve("out"), ".ndjson")) {
            for (String line : Files.readAllLines(file)) {
                rows.addAll(ROW.matcher(line).results().toList());
            }
        }
        return rows;
    }

    private ChildCommand pipeline(Through queue) throws IOException {
        ChangingPages.pack(folder.resolve("pages.jar"));
        Files.writeString(folder.resolve("pipeline.yml"), """
                name: changing
                plugins: [pages.jar]
                source: {name: changing_pages, stream: numbers, sync_mode: incremental, folder: "%s"}
                destination: {%s, commit_interval: 0.3}}
                engine: {lease: {heartbeat: 0.2, expiry: 1}, queue: %s, backend: {database: "%s"}}
                """.formatted(
                        folder, Target.FILE.destination(folder), queue.queue("changing"), folder.resolve("state.db")));
        return ChildCommand.run(folder, "pipeline.yml");
    }
}
