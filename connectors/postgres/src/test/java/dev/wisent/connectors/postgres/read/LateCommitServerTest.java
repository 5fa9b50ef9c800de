package dev.wisent.connectors.postgres.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.commit.SplitView;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.Split;
import dev.wisent.columnar.StreamSchema;
import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.connectors.sql.Reads;
import dev.wisent.testkit.connector.SourceReading;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What [LateCommitTest] plays on a model, on a real server: writers that commit late, roll back and prepare while windows are
/// planned and read, runs that are killed before their commit. `-Dlate.first=<seed>` begins at another seed.
class LateCommitServerTest {
    private static final int EVERYDAY = 50;
    private static final int SWEEP = 300;
    /// Each on a database of its own, as an open transaction holds back whatever is read of its database. Most of a history is
    /// waiting.
    private static final int DATABASES = 10;

    private static final long FIRST = Long.getLong("late.first", 1);

    @Test
    void no_row_is_lost_or_read_twice_on_a_real_server() throws Exception {
        play(EVERYDAY);
    }

    @Tag("sweep")
    @Test
    void no_row_of_300_histories_is_lost_or_read_twice_on_a_real_server() throws Exception {
        play(SWEEP);
    }

    private static void play(int count) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(DATABASES)) {
            List<Callable<List<String>>> all = new ArrayList<>();
            for (int i = 0; i < DATABASES; i++) {
                int share = i;
                all.add(() -> histories(FIRST + (long) share * count / DATABASES, count / DATABASES));
            }
            for (Future<List<String>> problems : threads.invokeAll(all)) {
                assertThat(problems.get()).isEmpty();
            }
        }
    }

    private static List<String> histories(long first, int count) throws Exception {
        PostgresServer.Database database = PostgresServer.shared().database();
        List<String> problems = new ArrayList<>();
        for (long seed = first; seed < first + count; seed++) {
            try (History history = new History(database, seed)) {
                history.play().map(problem -> "in a history: " + problem).ifPresent(problems::add);
            }
        }
        return problems;
    }

    private static final class Writer {
        final Connection connection;
        boolean open;

        Writer(Connection connection) throws SQLException {
            this.connection = connection;
            connection.setAutoCommit(false);
        }

        void run(String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }

    private static final class History implements AutoCloseable {
        private final PostgresServer.Database database;
        private final long seed;
        private final Random random;
        private final String table = PostgresServer.name();
        private final List<Writer> writers = new ArrayList<>();
        private final List<String> prepared = new ArrayList<>();
        private final Map<SplitId, SplitView> progress = new HashMap<>();
        private final List<String> delivered = new ArrayList<>();
        private final Reads reads;
        private int version;
        /// Nobody writes any more, and nothing is killed.
        private boolean quiet;

        History(PostgresServer.Database database, long seed) throws SQLException {
            this.database = database;
            this.seed = seed;
            this.random = new Random(seed);
            String cursor = random.nextBoolean() ? "timestamptz" : "timestamptz(3)";
            String clock = random.nextBoolean() ? "now()" : "clock_timestamp()";
            database.run("CREATE TABLE %s (id int PRIMARY KEY, version int, at %s NOT NULL DEFAULT %s)"
                    .formatted(table, cursor, clock));
            database.run("CREATE INDEX ON " + table + " (at, id)");
            reads = database.reads(table).by("at").with("splits", 1 + random.nextInt(3));
            for (int i = 0; i < 3; i++) {
                writers.add(new Writer(database.connect()));
            }
        }

        Optional<String> play() throws Exception {
            int runs = 1 + random.nextInt(3);
            for (int run = 0; run < runs; run++) {
                write(random.nextInt(10));
                read();
            }
            for (Writer writer : writers) {
                writer.connection.commit();
                writer.open = false;
            }
            settle();
            quiet = true;
            read();
            read();
            return verdict();
        }

        private Optional<String> verdict() {
            Set<String> seen = new HashSet<>();
            for (String row : delivered) {
                if (!seen.add(row)) {
                    return Optional.of("seed " + seed + ": read twice: " + row);
                }
            }
            List<String> there = database.list("SELECT id || ' ' || version FROM " + table);
            there.removeAll(seen);
            return there.isEmpty()
                    ? Optional.empty()
                    : Optional.of("seed " + seed + ": lost: " + there + " of "
                            + database.list("SELECT id || ' ' || at FROM " + table + " ORDER BY at") + ", windows "
                            + progress.keySet());
        }

        private void write(int steps) throws SQLException {
            for (int step = 0; step < steps && !quiet; step++) {
                Writer writer = writers.get(random.nextInt(writers.size()));
                switch (random.nextInt(7)) {
                    case 0 -> {
                        writer.run("SELECT now()");
                        writer.open = true;
                    }
                    case 1, 2 -> insert(writer);
                    case 3 -> update(writer);
                    case 4 -> end(writer, "COMMIT");
                    case 5 -> end(writer, random.nextInt(3) > 0 ? "COMMIT" : "ROLLBACK");
                    default -> prepareOrSettle(writer);
                }
            }
        }

        private void insert(Writer writer) throws SQLException {
            version++;
            writer.run("INSERT INTO %s (id, version) VALUES (%d, %d)".formatted(table, version, version));
            writer.open = true;
        }

        private void update(Writer writer) throws SQLException {
            version++;
            writer.run(
                    "UPDATE %s SET version = %d, at = DEFAULT WHERE id = (SELECT id FROM %s ORDER BY id %% %d, id LIMIT 1 FOR UPDATE SKIP LOCKED)"
                            .formatted(table, version, table, 1 + random.nextInt(5)));
            writer.open = true;
        }

        private void end(Writer writer, String how) throws SQLException {
            if (how.equals("COMMIT")) {
                writer.connection.commit();
            } else {
                writer.connection.rollback();
            }
            writer.open = false;
        }

        private void prepareOrSettle(Writer writer) throws SQLException {
            if (!prepared.isEmpty()) {
                settle();
            } else if (writer.open && random.nextBoolean()) {
                String name = table + "-" + version;
                writer.run("PREPARE TRANSACTION '" + name + "'");
                // the driver has to learn that its transaction is over
                writer.connection.rollback();
                writer.open = false;
                prepared.add(name);
            }
        }

        private void settle() {
            for (String name : prepared) {
                if (database.ask("SELECT count(*) FROM pg_prepared_xacts WHERE gid = '" + name + "'")
                        .equals("1")) {
                    database.run((random.nextInt(4) > 0 ? "COMMIT" : "ROLLBACK") + " PREPARED '" + name + "'");
                }
            }
            prepared.clear();
        }

        /// One run; it may be killed before the commit of any split.
        private void read() throws Exception {
            try (Source source = reads.open();
                    ExecutorService other = Executors.newSingleThreadExecutor()) {
                GenerationView empty = GenerationView.EMPTY;
                GenerationView now = new GenerationView(
                        empty.id(), progress, Optional.empty(), StreamState.EMPTY, empty.counts(), empty.rejects());
                Future<Planner> planning = other.submit(() -> source.plan(
                        new ReadRequest(reads.id(), SyncMode.INCREMENTAL, now, StreamState.EMPTY, Optional.empty())));
                while (!planning.isDone()) {
                    write(1);
                    Thread.sleep(random.nextInt(20));
                }
                try (Planner planner = planning.get()) {
                    Optional<StreamSchema> schema = planner.schema().map(StreamSchema::new);
                    PlanPage page = planner.next(Duration.ZERO);
                    while (page instanceof PlanPage.Splits(List<Split> splits, List<SplitId> forget)) {
                        forget.forEach(progress::remove);
                        for (Split split : splits) {
                            write(random.nextInt(3));
                            if (!read(source, split, schema)) {
                                return;
                            }
                        }
                        page = planner.next(Duration.ZERO);
                    }
                }
            } catch (ExecutionException failed) {
                throw new AssertionError("seed " + seed, failed.getCause());
            }
        }

        private boolean read(Source source, Split split, Optional<StreamSchema> schema) {
            SplitView stands = progress.getOrDefault(split.id(), new SplitView(Position.START, false));
            if (stands.finished()) {
                return true;
            }
            SourceReading.OfSplit part = SourceReading.split(source, reads.id(), split, stands.position(), schema);
            if (random.nextInt(6) == 0 && !quiet) {
                return false;
            }
            part.rows()
                    .forEach(row -> delivered.add(row.replaceAll("\\{\"id\":(\\d+),\"version\":(\\d+),.*", "$1 $2")));
            progress.put(split.id(), part.end());
            return true;
        }

        @Override
        public void close() throws SQLException {
            for (Writer writer : writers) {
                writer.connection.rollback();
                writer.connection.close();
            }
            settle();
        }
    }
}
