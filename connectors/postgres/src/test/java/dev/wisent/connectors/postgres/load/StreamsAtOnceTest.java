package dev.wisent.connectors.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many tables in one run: whoever is not at work yet has neither a claim nor a session.
class StreamsAtOnceTest {
    private static final int AT_ONCE = 4;
    private static final int EVERYDAY = 40;
    private static final int SOAK = 2_000;
    /// Tables made in one statement, for each takes a lock until its end.
    private static final int IN_ONE_STATEMENT = 500;

    private static final Duration MORE_WOULD_COME = Duration.ofMillis(500);

    private static final String READING = "SELECT count(DISTINCT application_name) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND application_name LIKE 'wisent %'";
    private static final String WAITING = READING + " AND wait_event_type = 'Lock'";
    private static final String WRITING = READING + " AND application_name LIKE '% lane % claim %'";
    private static final String CLAIMED = "SELECT count(*) FROM _wisent_progress";
    private static final String AT_WORK =
            "SELECT (" + CLAIMED + ") - (SELECT count(*) FROM pg_tables WHERE tablename ~ '^t[0-9]+$')";

    private static final PostgresServer SERVER = PostgresServer.shared();

    private final PostgresServer.Database from = SERVER.database();
    private final PostgresServer.Database to = SERVER.database();

    @TempDir
    Path folder;

    @Test
    void of_many_tables_no_more_have_claims_and_sessions_than_may_run_at_once() throws Exception {
        runs(EVERYDAY);
    }

    @Tag("soak")
    @Test
    void of_two_thousand_tables_no_more_have_claims_and_sessions_than_may_run_at_once() throws Exception {
        runs(SOAK);
    }

    /// Nobody can read a table while all are locked, so those that began stay as they are.
    private void runs(int tables) throws SQLException {
        for (int first = 1; first <= tables; first += IN_ONE_STATEMENT) {
            from.run("DO $$ BEGIN FOR i IN " + first + ".." + Math.min(tables, first + IN_ONE_STATEMENT - 1)
                    + " LOOP EXECUTE format('CREATE TABLE t%s AS SELECT %s AS id; ALTER TABLE t%s ADD PRIMARY KEY (id)',"
                    + " i, i, i); END LOOP; END $$");
        }
        Pipeline.write(folder.resolve("pipeline.yml"), """
                name: many
                source: {name: postgres, stream: "public.*", host: localhost, port: %d, database: %s, username: postgres}
                destination: {name: postgres, config: {host: localhost, port: %d, database: %s, username: postgres,
                  destination_id: "{table}"}}
                engine: {max_concurrent_streams: %d}
                """.formatted(
                        SERVER.port(), from.name(), SERVER.port(), to.name(), AT_ONCE));
        CompletableFuture<ChildResult> run;
        try (Connection locking = from.connect();
                Statement statement = locking.createStatement()) {
            locking.setAutoCommit(false);
            statement.execute("LOCK TABLE "
                    + IntStream.rangeClosed(1, tables).mapToObj(i -> "t" + i).collect(Collectors.joining(", ")));
            run = CompletableFuture.supplyAsync(
                    () -> ChildCommand.run(folder, "pipeline.yml").here());
            Awaitility.await().until(() -> number(from, WAITING) >= AT_ONCE);
            Awaitility.await()
                    .pollDelay(MORE_WOULD_COME)
                    .untilAsserted(() -> assertThat(number(from, READING)).isEqualTo(AT_ONCE));
            assertThat(number(to, CLAIMED)).as("streams with a claim").isEqualTo(AT_ONCE);
            assertThat(number(to, WRITING))
                    .as("streams with sessions to write by")
                    .isLessThanOrEqualTo(AT_ONCE);
            locking.rollback();
        }
        long reading = 0;
        long writing = 0;
        long atWork = 0;
        while (!run.isDone()) {
            reading = Math.max(reading, number(from, READING));
            writing = Math.max(writing, number(to, WRITING));
            atWork = Math.max(atWork, number(to, AT_WORK));
        }
        run.join().exits(0);
        assertThat(reading).as("streams with sessions to read by").isBetween(1L, (long) AT_ONCE);
        assertThat(writing).as("streams with sessions to write by").isBetween(1L, (long) AT_ONCE);
        assertThat(atWork).as("streams that are claimed and not published").isBetween(1L, (long) AT_ONCE);
        assertThat(number(to, CLAIMED)).isEqualTo(tables);
    }

    private static long number(PostgresServer.Database database, String sql) {
        return Long.parseLong(database.ask(sql));
    }
}
