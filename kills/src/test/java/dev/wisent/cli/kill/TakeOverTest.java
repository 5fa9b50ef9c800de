package dev.wisent.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.FolderOracle;
import dev.wisent.testkit.Gate;
import dev.wisent.testkit.KillCase.Origin;
import dev.wisent.testkit.RowBag;
import dev.wisent.testkit.Signal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Several runs of one pipeline at a time: leases, and what holds where leases don't.
@Execution(ExecutionMode.CONCURRENT)
class TakeOverTest {
    private static final int REFUSED = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /// Longer than the short lease.
    private static final Duration EXPIRY = Duration.ofMillis(1_100);
    private static final PipelineYaml YAML = PipelineYaml.orders(Trial.ROWS)
            .source("page_size", 100)
            .source("sleep_ms", 5)
            .destination("commit_interval", "0.1")
            .shortLease();

    @TempDir
    Path folder;

    private FolderOracle oracle;
    private Gate oldGate;
    private Gate newGate;

    @BeforeEach
    void lookAtOutput() {
        oracle = FolderOracle.ofFolder(folder.resolve("out"));
        oldGate = new Gate(folder.resolve("old.gate"));
        newGate = new Gate(folder.resolve("new.gate"));
    }

    @Test
    void of_four_simultaneous_starts_one_runs_and_three_are_refused_naming_the_holder() {
        YAML.write(folder);
        List<Gate> gates = IntStream.range(0, 4)
                .mapToObj(i -> new Gate(folder.resolve(i + ".gate")))
                .toList();
        List<ChildRun> runs = new ArrayList<>();
        gates.forEach(
                gate -> runs.add(command().heldAt(Boundary.AFTER_CLAIM, 1, gate).start()));

        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> runs.stream().filter(ChildRun::isAlive).count() == 1
                        && gates.stream().anyMatch(Gate::isReached));
        ChildRun holder = runs.stream().filter(ChildRun::isAlive).findFirst().orElseThrow();
        gates.stream().filter(Gate::isReached).forEach(Gate::open);
        String holderRun = oracle.bookkeeping().claimants().getFirst();

