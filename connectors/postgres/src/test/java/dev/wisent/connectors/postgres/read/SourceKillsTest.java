package dev.wisent.connectors.postgres.read;

import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.testkit.FolderOracle;
import dev.wisent.testkit.KillSweep;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// PostgreSQL to files, killed or stopped and run again: the files hold the same rows.
class SourceKillsTest {
    private static final int EVERYDAY = 1;
    private static final int SWEEP = 100;

    @TempDir
    Path folder;

    private KillSweep sweep(String mode) {
        PostgresServer.Database database = PostgresServer.shared().database();
        database.run("""
                CREATE TABLE orders (id int PRIMARY KEY, amount numeric(9,2), note text,
                                     updated_at timestamptz NOT NULL DEFAULT now());
                INSERT INTO orders SELECT i, i / 3.0, repeat('n', 400 + i % 100) FROM generate_series(1, 20000) i;
                CREATE INDEX ON orders (updated_at, id);
                ANALYZE orders""");
        String pipeline = """
                name: sweep
                source: {name: postgres, stream: orders, host: localhost, port: %d, database: %s, username: postgres, splits: 3, %s}
                destination: {name: file, config: {path: out/, commit_interval: 0.05}}
                engine: {runner: {type: "${RUNNER}"}}
                """.formatted(PostgresServer.shared().port(), database.name(), mode);
        return KillSweep.of(
                folder,
                pipeline,
                working -> FolderOracle.ofFolder(working.resolve("out")).byGlob());
    }

    @TestFactory
    Stream<DynamicTest> a_full_read_that_is_killed_at_random_ends_with_the_same_rows() {
        return sweep("sync_mode: full_refresh").atRandom(Long.getLong("wisent.seed", 1), EVERYDAY);
    }

    @TestFactory
    Stream<DynamicTest> an_incremental_read_that_is_killed_at_random_ends_with_the_same_rows() {
        return sweep("sync_mode: incremental, cursor_field: updated_at")
                .atRandom(Long.getLong("wisent.seed", 1), EVERYDAY);
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> an_incremental_read_that_is_killed_at_each_boundary_ends_with_the_same_rows() {
        return sweep("sync_mode: incremental, cursor_field: updated_at").atEachBoundary();
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> a_full_read_that_is_killed_a_hundred_times_ends_with_the_same_rows() {
        return sweep("sync_mode: full_refresh").atRandom(Long.getLong("wisent.seed", 1), SWEEP);
    }
}
