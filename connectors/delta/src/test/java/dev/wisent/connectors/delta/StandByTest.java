package dev.wisent.connectors.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A table has one lane: of several processes that load, one does, and the others stand by.
@Execution(ExecutionMode.CONCURRENT)
class StandByTest {
    private static final int ROWS = 4_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern CLAIM = Pattern.compile("claimed under .*\\(process (\\d+)\\)");

    @TempDir
    Path folder;

    @Tag("sweep")
    @Test
    void stand_bys_take_over_from_one_that_is_frozen_and_one_that_is_killed_and_no_row_comes_twice()
            throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: orders
                source: {name: generator, stream: orders, rows: %d, page_size: 100, sync_mode: incremental, sleep_ms: 700}
                destination: {name: delta, config: {path: "%s/table", commit_interval: 0.2}}
                engine:
                  backend: {type: sqlite, database: "%s/state.db"}
                  lease: {heartbeat: 0.2, expiry: 1}
                  runner: {type: process, config: {loaders: 3}}
                """.formatted(ROWS, folder, folder));
        try (ChildRun run = ChildCommand.run(folder, "p.yml").start()) {
            awaitVersions(run, 3);
            long frozen = loader();
            Signal.STOP.to(frozen);
            awaitLoaderOtherThan(run, frozen);
            Signal.KILL.to(loader());
            Signal.CONT.to(frozen);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> !run.isAlive() || run.talk().contains("was taken over by run "));
            ChildResult told = run.await().exits(0);

            assertThat(told.err()).contains("was taken over by run ").contains("died by signal 9; it is started again");
        }
        List<String> ids = TableReader.values(folder.resolve("table"), "id");
        assertThat(ids)
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, ROWS)
                        .mapToObj(Integer::toString)
                        .toList());
    }

    /// The process that claimed the table last to load it.
    private long loader() {
        String state = new ChildCommand(folder, List.of("state", folder + "/p.yml"), List.of(), OptionalLong.empty())
                .here()
                .exits(0)
                .out();
        Matcher claim = CLAIM.matcher(state);
        assertThat(claim.find()).as(state).isTrue();
        return Long.parseLong(claim.group(1));
    }

    private void awaitLoaderOtherThan(ChildRun run, long pid) {
        Awaitility.await().atMost(PATIENCE).until(() -> !run.isAlive() || loader() != pid);
        assertThat(run.isAlive()).as(run.talk()).isTrue();
    }

    private int versions() throws IOException {
        Path log = folder.resolve("table/_delta_log");
        if (!Files.exists(log)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(log)) {
            return Math.toIntExact(
                    files.filter(file -> file.getFileName().toString().matches("\\d{20}\\.json"))
                            .count());
        }
    }

    private void awaitVersions(ChildRun run, int versions) {
        Awaitility.await().atMost(PATIENCE).until(() -> versions() >= versions || !run.isAlive());
        assertThat(run.isAlive()).as(run.talk()).isTrue();
    }
}
