package dev.wisent.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.StreamId;
import dev.wisent.api.fault.Boundary;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.Reset;
import dev.wisent.engine.state.SqliteStateStore;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.FolderOracle;
import dev.wisent.testkit.Gate;
import dev.wisent.testkit.KillCase.Layout;
import dev.wisent.testkit.KillCase.Store;
import dev.wisent.testkit.RowBag;
import dev.wisent.testkit.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A run that carries out a reset, killed by SIGKILL where it matters.
@Execution(ExecutionMode.CONCURRENT)
class ResetKillTest {
    private static final JobKey JOB = new JobKey("trial", new StreamId("events"));
    private static final int FILES = 4;
    private static final int ROWS = 100;

    @TempDir
    Path folder;

    /// In between, inputs were rewritten, one is gone: only a reset brings the output to what they say now.
    @ParameterizedTest
    @CsvSource({
        "RESET_BEGUN,    KEPT,    FOLDER",
        "AFTER_BEGIN,    KEPT,    ONE_FILE",
        "AFTER_BEGIN,    DELETED, FOLDER",
        "COMMITTED,      KEPT,    FOLDER",
        "COMMITTED,      DELETED, ONE_FILE",
        "BEFORE_PUBLISH, KEPT,    FOLDER",
        "MANIFEST_LINKED, KEPT,    ONE_FILE",
        "MANIFEST_LINKED, DELETED, FOLDER",
        "IN_ROLL_FORWARD, KEPT,    FOLDER",
        "IN_ROLL_FORWARD, DELETED, ONE_FILE",
        "PUBLISHED,      KEPT,    FOLDER",
        "PUBLISHED,      DELETED, FOLDER",
        "RESET_ENDED,    KEPT,    FOLDER",
    })
    void a_killed_reset_is_carried_out_once_and_seen_as_a_whole(Boundary boundary, Store state, Layout layout)
            throws IOException {
        FolderOracle oracle = pipeline(layout, boundary);
        writeInputs(0, "old");
        command().here().exits(0);
        assertThat(oracle.byGlob().size()).isEqualTo(FILES * ROWS);
        writeInputs(1, "new");
        Files.delete(input(0));
        ask();

        Gate gate = new Gate(folder.resolve("gate"));
        try (ChildRun run = command().heldAt(boundary, passing(boundary), gate).start()) {
            gate.awaitReached();
            run.send(Signal.KILL);
            run.await().exits(ChildResult.KILLED);
        }
        boolean shown = boundary.compareTo(Boundary.PUBLISHED) >= 0;
        boolean decided = shown || passing(boundary) > 1;
        if (shown || !decided) {
            Trial.holds(oracle, shown ? rows(1, "new") : rows(0, "old"));
        }
        long kept = decided ? (FILES - 1) * ROWS : oracle.hiddenRows();
        if (state == Store.DELETED) {
            deleteStore();
        }

        ChildResult rerun = command().here().exits(0);
        Trial.holds(oracle, rows(1, "new"));
        assertThat(rerun.count("read")).as("rows read again").isEqualTo((FILES - 1) * ROWS - kept);
        assertThat(pending()).isEmpty();

        writeInput(FILES, "late");
        ChildResult incremental = command().here().exits(0);
        assertThat(incremental.count("read")).isEqualTo(ROWS);
        RowBag all = rows(1, "new");
        text(FILES, "late").lines().forEach(all::add);
        Trial.holds(oracle, all);
        assertThat(oracle.leftovers()).isEmpty();
    }

    private FolderOracle pipeline(Layout layout, Boundary boundary) {
        // where passings are counted: one worker and one commit of rows
        boolean counted = passing(boundary) > 1;
        boolean oneFile = layout == Layout.ONE_FILE;
        PipelineYaml.files("in/*.ndjson")
                .source("sync_mode", "incremental")
                .destination("path", oneFile ? "out.ndjson" : "out/")
                .destination("commit_interval", counted ? "600" : "0.01")
                .engine("runner", counted ? "{type: stream}" : "{type: thread}")
                .store("state.db")
                .write(folder);
        return oneFile
                ? FolderOracle.ofFile(folder.resolve("out.ndjson"))
                : FolderOracle.ofFolder(folder.resolve("out"));
    }

    /// Those of the publication: before it, the one part of the commit before is rolled forward again; and the run links
    /// its claim, its beginning and its rows.
    private static int passing(Boundary boundary) {
        return switch (boundary) {
            case IN_ROLL_FORWARD -> 2;
            case MANIFEST_LINKED -> 4;
            default -> 1;
        };
    }

    private ChildCommand command() {
        return ChildCommand.run(folder, PipelineYaml.FILE);
    }

    private void ask() {
        try (SqliteStateStore store = SqliteStateStore.open(folder.resolve("state.db"))) {
            store.resets().ask(JOB, new Reset("r1", Instant.now(), Optional.empty(), Reset.Status.PENDING));
        }
    }

    private Optional<Reset> pending() {
        try (SqliteStateStore store = SqliteStateStore.open(folder.resolve("state.db"))) {
            return store.resets().find(JOB);
        }
    }

    private void deleteStore() throws IOException {
        for (String name : new String[] {"state.db", "state.db-wal", "state.db-shm"}) {
            Files.deleteIfExists(folder.resolve(name));
        }
    }

    private void writeInputs(int first, String word) throws IOException {
        Files.createDirectories(folder.resolve("in"));
        for (int file = first; file < FILES; file++) {
            writeInput(file, word);
        }
    }

    private void writeInput(int file, String word) throws IOException {
        Files.writeString(input(file), text(file, word));
    }

    private Path input(int file) {
        return folder.resolve("in/events-" + file + ".ndjson");
    }

    private static RowBag rows(int first, String word) {
        RowBag rows = new RowBag();
        for (int file = first; file < FILES; file++) {
            text(file, word).lines().forEach(rows::add);
        }
        return rows;
    }

    private static String text(int file, String word) {
        StringBuilder lines = new StringBuilder();
        for (int row = 0; row < ROWS; row++) {
            lines.append("{\"id\":" + (file * ROWS + row) + ",\"text\":\"" + word + "\"}\n");
        }
        return lines.toString();
    }
}