        for (ChildRun run : runs) {
            if (run != holder) {
                ChildResult refused = run.await().exits(REFUSED);
                assertThat(refused.errorCode()).isEqualTo("W5002");
                assertThat(refused.err()).contains(holderRun, "process " + holder.pid(), "since");
            }
        }
        holder.await().exits(0);
        Trial.holds(oracle, Uninterrupted.orders());
        assertThat(oracle.bookkeeping().claimants()).containsExactly(holderRun);
    }

    @ParameterizedTest(name = "before the new run''s first commit, {0}, {1}, full refresh")
    @CsvSource({"two state stores, GENERATOR", "one state store, FILES"})
    void a_stopped_run_that_wakes_before_the_new_runs_first_commit_is_refused(String stores, Origin origin) {
        ChildRun old = stoppedBeforeACommit(origin);
        long committed = oracle.committedRows();

        try (old;
                ChildRun next = takeOver(old, stores, Boundary.AFTER_CLAIM, 1)) {
            wake(old);
            refused(old.await(), oracle.bookkeeping().claimants().getLast());
            assertThat(oracle.committedRows()).isEqualTo(committed);
            newGate.open();
            next.await().exits(0);
        }
        Trial.holds(oracle, rows(origin));
    }

    @ParameterizedTest(name = "after the new run''s first commit, {0}, {1}, full refresh")
    @CsvSource({"one state store, GENERATOR", "two state stores, FILES"})
    void a_stopped_run_that_wakes_after_the_new_runs_first_commit_is_refused(String stores, Origin origin) {
        ChildRun old = stoppedBeforeACommit(origin);

        try (old;
                ChildRun next = takeOver(old, stores, Boundary.COMMITTED, 1)) {
            wake(old);
            refused(old.await(), oracle.bookkeeping().claimants().getLast());
            newGate.open();
            next.await().exits(0);
        }
        Trial.holds(oracle, rows(origin));
        // Parts the woken run staged before it was refused are swept by whoever claims next.
        command().here().exits(0);
        Trial.holds(oracle, rows(origin));
        assertThat(oracle.leftovers()).isEmpty();
    }

    private PipelineYaml pipeline(Origin origin) {
        if (origin == Origin.GENERATOR) {
            return YAML;
        }
        EventFiles.writeEarly(folder);
        EventFiles.writeLate(folder);
        return PipelineYaml.files(EventFiles.GLOB)
                .source("sync_mode", "full_refresh")
                .destination("commit_interval", 600)
                .shortLease();
    }

    private static RowBag rows(Origin origin) {
        return origin == Origin.GENERATOR ? Uninterrupted.orders() : EventFiles.rows();
    }

    /// Late steps of a commit that was decided, or was about to be, beside the whole next run and after it.
    @ParameterizedTest
    @EnumSource(names = {"MANIFEST_WRITTEN", "MANIFEST_LINKED", "IN_ROLL_FORWARD"})
    void a_run_stopped_within_a_commit_changes_nothing_when_it_wakes_after_the_next_run(Boundary boundary) {
        PipelineYaml yaml = YAML.source("sync_mode", "stream").engine("until_idle", 1);
        yaml.write(folder);
        ChildRun old = command().heldAt(boundary, 3, oldGate).start();
        oldGate.awaitReached();
        stop(old);

        try (old) {
            untilGranted(old).exits(0);
            Trial.holds(oracle, Uninterrupted.orders());
            wake(old);
            old.await().exits(REFUSED);
        }
        Trial.holds(oracle, Uninterrupted.orders());
    }

    @Test
    void a_run_stopped_while_it_publishes_removes_nothing_of_a_later_full_refresh() {
        YAML.write(folder);
        command().here().exits(0);
        ChildRun old = command().heldAt(Boundary.IN_ROLL_FORWARD, 2, oldGate).start();
        oldGate.awaitReached();
        stop(old);

        try (old) {
            untilGranted(old).exits(0);
            wake(old);
            old.await();
        }
        Trial.holds(oracle, Uninterrupted.orders());
    }

    private ChildCommand command() {
        return ChildCommand.run(folder, PipelineYaml.FILE);
    }

    /// Claim, begin, one commit of rows; it stands still with the second one in its hands. Of the files, which are read at
    /// once, with the only one.
    private ChildRun stoppedBeforeACommit(Origin origin) {
        pipeline(origin).write(folder);
        int passing = origin == Origin.GENERATOR ? 3 : 2;
        ChildRun old =
                command().heldAt(Boundary.BEFORE_COMMIT, passing, oldGate).start();
        oldGate.awaitReached();
        stop(old);
        return old;
    }

    /// Starts runs until one gets through, and returns it held at `boundary`.
    private ChildRun takeOver(ChildRun old, String stores, Boundary boundary, int passing) {
        ChildCommand command = command().heldAt(boundary, passing, newGate);
        if (stores.equals("two state stores")) {
            command = command.with("--state-db", "other.db");
        }
        while (true) {
            expire();
            ChildRun next = command.start();
            Awaitility.await().atMost(PATIENCE).until(() -> !next.isAlive() || newGate.isReached());
            if (newGate.isReached()) {
                return next;
            }
            ChildResult result = next.await();
            if (!stopsElsewhere(old, result)) {
                result.exits(REFUSED);
            }
        }
    }

    /// Whoever starts earlier is refused, and a JVM that is refused costs as much as one that runs.
    private static void expire() {
        LockSupport.parkNanos(EXPIRY.toNanos());
    }

    /// A process may be stopped just while its lease is written, and then it keeps the state store locked (a documented limit):
    /// it is let go on a
    /// little and stopped again. It stays at its gate meanwhile.
    private static boolean stopsElsewhere(ChildRun old, ChildResult next) {
        boolean locked = next.exit() != 0 && next.errorCode().equals("W6001");
        if (locked) {
            old.send(Signal.CONT);
            old.send(Signal.STOP);
        }
        return locked;
    }

    /// The result of the first run that is not refused because of the lease.
    private ChildResult untilGranted(ChildRun old) {
        while (true) {
            expire();
            ChildResult result = command().here();
            if (!stopsElsewhere(old, result)) {
                if (result.exit() != REFUSED) {
                    return result;
                }
                assertThat(result.errorCode()).isEqualTo("W5002");
            }
        }
    }

    /// Not in the middle of a renewal: its transaction would keep the state store locked for all others.
    private void stop(ChildRun old) {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            old.stop();
            if (isStoreFree()) {
                return true;
            }
            old.send(Signal.CONT);
            return false;
        });
    }

    private boolean isStoreFree() {
        String url = "jdbc:sqlite:" + folder.resolve(".wisent/state.db") + "?busy_timeout=0";
        try (Connection store = DriverManager.getConnection(url);
                Statement statement = store.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("ROLLBACK");
            return true;
        } catch (SQLException locked) {
            return false;
        }
    }

    private void wake(ChildRun old) {
        oldGate.open();
        old.send(Signal.CONT);
    }

    private static void refused(ChildResult woken, String by) {
        woken.exits(REFUSED);
        assertThat(woken.errorCode()).isEqualTo("W5001");
        assertThat(woken.err()).contains(by);
    }
}
