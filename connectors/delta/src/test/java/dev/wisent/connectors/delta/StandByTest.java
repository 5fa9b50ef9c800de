package dev.wisent.connectors.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.Gate;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A table has one lane: of several processes that load, one does, and the others stand by.
@Execution(ExecutionMode.CONCURRENT)
class StandByTest {
    private static final int ROWS = 4_000;
    private static final int FEW = 1_200;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String TAKEN_OVER = "lane 0 was taken over by run ";
    private static final Pattern CLAIM = Pattern.compile("claimed under .*\\(process (\\d+)\\)");

    @TempDir
    Path folder;

    /// It is frozen with a file that is written and not committed: its commit is refused when it wakes.
    @ParameterizedTest
    @ValueSource(strings = {"incremental", "full_refresh"})
    void a_stand_by_takes_over_from_one_that_is_frozen_with_a_commit_in_its_hands_which_is_refused(String mode)
            throws IOException {
        Gate gate = new Gate(folder.resolve("gate"));
        try (ChildRun run =
                pipeline(mode, FEW, 50, 150, 2).heldAt(Boundary.STAGED, 2, gate).start()) {
            Awaitility.await().atMost(PATIENCE).until(() -> gate.isReached() || !run.isAlive());
            assertThat(run.isAlive()).as(run.talk()).isTrue();
            long frozen = loader();
            int before = versions();
            Signal.STOP.to(frozen);
            gate.open();
            awaitVersions(run, before + 1);
            Signal.CONT.to(frozen);
            // The other one comes to the gate as well, and stays there while this one is refused, unless it came first.
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        boolean told = run.talk().contains(TAKEN_OVER);
                        return told || isOpen(gate) && !run.isAlive();
                    });
            Awaitility.await().atMost(PATIENCE).until(() -> isOpen(gate) && !run.isAlive());
            ChildResult told = run.await().exits(0);

            assertThat(told.err()).contains(TAKEN_OVER);
        }
        holdsEachRowOnce(FEW);
    }

    @Tag("sweep")
    @ParameterizedTest
    @ValueSource(strings = {"incremental", "full_refresh"})
    void stand_bys_take_over_from_one_that_is_frozen_and_one_that_is_killed_and_no_row_comes_twice(String mode)
            throws IOException {
        try (ChildRun run = pipeline(mode, ROWS, 100, 700, 3).start()) {
            awaitVersions(run, 3);
            long frozen = loader();
            Signal.STOP.to(frozen);
            awaitLoaderOtherThan(run, frozen);
            Signal.KILL.to(loader());
            Signal.CONT.to(frozen);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> !run.isAlive() || run.talk().contains(TAKEN_OVER));
            ChildResult told = run.await().exits(0);

            assertThat(told.err()).contains(TAKEN_OVER).contains("died by signal 9; it is started again");
        }
        holdsEachRowOnce(ROWS);
    }

    private static boolean isOpen(Gate gate) {
        if (gate.isReached()) {
            gate.open();
        }
        return true;
    }

    private ChildCommand pipeline(String mode, int rows, int page, int sleep, int loaders) throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: orders
                source: {name: generator, stream: orders, rows: %d, page_size: %d, sync_mode: %s, sleep_ms: %d}
                destination: {name: delta, config: {path: "%s/table", commit_interval: 0.2}}
                engine:
                  backend: {type: sqlite, database: "%s/state.db"}
                  lease: {heartbeat: 0.2, expiry: 1}
                  runner: {type: process, config: {loaders: %d}}
                """.formatted(rows, page, mode, sleep, folder, folder, loaders));
        return ChildCommand.run(folder, "p.yml");
    }

    private void holdsEachRowOnce(int rows) {
        assertThat(TableReader.values(folder.resolve("table"), "id"))
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, rows)
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
