package dev.wisent.connectors.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Progress;
import dev.wisent.api.destination.Destination;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.WritingRun;
import dev.wisent.testkit.fault.Direction;
import dev.wisent.testkit.fault.Ending;
import dev.wisent.testkit.fault.Fault;
import dev.wisent.testkit.fault.FaultProxy;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The connection ends while a commit is on its way: each row is there once in the end, whatever became of it (R4).
class ConnectionLostTest {
    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final PostgresServer.Database DATABASE = SERVER.database();
    private static final TargetId ORDERS = new TargetId("orders");
    private static final Schema SCHEMA = Schema.of(Field.required("id", DataType.INT64));
    private static final int COMMITS = 6;
    /// More than a commit's conversation has in either direction.
    private static final int LATEST_BYTE = 2_500;

    private static Destination open(FaultProxy proxy, String schema) {
        return Configured.destination(
                new PostgresFactory(),
                DATABASE.keys(Map.of("host", proxy.host(), "port", proxy.port(), "schema", schema)));
    }

    private static RecordBatch row(long id) {
        RecordBatch batch = RecordBatch.of(SCHEMA);
        ((LongColumn) batch.column(0)).append(id);
        batch.endRow();
        return batch;
    }

    private static List<String> ids(String schema) {
        return DATABASE.list("SELECT id FROM " + schema + ".orders ORDER BY id");
    }

    private static CommitOutcome answer(Destination destination, Commit commit, CommitOutcome first) {
        CommitOutcome outcome = first;
        while (outcome instanceof CommitOutcome.Unknown) {
            outcome = destination.commit(commit);
        }
        return outcome;
    }

    /// @return how many commits were not answered at first
    private static int play(long seed) {
        Random random = new Random(seed);
        String schema = PostgresServer.name();
        int unknown = 0;
        try (FaultProxy proxy = FaultProxy.to("localhost", SERVER.port());
                Destination destination = open(proxy, schema);
                WritingRun run = WritingRun.on(destination, new Progress()).claimed()) {
            for (int id = 0; id < COMMITS; ) {
                Commit.Data data = run.data(run.live(), run.write(ORDERS, row(id)));
                proxy.set(
                        random.nextBoolean() ? Direction.TO_CLIENT : Direction.TO_SERVICE,
                        new Fault.EndAfter(
                                random.nextInt(LATEST_BYTE), random.nextBoolean() ? Ending.RESET : Ending.CLOSE));
                CommitOutcome first = destination.commit(data);
                proxy.heal();
                proxy.end(Ending.RESET);
                unknown += first instanceof CommitOutcome.Unknown ? 1 : 0;
                switch (answer(destination, data, first)) {
                    case CommitOutcome.Committed committed -> {
                        run.again(data);
                        id++;
                    }
                    case CommitOutcome.Stale stale -> run.at(run.last() - 1);
                    case CommitOutcome.Unknown never -> throw new AssertionError();
                }
            }
        }
        assertThat(ids(schema))
                .as("seed %d", seed)
                .isEqualTo(
                        IntStream.range(0, COMMITS).mapToObj(Integer::toString).toList());
        return unknown;
    }

    @Test
    void a_connection_lost_anywhere_in_a_commit_loses_no_row_and_doubles_none() {
        long seed = Long.getLong("wisent.seed", 1);
        int unknown = LongStream.range(seed, seed + 5)
                .mapToInt(ConnectionLostTest::play)
                .sum();
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
    void a_commit_that_is_still_on_its_way_when_it_is_repeated_is_ended_first_and_never_gets_in_late()
            throws Exception {
        String schema = PostgresServer.name();
        try (FaultProxy proxy = FaultProxy.to("localhost", SERVER.port());
                Destination destination = open(proxy, schema);
                Destination direct =
                        Configured.destination(new PostgresFactory(), DATABASE.keys(Map.of("schema", schema)));
                WritingRun run = WritingRun.on(destination, new Progress()).claimed()) {
            run.committed(run.data(run.live(), run.write(ORDERS, row(1))));
            Commit.Data data = run.data(run.live(), run.write(ORDERS, row(2)));
            // the server gets the request and works on it; nobody will hear of it
            DATABASE.run("CREATE FUNCTION " + schema + ".slow() RETURNS trigger LANGUAGE plpgsql AS"
                    + " 'BEGIN PERFORM pg_sleep(600); RETURN NULL; END'; CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON "
                    + schema + "._wisent_commits DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION " + schema
                    + ".slow()");
            Thread cutting = Thread.ofPlatform().start(() -> {
                org.awaitility.Awaitility.await()
                        .until(() -> DATABASE.ask(
                                        "SELECT count(*) FROM pg_stat_activity WHERE query = 'COMMIT' AND state = 'active'")
                                .equals("1"));
                proxy.end(Ending.RESET);
            });
            assertThat(destination.commit(data)).isInstanceOf(CommitOutcome.Unknown.class);
            cutting.join();
            assertThat(DATABASE.ask(
                            "SELECT count(*) FROM pg_stat_activity WHERE query = 'COMMIT' AND state = 'active'"))
                    .isEqualTo("1");

            CommitOutcome answered = answer(destination, data, destination.commit(data));

            assertThat(answered).isInstanceOf(CommitOutcome.Stale.class);
            assertThat(DATABASE.ask(
                            "SELECT count(*) FROM pg_stat_activity WHERE query = 'COMMIT' AND state = 'active'"))
                    .isEqualTo("0");
            DATABASE.run("DROP TRIGGER slow ON " + schema + "._wisent_commits");
            assertThat(ids(schema)).containsExactly("1");
            assertThat(direct.progress(WritingRun.STREAM)
                            .lanes()
                            .values()
                            .iterator()
                            .next()
                            .last())
                    .isEqualTo(2);
        }
    }
}
