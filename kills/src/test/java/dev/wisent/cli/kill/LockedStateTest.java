package dev.wisent.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.FolderOracle;
import dev.wisent.testkit.Gate;
import dev.wisent.testkit.Signal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The state store is locked by a process in the middle of a transaction (here: by this test).
@Execution(ExecutionMode.CONCURRENT)
class LockedStateTest {
    private static final String BUSY = "-Dwisent.state.busy_ms=200";

    @TempDir
    Path folder;

    @Test
    void a_run_at_work_goes_on_says_who_locks_the_store_and_waits_with_its_record() throws SQLException {
        PipelineYaml yaml = PipelineYaml.orders(Trial.ROWS)
                .source("page_size", 100)
                .shortLease()
                .store("state.db");
        yaml.write(folder);
        Gate gate = new Gate(folder.resolve("gate"));
        try (ChildRun run = ChildCommand.run(folder, PipelineYaml.FILE)
                .withJvm(BUSY)
                .heldAt(Boundary.DECODED, 40, gate)
                .start()) {
            gate.awaitReached();
            String locked = "process " + ProcessHandle.current().pid() + " keeps the state store locked";
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("state.db"));
                    Statement lock = connection.createStatement()) {
                lock.execute("BEGIN IMMEDIATE");
                gate.open();
                Awaitility.await().until(() -> run.talk().contains(locked + ": tried again for"));
                assertThat(FolderOracle.ofFolder(folder.resolve("out")).byGlob().size())
                        .as("rows shown while the store is locked")
                        .isEqualTo(Trial.ROWS);
                lock.execute("ROLLBACK");
            }
            ChildResult result = run.await().exits(0);
            assertThat(result.count("written")).isEqualTo(Trial.ROWS);
            assertThat(result.err()).contains(locked + ": the copy of the progress is not saved");
        }
        assertThat(listed()).isEqualTo("succeeded");
    }

    @Test
    void a_start_is_refused_and_names_the_process() throws SQLException {
        PipelineYaml.orders(100).store("state.db").write(folder);
        ChildCommand.run(folder, PipelineYaml.FILE).here().exits(0);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("state.db"));
                Statement lock = connection.createStatement()) {
            lock.execute("BEGIN IMMEDIATE");
            ChildResult refused = ChildCommand.run(folder, PipelineYaml.FILE)
                    .withJvm(BUSY)
                    .result()
                    .exits(1);
            assertThat(refused.errorCode()).isEqualTo("W6001");
            assertThat(refused.err())
                    .contains("process " + ProcessHandle.current().pid());
            lock.execute("ROLLBACK");
        }
    }

    @Test
    void a_killed_run_is_listed_as_lost_and_one_that_is_only_stopped_as_running() {
        PipelineYaml.orders(Trial.ROWS).store("state.db").write(folder);
        Gate gate = new Gate(folder.resolve("gate"));
        try (ChildRun run = ChildCommand.run(folder, PipelineYaml.FILE)
                .heldAt(Boundary.DECODED, 1, gate)
                .start()) {
            gate.awaitReached();
            run.stop();
            assertThat(listed()).isEqualTo("running");
            run.send(Signal.KILL);
            run.await().exits(ChildResult.KILLED);
        }
        assertThat(listed()).isEqualTo("lost");
    }

    private String listed() {
        ChildCommand list =
                new ChildCommand(folder, List.of("runs", PipelineYaml.FILE, "--json"), List.of(), OptionalLong.empty());
        return list.here().exits(0).json().path("runs").path(0).path("status").stringValue("");
    }
}
