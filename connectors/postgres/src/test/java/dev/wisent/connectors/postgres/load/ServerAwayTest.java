package dev.wisent.connectors.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.StreamId;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.Progress;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.WritingRun;
import dev.wisent.testkit.fault.Direction;
import dev.wisent.testkit.fault.Ending;
import dev.wisent.testkit.fault.Fault;
import dev.wisent.testkit.fault.FaultProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that is away for a while, and one that nobody hears of any more.
class ServerAwayTest {
    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final PostgresServer.Database DATABASE = Pipeline.DATABASE;
    private static final TargetId ORDERS = new TargetId("orders");
    /// More than a busy machine needs for a statement, so that only who is held up is given up; and no room for rows on the
    /// way.
    private static final String IMPATIENT = "?socketTimeout=6&sendBufferSize=131072";

    @TempDir
    Path folder;

    @Test
    void a_run_waits_for_a_server_that_is_away_for_seconds_and_ends_right() throws Exception {
        waits(Duration.ofSeconds(5), 3_000, "incremental");
    }

    @Tag("soak")
    @Test
    void a_run_waits_for_a_server_that_is_away_for_a_minute_and_ends_right() throws Exception {
        waits(Duration.ofSeconds(60), 30_000, "incremental");
    }

    @Tag("soak")
    @Test
    void a_merge_waits_for_a_server_that_is_away_for_a_minute_and_ends_right() throws Exception {
        waits(Duration.ofSeconds(60), 30_000, "incremental, primary_key: [id]");
    }

    /// In 96 MB: what can't be written is not read.
    private void waits(Duration away, int rows, String mode) throws Exception {
        try (FaultProxy proxy = FaultProxy.to("localhost", SERVER.port())) {
            Pipeline pipeline = new Pipeline(folder, proxy.host(), proxy.port());
            String source =
                    "name: generator, stream: orders, sync_mode: " + mode + ", page_size: 50, sleep_ms: 25, rows: ";
            try (ChildRun run =
                    pipeline.of(source + rows, "").withJvm("-Xmx96m").start()) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(120))
                        .ignoreExceptions()
                        .until(() -> pipeline.rows() > 100);
                proxy.refuse();
                proxy.end(Ending.RESET);
                Thread.sleep(away);
                assertThat(run.isAlive()).as(run.talk()).isTrue();
                proxy.accept();
                run.await().exits(0);
            }
            assertThat(DATABASE.ask("SELECT count(*) || ' ' || count(DISTINCT id) FROM " + pipeline.table()))
                    .isEqualTo(rows + " " + rows);
        }
    }

    @Test
    void what_only_looks_waits_for_a_server_that_was_there_and_is_away() throws Exception {
        try (FaultProxy proxy = FaultProxy.to("localhost", SERVER.port());
                Destination destination = Configured.destination(
                        new PostgresFactory(), Map.of("url", url(proxy, ""), "schema", PostgresServer.name()))) {
            StreamId stream = new StreamId("orders");
            assertThat(destination.progress(stream)).isEqualTo(ProgressView.EMPTY);
            proxy.refuse();
            proxy.end(Ending.RESET);

            FutureTask<ProgressView> look = new FutureTask<>(() -> destination.progress(stream));
            Thread looking = Thread.ofPlatform().start(look);
            Awaitility.await().until(() -> look.isDone() || looking.getState() == Thread.State.TIMED_WAITING);
            proxy.accept();

            assertThat(look.get()).isEqualTo(ProgressView.EMPTY);
        }
    }

    @Test
    void a_server_that_was_never_there_is_told_at_once() throws Exception {
        try (FaultProxy proxy = FaultProxy.to("localhost", SERVER.port())) {
            proxy.refuse();
            try (Destination destination =
                    Configured.destination(new PostgresFactory(), Map.of("url", url(proxy, ""), "schema", "s"))) {
                assertThatThrownBy(() -> destination.progress(new StreamId("orders")))
                        .isInstanceOf(WisentException.class)
                        .hasMessageContaining("does not answer");
            }
        }
    }

    private static String url(FaultProxy proxy, String parameters) {
        return "postgresql://postgres@" + proxy.host() + ":" + proxy.port() + "/" + DATABASE.name() + parameters;
    }

    @Test
    void a_connection_that_is_open_on_one_side_only_is_given_up_and_the_commit_is_made() throws Exception {
        String schema = PostgresServer.name();
        Schema rows = Schema.of(Field.required("id", DataType.INT64));
        RecordBatch row = RecordBatch.of(rows);
        ((LongColumn) row.column(0)).append(7);
        row.endRow();
        try (FaultProxy proxy = FaultProxy.to("localhost", SERVER.port());
                Destination destination = Configured.destination(
                        new PostgresFactory(), Map.of("url", url(proxy, IMPATIENT), "schema", schema));
                WritingRun run = WritingRun.on(destination, new Progress()).claimed()) {
            Commit.Data data = run.data(run.live(), run.write(ORDERS, row));
            proxy.set(Direction.TO_CLIENT, new Fault.Swallow());

            assertThat(destination.commit(data)).isInstanceOf(CommitOutcome.Unknown.class);

            proxy.heal();
            assertThat(destination.commit(data)).isNotInstanceOf(CommitOutcome.Unknown.class);
        }
        assertThat(DATABASE.ask("SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction'"
                        + " AND application_name LIKE 'wisent%lane%'"))
                .isEqualTo("0");
    }

    @Test
    void a_connection_whose_rows_nobody_takes_is_given_up_and_the_rows_go_through_another() {
        Schema rows = Schema.of(Field.required("note", DataType.STRING));
        RecordBatch megabyte = RecordBatch.of(rows);
        ((BytesColumn) megabyte.column(0)).append("x".repeat(1 << 20));
        megabyte.endRow();
        try (FaultProxy proxy = FaultProxy.to("localhost", SERVER.port());
                Destination destination = Configured.destination(
                        new PostgresFactory(), Map.of("url", url(proxy, IMPATIENT), "schema", PostgresServer.name()));
                WritingRun run = WritingRun.on(destination, new Progress()).claimed()) {
            GenerationId live = run.live();
            run.writer().target(ORDERS, rows).write(megabyte);
            proxy.set(Direction.TO_SERVICE, new Fault.Hold());

            List<Fragment> lost = run.write(live, ORDERS, Collections.nCopies(64, megabyte));

            proxy.heal();
            run.stale(run.data(live, lost));
            run.close();
            run.claimed().committed(run.data(live, run.write(live, ORDERS, List.of(megabyte))));
        }
    }
}
