package dev.wisent.connectors.sqlite.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.connectors.sqlite.SqliteReader;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.KillSweep;
import dev.wisent.testkit.RowBag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Runs in JVMs of their own, killed on their way into a SQLite file and run again. A test's name holds its seed.
class SqliteKillsTest {
    private static final int SWEEP = 70;
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
                source: {name: generator, stream: orders, rows: 600, page_size: 30, sleep_ms: 40, %s}
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
        return bag;
    }

    @TestFactory
    Stream<DynamicTest> a_run_killed_on_its_way_into_the_table_and_its_rerun_leave_each_row_once() {
        Map<String, RowBag> oracles = new HashMap<>();
        return Stream.iterate(0, i -> i < WAY.size(), i -> i + 1).map(i -> {
            String mode = MODES.get(i % MODES.size());
            return DynamicTest.dynamicTest("killed at " + WAY.get(i) + ", " + mode, () -> {
                RowBag oracle = oracles.computeIfAbsent(mode, this::undisturbed);
                RowBag rows = ran(
                        "killed" + i,
                        mode,
                        command -> assertThat(
                                        command.killedAt(WAY.get(i), 2).result().exit())
                                .isEqualTo(ChildResult.KILLED));
                assertThat(rows.differences(oracle)).isEmpty();
                assertThat(left("killed" + i)).as("parts left behind").isEmpty();
            });
        });
    }

    private RowBag undisturbed(String mode) {
        try {
            return ran("undisturbed" + MODES.indexOf(mode), mode, command -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Disturbing {
        void before(ChildCommand command);
    }

    private RowBag ran(String name, String mode, Disturbing disturbing) throws IOException {
        Path working = Files.createDirectory(folder.resolve(name));
        Files.writeString(working.resolve("p.yml"), pipeline(mode));
        ChildCommand command = ChildCommand.run(working, "p.yml");
        disturbing.before(command);
        command.result().exits(0);
        return rows(working);
    }

    private List<Path> left(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(name))) {
            return files.filter(f -> f.toString().endsWith(".part")).toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> runs_killed_anywhere_and_run_again_leave_each_row_once() {
        return random(2);
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> runs_killed_anywhere_again_and_again_leave_each_row_once() {
        return random(SWEEP);
    }

    private Stream<DynamicTest> random(int trialsOfEachMode) {
        long seed = Long.getLong("kill.seed", System.currentTimeMillis());
        return Stream.iterate(0, i -> i < MODES.size(), i -> i + 1).flatMap(i -> {
            Path place = folder.resolve("mode" + i);
            try {
                Files.createDirectories(place);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return KillSweep.of(place, pipeline(MODES.get(i)), SqliteKillsTest::rows)
                    .atRandom(seed, trialsOfEachMode)
                    .map(test ->
                            DynamicTest.dynamicTest(MODES.get(i) + ", " + test.getDisplayName(), test.getExecutable()));
        });
    }
}
