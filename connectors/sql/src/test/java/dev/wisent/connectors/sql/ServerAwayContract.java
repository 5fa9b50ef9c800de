package dev.wisent.connectors.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.StreamId;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Progress;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.FolderOracle;
import dev.wisent.testkit.RowBag;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.WritingRun;
import dev.wisent.testkit.fault.Direction;
import dev.wisent.testkit.fault.Ending;
import dev.wisent.testkit.fault.Fault;
import dev.wisent.testkit.fault.FaultProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A database server that is away for a while, and one that nobody hears of any more. Most of it is waiting, so two tests go at
/// once: each place is a database of its own.
@Execution(ExecutionMode.CONCURRENT)
public abstract class ServerAwayContract {
    protected static final TargetId ORDERS = new TargetId("orders");

    /// More than a busy machine needs for a statement, so that only who is held up is given up.
    protected static final Duration PATIENCE = Duration.ofSeconds(6);

    private static final Schema IDS = Schema.of(Field.required("id", DataType.INT64));
    private static final int READ = 40_000;
    /// So that all of them take a dozen seconds.
    private static final int SLOW_READ = 300_000;

    @TempDir
    protected Path folder;

    /// Nothing is in it yet.
    ///
    /// @param table the name of table `orders` in statements
    public record Place(DestinationFactory destination, Map<String, ?> keys, TestDatabase database, String table) {
        private String config() {
            return keys.entrySet().stream()
                    .map(key -> key.getKey() + ": '" + key.getValue().toString().replace("'", "''") + "'")
                    .collect(Collectors.joining(", ", "name: " + destination.name() + ", config: {", ""));
        }

        private String source() {
            return config().replace(", config: {", ", ").replaceFirst(", (parts|schema): '[^']*'", "");
        }

        private Destination open() {
            return Configured.destination(destination, keys);
        }
    }

    protected abstract int port();

    /// A new place on the server, which is reached at `port` of `host`; whoever is silent for longer than [#PATIENCE] is gone.
    protected abstract Place place(String host, int port);

    private Place place(FaultProxy proxy) {
        return place(proxy.host(), proxy.port());
    }

    protected final FaultProxy proxy() {
        return FaultProxy.to("localhost", port());
    }

    private ChildCommand command(String pipeline) throws Exception {
        Files.writeString(folder.resolve("p.yml"), pipeline);
        return ChildCommand.run(folder, "p.yml");
    }

    private ChildCommand run(String pipeline) throws Exception {
        return command(pipeline).withJvm("-Xmx96m");
    }

    private static long rows(Place place) throws Exception {
        return Long.parseLong(
                place.database().lines("SELECT count(*) FROM " + place.table()).getFirst());
    }

    private static void goAway(FaultProxy proxy, Duration away, ChildRun run) throws InterruptedException {
        proxy.refuse();
        proxy.end(Ending.RESET);
        Thread.sleep(away);
        assertThat(run.isAlive()).as(run.talk()).isTrue();
        proxy.heal();
    }

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
        try (FaultProxy proxy = proxy()) {
            Place place = place(proxy);
            try (ChildRun run = run("""
                            name: away
                            source: {name: generator, stream: orders, sync_mode: %s, page_size: 50, sleep_ms: 25, rows: %d}
                            destination: {%s, destination_id: orders, commit_interval: 0.1}}
                            engine: {publish: each_commit}
                            """.formatted(mode, rows, place.config())).start()) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(120))
                        .ignoreExceptions()
                        .until(() -> !run.isAlive() || rows(place) > 100);
                goAway(proxy, away, run);
                run.await().exits(0);
            }
            assertThat(place.database().lines("SELECT count(*), count(DISTINCT id) FROM " + place.table()))
                    .containsExactly(rows + "|" + rows);
        }
    }

    @Test
    void a_run_waits_for_a_server_it_reads_from_that_is_away_for_seconds() throws Exception {
        reads(Duration.ofSeconds(3));
    }

    @Tag("soak")
    @Test
    void a_run_waits_for_a_server_it_reads_from_that_is_away_for_a_minute() throws Exception {
        reads(Duration.ofSeconds(60));
    }

    private void reads(Duration away) throws Exception {
        try (FaultProxy proxy = proxy()) {
            Place place = place(proxy);
            command("""
                    name: filled
                    source: {name: generator, stream: orders, rows: %d, page_size: 5000}
                    destination: {%s, destination_id: orders}}
                    """.formatted(READ, place.config())).here().exits(0);
            place.database().run("ALTER TABLE " + place.table() + " ADD PRIMARY KEY (id)");
            proxy.set(Direction.TO_CLIENT, new Fault.Slow(SLOW_READ));
            long before = proxy.passed(Direction.TO_CLIENT);
            try (ChildRun run =
                    run("""
                            name: away
                            source: {%s, stream: %s}
                            destination: {name: file, config: {path: out/, format: ndjson}}
                            """.formatted(place.source(), place.table())).start()) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(120))
                        .until(() -> !run.isAlive() || proxy.passed(Direction.TO_CLIENT) > before + 2L * SLOW_READ);
                goAway(proxy, away, run);
                run.await().exits(0);
            }
            RowBag read = FolderOracle.ofFolder(folder.resolve("out")).byManifest();
            assertThat(read.size()).isEqualTo(READ);
            assertThat(read.distinct()).isEqualTo(READ);
        }
    }

    @Test
    void what_only_looks_waits_for_a_server_that_was_there_and_is_away() throws Exception {
        try (FaultProxy proxy = proxy();
                Destination destination = place(proxy).open()) {
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
    void a_server_that_was_never_there_is_told_at_once() {
        try (FaultProxy proxy = proxy();
                Destination destination = place(proxy).open()) {
            proxy.refuse();

            assertThatThrownBy(() -> destination.progress(new StreamId("orders")))
                    .isInstanceOf(WisentException.class)
                    .hasMessageContaining("does not answer");
        }
    }

    /// As the engine takes a failure that may pass.
    private static CommitOutcome commit(Destination destination, Commit commit) {
        try {
            return destination.commit(commit);
        } catch (WisentException failed) {
            assertThat(failed.isTransient()).as(failed.toString()).isTrue();
            return new CommitOutcome.Unknown(commit.head().n(), failed);
        }
    }

    @Test
    void a_connection_that_is_open_on_one_side_only_is_given_up_and_the_commit_is_made() throws Exception {
        RecordBatch row = RecordBatch.of(IDS);
        ((LongColumn) row.column(0)).append(7);
        row.endRow();
        try (FaultProxy proxy = proxy()) {
            Place place = place(proxy);
            try (Destination destination = place.open();
                    WritingRun run = WritingRun.on(destination, new Progress()).claimed()) {
                Commit.Data data = run.data(run.live(), run.write(ORDERS, row));
                proxy.set(Direction.TO_CLIENT, new Fault.Swallow());

                assertThat(commit(destination, data)).isInstanceOf(CommitOutcome.Unknown.class);

                proxy.heal();
                assertThat(commit(destination, data)).isNotInstanceOf(CommitOutcome.Unknown.class);
            }
            assertNobodyIsLeft(place);
        }
    }

    /// No session of the destination's waits in the middle of a transaction.
    protected abstract void assertNobodyIsLeft(Place place) throws Exception;

    /// A row whose only value is a text of a megabyte.
    protected static RecordBatch megabyte() {
        RecordBatch megabyte = RecordBatch.of(Schema.of(Field.required("note", DataType.STRING)));
        ((BytesColumn) megabyte.column(0)).append("x".repeat(1 << 20));
        megabyte.endRow();
        return megabyte;
    }
}
