package dev.wisent.connectors.sqlite.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.Position;
import dev.wisent.api.StreamId;
import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.commit.Progress;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.ReaderContext;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SplitReader;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.sqlite.read.SqliteSourceFactory;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.WritingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Another process, this one, has the file to itself for longer than SQLite waits for a lock.
@Execution(ExecutionMode.CONCURRENT)
class SqliteLockedTest {
    private static final Duration LONGER_THAN_SQLITE_WAITS = Duration.ofSeconds(11);
    private static final int ROWS = 3_000;

    @TempDir
    Path folder;

    private Connection connect(String file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(file) + "?busy_timeout=10000");
    }

    private static String value(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.getString(1);
        }
    }

    private ChildCommand pipeline(String text) throws IOException {
        Files.writeString(folder.resolve("p.yml"), text);
        return ChildCommand.run(folder, "p.yml").withJvm("-Xmx96m");
    }

    @Test
    void a_run_waits_for_who_has_the_file_it_writes_to() throws Exception {
        waits(LONGER_THAN_SQLITE_WAITS);
    }

    @Tag("soak")
    @Test
    void a_run_waits_for_who_has_the_file_it_writes_to_for_a_minute() throws Exception {
        waits(Duration.ofSeconds(60));
    }

    /// In 96 MB: what can't be written is not read.
    private void waits(Duration locked) throws Exception {
        try (ChildRun run = pipeline("""
                        name: locked
                        source: {name: generator, stream: orders, sync_mode: incremental, page_size: 50, sleep_ms: 25, rows: %d}
                        destination: {name: sqlite, config: {database: shop.db, destination_id: orders, commit_interval: 0.1}}
                        engine: {publish: each_commit}
                        """.formatted(ROWS)).start();
                Connection other = connect("shop.db");
                Statement statement = other.createStatement()) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(120))
                    .ignoreExceptions()
                    .until(() ->
                            !run.isAlive() || Integer.parseInt(value(statement, "SELECT count(*) FROM orders")) > 100);
            statement.execute("BEGIN EXCLUSIVE");
            Thread.sleep(locked);
            assertThat(run.isAlive()).as(run.talk()).isTrue();
            statement.execute("COMMIT");

            run.await().exits(0);

            assertThat(value(statement, "SELECT count(*) || ' ' || count(DISTINCT id) FROM orders"))
                    .isEqualTo(ROWS + " " + ROWS);
        }
    }

    @Test
    void a_read_goes_on_when_who_has_the_file_is_done() throws Exception {
        StreamId stream = new StreamId("orders");
        try (Connection other = connect("shop.db");
                Statement statement = other.createStatement()) {
            statement.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY)");
            statement.execute("INSERT INTO orders VALUES (1), (2), (3)");
            try (Source source = Configured.source(
                            new SqliteSourceFactory(),
                            "orders",
                            Map.of("database", folder.resolve("shop.db").toString()));
                    Planner planner = source.plan(new ReadRequest(
                            stream, SyncMode.FULL_REFRESH, GenerationView.EMPTY, StreamState.EMPTY, Optional.empty()));
                    SplitReader reader = source.reader(new ReaderContext(stream))) {
                reader.add(
                        ((PlanPage.Splits) planner.next(Duration.ZERO)).splits().getFirst(), Position.START);
                statement.execute("BEGIN EXCLUSIVE");
                assertThatThrownBy(() -> reader.poll(Duration.ZERO))
                        .isInstanceOfSatisfying(
                                WisentException.class,
                                failure -> assertThat(failure.isTransient()).isTrue());
                statement.execute("COMMIT");

                assertThat(reader.poll(Duration.ZERO))
                        .isInstanceOfSatisfying(
                                Fetched.Chunk.class,
                                chunk -> assertThat(chunk.stand()
                                                .orElseThrow()
                                                .position()
                                                .ordinal())
                                        .isEqualTo(3));
            }
        }
    }

    /// A read that stays open lets a transaction begin, and not end.
    @Tag("sweep")
    @Test
    void a_commit_that_whoever_reads_holds_up_gets_in_once() throws Exception {
        Schema rows = Schema.of(Field.required("id", DataType.INT64));
        RecordBatch row = RecordBatch.of(rows);
        ((LongColumn) row.column(0)).append(7);
        row.endRow();
        try (Destination destination = Configured.destination(
                        new SqliteFactory(),
                        Map.of("database", folder.resolve("shop.db").toString()));
                WritingRun run = WritingRun.on(destination, new Progress()).claimed();
                Connection other = connect("shop.db");
                Statement statement = other.createStatement()) {
            Commit.Data data = run.data(run.live(), run.write(new TargetId("orders"), row));
            statement.execute("BEGIN");
            assertThat(value(statement, "SELECT count(*) FROM _wisent_commits")).isEqualTo("1");
            CommitOutcome first;
            try {
                first = destination.commit(data);
            } catch (WisentException failure) {
                assertThat(failure.isTransient()).isTrue();
                first = new CommitOutcome.Unknown(data.head().n(), failure);
            }
            assertThat(first).isInstanceOf(CommitOutcome.Unknown.class);
            statement.execute("COMMIT");

            run.committed(data).again(data);

            assertThat(value(statement, "SELECT count(*) FROM orders")).isEqualTo("1");
        }
    }
}
