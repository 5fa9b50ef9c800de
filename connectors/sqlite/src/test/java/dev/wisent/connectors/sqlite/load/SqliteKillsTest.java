package dev.wisent.connectors.sqlite.load;

import dev.wisent.api.fault.Boundary;
import dev.wisent.connectors.sqlite.SqliteReader;
import dev.wisent.testkit.KillSweep;
import dev.wisent.testkit.RowBag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Runs in JVMs of their own, killed on their way into a SQLite file and run again. A test's name holds its seed.
class SqliteKillsTest {
    private static final int SWEEP = Integer.getInteger("kill.trials", 70);
    private static final int KILLS_OF_EACH_MODE = 7;
    private static final List<Boundary> WAY =
            List.of(Boundary.STAGED, Boundary.MANIFEST_WRITTEN, Boundary.MANIFEST_LINKED, Boundary.ROLLED_FORWARD);

    private static final List<String> MODES = List.of(
            "sync_mode: incremental",
            "sync_mode: full_refresh",
            "sync_mode: incremental, primary_key: [status], cursor_field: id");

    @TempDir
    Path folder;

    private static String pipeline(String mode) {
        return """
                name: warehouse
                source: {name: generator, stream: orders, rows: 600, page_size: 20, sleep_ms: 20, %s}
                destination: {name: sqlite, config: {database: out/shop.db, destination_id: orders, commit_interval: 0.1}}
                engine: {runner: {type: "${RUNNER:-thread}"}}
                """.formatted(mode);
    }

    private static RowBag rows(Path working) {
        RowBag bag = new RowBag();
        try {
            new SqliteReader(working.resolve("out/shop.db"))
                    .lines("SELECT id, customer_id, status, amount, created_at, note FROM orders")
                    .forEach(bag::add);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        addLeft(working, bag);
        return bag;
    }

    /// What only an undisturbed run would not leave.
    private static void addLeft(Path working, RowBag bag) {
        try (Stream<Path> files = Files.walk(working)) {
            files.filter(f -> f.toString().endsWith(".part")).forEach(f -> bag.add("left behind: " + f));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private KillSweep sweep(int mode) {
        Path place = folder.resolve("mode" + mode);
        try {
            Files.createDirectories(place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return KillSweep.of(place, pipeline(MODES.get(mode)), SqliteKillsTest::rows);
    }

    /// Twenty-one kills: each mode first at boundaries of the way into the table, then anywhere.
    @TestFactory
    Stream<DynamicTest> a_run_killed_again_and_again_ends_with_each_row_once() {
        long seed = Long.getLong("kill.seed", Long.getLong("wisent.seed", 1));
        return Stream.iterate(0, i -> i < MODES.size(), i -> i + 1)
                .map(i -> named(
                        i,
                        sweep(i).inARow(
                                        seed + i,
                                        List.of(
                                                WAY.get(i),
                                                WAY.get((i + 1) % WAY.size()),
                                                WAY.get((i + 2) % WAY.size())),
                                        KILLS_OF_EACH_MODE)));
    }

    private static DynamicTest named(int mode, DynamicTest test) {
        return DynamicTest.dynamicTest(MODES.get(mode) + ", " + test.getDisplayName(), test.getExecutable());
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> runs_killed_anywhere_again_and_again_leave_each_row_once() {
        long seed = Long.getLong("kill.seed", Long.getLong("wisent.seed", 1));
        int trials = Long.getLong("kill.seed") != null ? 1 : SWEEP;
        return Stream.iterate(0, i -> i < MODES.size(), i -> i + 1)
                .flatMap(i -> sweep(i).atRandom(seed, trials).map(test -> named(i, test)));
    }
}
