package dev.wisent.connectors.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.Counts;
import dev.wisent.api.LaneId;
import dev.wisent.api.Position;
import dev.wisent.api.RunId;
import dev.wisent.api.SplitId;
import dev.wisent.api.StreamId;
import dev.wisent.api.StreamState;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Advance;
import dev.wisent.api.commit.Change;
import dev.wisent.api.commit.Claimant;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitId;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Decision;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.Head;
import dev.wisent.api.commit.Progress;
import dev.wisent.api.commit.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitTablesTest {
    private static final StreamId STREAM = new StreamId("orders");
    private static final Change NO_CHANGE = new Change(Optional.empty(), List.of(), Counts.NONE, List.of());
    private static final CommitTables.Work NOTHING = (in, commit, before) -> {};

    @TempDir
    private Path folder;

    private final Progress model = new Progress();
    private final List<Commit> taken = new ArrayList<>();
    private long ids;

    @BeforeEach
    void make_the_tables() throws SQLException {
        try (Connection in = open()) {
            tables().create(in);
            tables().create(in);
            in.commit();
        }
    }

    @Test
    void takes_and_refuses_what_the_rules_say_whoever_looks_and_through_several_bases() throws SQLException {
        long seed = Long.getLong("wisent.seed", 1);
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        CommitTables one = tables();
        CommitTables other = tables();
        try (Connection in = open()) {
            for (int i = 0; i < 3 * StreamLog.COMMITS_A_BASE; i++) {
                Commit commit = next(random);
                Decision expected = model.decide(commit, f -> false);
                CommitOutcome outcome = (random.nextBoolean() ? one : other).commit(in, commit, f -> false, NOTHING);
                assertThat(outcome.getClass()).as("%s of %s", expected, commit).isEqualTo(outcomeOf(expected));
                if (expected instanceof Decision.Accept) {
                    model.apply(commit);
                    taken.add(commit);
                }
            }
            assertThat(one.read(in, STREAM)).isEqualTo(model.view());
            assertThat(tables().read(in, STREAM)).isEqualTo(model.view());
            assertThat(count(in, "_wisent_commits")).isLessThanOrEqualTo(StreamLog.COMMITS_A_BASE + 1);
            in.rollback();
        }
    }

    @Test
    void work_that_fails_leaves_neither_rows_nor_a_number() throws SQLException {
        CommitTables tables = tables();
        Commit claim = claim(1);
        try (Connection in = open()) {
            try (Statement make = in.createStatement()) {
                make.execute("CREATE TABLE t (x)");
            }
            in.commit();
            assertThatThrownBy(() -> tables.commit(in, claim, f -> false, (c, commit, before) -> {
                        try (Statement insert = c.createStatement()) {
                            insert.execute("INSERT INTO t VALUES (1)");
                            insert.execute("INSERT INTO nowhere VALUES (1)");
                        }
                    }))
                    .hasMessageContaining("nowhere");
            assertThat(count(in, "t")).isZero();
            in.rollback();
            assertThat(tables.commit(in, claim, f -> false, NOTHING)).isEqualTo(new CommitOutcome.Committed(1));
        }
    }

    @Test
    void of_many_who_claim_one_number_at_once_one_gets_it() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<CommitOutcome>> claims = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Commit claim = claim(1);
                claims.add(() -> {
                    try (Connection in = open()) {
                        return tables().commit(in, claim, f -> false, NOTHING);
                    }
                });
            }
            int in = 0;
            for (Future<CommitOutcome> each : threads.invokeAll(claims)) {
                in += each.get() instanceof CommitOutcome.Committed ? 1 : 0;
            }
            assertThat(in).isEqualTo(1);
        }
    }

    @Test
    void a_database_brought_back_from_a_copy_is_judged_by_what_it_holds() throws Exception {
        CommitTables tables = tables();
        try (Connection in = open()) {
            tables.commit(in, claim(1), f -> false, NOTHING);
        }
        Path copy = Files.copy(database(), folder.resolve("copy.db"));
        try (Connection in = open()) {
            tables.commit(in, claim(2), f -> false, NOTHING);
            tables.commit(in, claim(3), f -> false, NOTHING);
        }
        Files.copy(copy, database(), StandardCopyOption.REPLACE_EXISTING);
        try (Connection in = open()) {
            assertThat(tables.read(in, STREAM).lane(LaneId.FIRST).last()).isEqualTo(1);
            assertThat(tables.commit(in, claim(4), f -> false, NOTHING)).isInstanceOf(CommitOutcome.Stale.class);
            assertThat(tables.commit(in, claim(2), f -> false, NOTHING)).isEqualTo(new CommitOutcome.Committed(2));
        }
    }

    /// Another thread may have looked before the last commit, and comes to read after it.
    @Test
    void a_look_that_comes_late_takes_nothing_back() throws SQLException {
        StreamLog log = new StreamLog(new LogStatements(new SqliteDialect()), "shop", STREAM.name());
        CommitTables tables = tables();
        try (Connection in = open()) {
            tables.commit(in, claim(1), f -> false, NOTHING);
            StreamLog.Header early = log.look(in);
            in.rollback();
            tables.commit(in, claim(2), f -> false, NOTHING);
            assertThat(log.catchUp(in, log.look(in)).last(LaneId.FIRST)).isEqualTo(2);

            assertThat(log.catchUp(in, early).last(LaneId.FIRST)).isEqualTo(2);
            in.rollback();
        }
    }

    @Test
    void remembers_which_table_a_target_is() throws SQLException {
        CommitTables tables = tables();
        TargetId target = new TargetId("sales.orders");
        try (Connection in = open()) {
            tables.remember(in, STREAM, target, "4711");
            tables.remember(in, STREAM, target, "4712");
            in.commit();
            assertThat(tables.identities(in, STREAM)).containsExactly(Map.entry(target, "4712"));
            assertThat(tables.identities(in, new StreamId("other"))).isEmpty();
        }
    }

    private Commit next(Random random) {
        if (!taken.isEmpty() && random.nextInt(10) == 0) {
            return taken.get(random.nextInt(taken.size()));
        }
        LaneId lane = new LaneId(random.nextInt(3));
        long n = model.last(lane) + (random.nextInt(12) == 0 ? random.nextInt(3) : 1);
        Head head = head(lane, Math.max(n, 1));
        GenerationId open =
                model.view().open().map(o -> o.generation().id()).orElse(new GenerationId(random.nextInt(50)));
        return switch (random.nextInt(8)) {
            case 0 -> new Commit.Claim(head, claimant());
            case 1 ->
                new Commit.Begin(
                        head,
                        new Generation(
                                new GenerationId(ids),
                                random.nextBoolean() ? Generation.Kind.APPEND : Generation.Kind.REPLACE),
                        "print",
                        StreamState.EMPTY);
            case 2 -> new Commit.Publish(head, open);
            case 3 -> new Commit.Drop(head, open);
            default ->
                data(
                        random,
                        head,
                        random.nextBoolean() ? open : model.view().live().id());
        };
    }

    private Commit data(Random random, Head head, GenerationId into) {
        SplitId split = new SplitId("split-" + random.nextInt(2000));
        Position from =
                model.view().live().id().equals(into) ? model.view().live().position(split) : Position.START;
        Position to = new Position(from.ordinal() + 1 + random.nextInt(5), "after " + ids);
        Advance advance = new Advance(split, from, to, random.nextInt(3) == 0);
        return new Commit.Data(head, into, Commit.Mode.APPEND, List.of(advance), List.of(), NO_CHANGE);
    }

    private static Class<?> outcomeOf(Decision decision) {
        return decision instanceof Decision.Refuse ? CommitOutcome.Stale.class : CommitOutcome.Committed.class;
    }

    private Commit claim(long n) {
        return new Commit.Claim(head(LaneId.FIRST, n), claimant());
    }

    private Head head(LaneId lane, long n) {
        return new Head(new CommitId("commit-" + ids++), STREAM, lane, n, new RunId("run"));
    }

    private static Claimant claimant() {
        return new Claimant(new RunId("run"), "host", 1, Instant.EPOCH, Role.READ);
    }

    private CommitTables tables() {
        return new CommitTables(new SqliteDialect(), "shop");
    }

    private Path database() {
        return folder.resolve("target.db");
    }

    private Connection open() throws SQLException {
        Connection in = DriverManager.getConnection(
                "jdbc:sqlite:" + database() + "?transaction_mode=IMMEDIATE&busy_timeout=20000&synchronous=OFF");
        in.setAutoCommit(false);
        return in;
    }

    private static long count(Connection in, String table) throws SQLException {
        try (Statement select = in.createStatement();
                var rows = select.executeQuery("SELECT count(*) FROM " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
