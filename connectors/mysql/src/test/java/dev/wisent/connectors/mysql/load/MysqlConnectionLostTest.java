package dev.wisent.connectors.mysql.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Progress;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.mysql.MariaDbServer;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.WritingRun;
import dev.wisent.testkit.fault.Direction;
import dev.wisent.testkit.fault.Ending;
import dev.wisent.testkit.fault.Fault;
import dev.wisent.testkit.fault.FaultProxy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The connection ends while a commit is on its way: each row is there once in the end, whatever became of it (R4).
class MysqlConnectionLostTest {
    private static final TargetId ORDERS = new TargetId("orders");
    private static final Schema SCHEMA = Schema.of(Field.required("id", DataType.INT64));
    private static final int COMMITS = 5;
    /// More than a commit's conversation has in either direction.
    private static final int LATEST_BYTE = 2_500;

    @TempDir
    Path folder;

    private final MariaDbServer server = MariaDbServer.shared();

    private Destination open(FaultProxy proxy, MariaDbServer.Database database) {
        return Configured.destination(
                new MysqlFactory(),
                database.keys(Map.of(
                        "host",
                        proxy.host(),
                        "port",
                        proxy.port(),
                        "parts",
                        folder.resolve(database.name()).toString())));
    }

    private static RecordBatch row(long id) {
        RecordBatch batch = RecordBatch.of(SCHEMA);
        ((LongColumn) batch.column(0)).append(id);
        batch.endRow();
        return batch;
    }

    /// As the engine takes a failure that may pass.
    private static CommitOutcome commit(Destination destination, Commit commit) {
        try {
            return destination.commit(commit);
        } catch (WisentException failed) {
            if (failed.isTransient()) {
                return new CommitOutcome.Unknown(commit.head().n(), failed);
            }
            throw failed;
        }
    }

    /// @return how many commits were not answered at first
    private int play(long seed) {
        Random random = new Random(seed);
        MariaDbServer.Database database = server.database();
        int unknown = 0;
        try (FaultProxy proxy = FaultProxy.to("127.0.0.1", server.port());
                Destination destination = open(proxy, database);
                WritingRun run = WritingRun.on(destination, new Progress()).claimed()) {
            for (int id = 0; id < COMMITS; id++) {
                Commit.Data data = run.data(run.live(), run.write(ORDERS, row(id)));
                proxy.set(
                        random.nextBoolean() ? Direction.TO_CLIENT : Direction.TO_SERVICE,
                        new Fault.EndAfter(
                                random.nextInt(LATEST_BYTE), random.nextBoolean() ? Ending.RESET : Ending.CLOSE));
                CommitOutcome outcome = commit(destination, data);
                proxy.heal();
                proxy.end(Ending.RESET);
                unknown += outcome instanceof CommitOutcome.Unknown ? 1 : 0;
                while (outcome instanceof CommitOutcome.Unknown) {
                    outcome = commit(destination, data);
                }
                assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
                // the connection that was ended is noticed, and made anew
                var unused = commit(destination, data);
                run.again(data);
            }
        }
        assertThat(database.list("SELECT id FROM orders ORDER BY id"))
                .as("seed %d", seed)
                .isEqualTo(
                        IntStream.range(0, COMMITS).mapToObj(Integer::toString).toList());
        return unknown;
    }

    @Test
    void a_connection_lost_anywhere_in_a_commit_loses_no_row_and_doubles_none() {
        long seed = Long.getLong("wisent.seed", 1);
        int unknown = LongStream.range(seed, seed + 3).mapToInt(this::play).sum();
        assertThat(unknown).as("commits without an answer, seed %d", seed).isPositive();
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> connections_lost_in_commits_by_many_seeds() {
        long first = Long.getLong("wisent.seed", 1);
        return LongStream.range(first, first + 50)
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> play(seed)));
    }

    @Test
    void a_commit_that_is_repeated_while_the_server_is_still_at_it_is_in_once() throws Exception {
        MariaDbServer.Database database = server.database();
        try (FaultProxy proxy = FaultProxy.to("127.0.0.1", server.port());
                Destination destination = open(proxy, database);
                WritingRun run = WritingRun.on(destination, new Progress()).claimed()) {
            run.committed(run.data(run.live(), run.write(ORDERS, row(1))));
            Commit.Data data = run.data(run.live(), run.write(ORDERS, row(2)));
            database.run(
                    "CREATE TABLE slow AS SELECT 1 AS one",
                    "CREATE TRIGGER slow AFTER INSERT ON _wisent_commits FOR EACH ROW"
                            + " IF (SELECT COUNT(*) FROM slow) > 0 THEN DO SLEEP(600); END IF");
            Thread cutting = Thread.ofPlatform().start(() -> {
                Awaitility.await().until(() -> sleeping(database), "1"::equals);
                proxy.end(Ending.RESET);
            });
            assertThat(commit(destination, data)).isInstanceOf(CommitOutcome.Unknown.class);
            cutting.join();
            assertThat(sleeping(database)).as("the server goes on with it").isEqualTo("1");
            database.run("DELETE FROM slow");

            assertThat(commit(destination, data)).isInstanceOf(CommitOutcome.Committed.class);

            assertThat(sleeping(database)).isEqualTo("0");
            assertThat(database.list("SELECT id FROM orders ORDER BY id")).containsExactly("1", "2");
        }
    }

    private static String sleeping(MariaDbServer.Database database) {
        return database.ask("SELECT COUNT(*) FROM information_schema.processlist WHERE state = 'User sleep' AND db = '"
                + database.name() + "'");
    }
}
