package dev.wisent.connectors.mysql.read;

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
import dev.wisent.connectors.mysql.MariaDbServer;
import dev.wisent.connectors.sql.Reads;
import dev.wisent.testkit.connector.SourceReading;
import java.sql.Connection;
import java.sql.ResultSet;
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

/// Writers that commit late, roll back and prepare while windows are planned and read, and runs that are killed before their
/// commit, on a real server. `-Dlate.first=<seed>` begins at another seed.
class MysqlLateCommitTest {
    private static final int EVERYDAY = 8;
    private static final int SWEEP = 300;
    /// Most of a history is waiting.
    private static final int AT_ONCE = 4;

    private static final long FIRST = Long.getLong("late.first", 1);
    /// As long as a window stays behind the clock.
    private static final long SECOND_MILLIS = 1_000;

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
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Callable<List<String>>> all = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                int share = i;
                all.add(() -> histories(FIRST + (long) share * count / AT_ONCE, count / AT_ONCE));
            }
            for (Future<List<String>> problems : threads.invokeAll(all)) {
                assertThat(problems.get()).isEmpty();
            }
        }
    }

    private static List<String> histories(long first, int count) throws Exception {
        MariaDbServer.Database database = MariaDbServer.shared().database();
        List<String> problems = new ArrayList<>();
        for (long seed = first; seed < first + count; seed++) {
            try (History history = new History(database, seed)) {
                history.play().map(problem -> "in a history: " + problem).ifPresent(problems::add);
            }
        }
        return problems;
    }

    private static final class Writer {
        private final MariaDbServer.Database database;
        Connection connection;
        boolean open;
        boolean wrote;
        /// The name of its distributed transaction; empty: it has none.
        String distributed = "";

        Writer(MariaDbServer.Database database) throws SQLException {
            this.database = database;
            connection = connected();
        }

        private Connection connected() throws SQLException {
            Connection made = database.connect();
            made.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            return made;
        }

        void run(String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        void begin(String name) throws SQLException {
            if (!open) {
                distributed = name;
                wrote = false;
                run(name.isEmpty() ? "START TRANSACTION" : "XA START '" + name + "'");
                open = true;
            }
        }

        /// What has not written can't be prepared: the server rolls it back.
        void end(String how) throws SQLException {
            if (!open) {
                return;
            }
            if (distributed.isEmpty()) {
                run(how);
            } else {
                run("XA END '" + distributed + "'");
                boolean commits = how.equals("COMMIT") && wrote;
                if (commits) {
                    run("XA PREPARE '" + distributed + "'");
                }
                run("XA " + (commits ? "COMMIT" : "ROLLBACK") + " '" + distributed + "'");
            }
            open = false;
        }

        /// Prepares it and leaves it to whoever settles it.
        void leave() throws SQLException {
            run("XA END '" + distributed + "'");
            run("XA PREPARE '" + distributed + "'");
            connection.close();
            connection = connected();
            open = false;
        }
    }

    private static final class History implements AutoCloseable {
        private final MariaDbServer.Database database;
        private final long seed;
        private final Random random;
        private final String table = MariaDbServer.name();
        private final List<Writer> writers = new ArrayList<>();
        private final List<String> prepared = new ArrayList<>();
        private final Map<SplitId, SplitView> progress = new HashMap<>();
        private final List<String> delivered = new ArrayList<>();
        private final Reads reads;
        /// Rows are read by the number they drew, so they don't change.
        private final boolean drawn;
        private int version;
        /// Nobody writes any more, and nothing is killed.
        private boolean quiet;

        History(MariaDbServer.Database database, long seed) throws SQLException {
            this.database = database;
            this.seed = seed;
            this.random = new Random(seed);
            int digits = List.of(0, 3, 6).get(random.nextInt(3));
            database.run(
                    "CREATE TABLE %s (id int AUTO_INCREMENT PRIMARY KEY, version int, at timestamp(%d) NOT NULL DEFAULT now(%d), KEY (at, id))"
                            .formatted(table, digits, digits));
            drawn = random.nextInt(3) == 0;
            reads = database.reads(table).by(drawn ? "id" : "at").with("splits", 1 + random.nextInt(3));
            for (int i = 0; i < 3; i++) {
                writers.add(new Writer(database));
            }
        }

        Optional<String> play() throws Exception {
            int runs = 1 + random.nextInt(3);
            for (int run = 0; run < runs; run++) {
                write(random.nextInt(10));
                read();
            }
            for (Writer writer : writers) {
                writer.end("COMMIT");
            }
            settle();
            quiet = true;
            Thread.sleep(SECOND_MILLIS);
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
            List<String> there = database.list("SELECT CONCAT(id, ' ', version) FROM " + table);
            there.removeAll(seen);
            return there.isEmpty()
                    ? Optional.empty()
                    : Optional.of("seed " + seed + ": lost: " + there + " of "
                            + database.list("SELECT CONCAT(id, ' ', at) FROM " + table + " ORDER BY at") + ", windows "
                            + progress.keySet());
        }

        private void write(int steps) throws SQLException {
            for (int step = 0; step < steps && !quiet; step++) {
                Writer writer = writers.get(random.nextInt(writers.size()));
                switch (random.nextInt(7)) {
                    case 0 -> begin(writer);
                    case 1, 2 -> {
                        begin(writer);
                        version++;
                        writer.wrote = true;
                        writer.run("INSERT INTO %s (version) VALUES (%d)".formatted(table, version));
                    }
                    case 3 -> update(writer);
                    case 4 -> writer.end("COMMIT");
                    case 5 -> writer.end(random.nextInt(3) > 0 ? "COMMIT" : "ROLLBACK");
                    default -> prepareOrSettle(writer);
                }
            }
        }

        private void begin(Writer writer) throws SQLException {
            if (random.nextInt(3) > 0) {
                writer.begin(random.nextInt(4) == 0 ? table + "-" + version + "-" + random.nextInt() : "");
            }
        }

        private void update(Writer writer) throws SQLException {
            if (drawn) {
                return;
            }
            begin(writer);
            version++;
            int id = 1 + random.nextInt(version);
            try (Statement statement = writer.connection.createStatement();
                    ResultSet free = statement.executeQuery(
                            "SELECT id FROM " + table + " WHERE id = " + id + " FOR UPDATE SKIP LOCKED")) {
                if (free.next()) {
                    writer.run("UPDATE IGNORE %s SET version = %d, at = DEFAULT WHERE id = %d AND %b"
                            .formatted(table, version, id, writer.open));
                }
            }
        }

        private void prepareOrSettle(Writer writer) throws SQLException {
            if (!prepared.isEmpty()) {
                settle();
            } else if (writer.open && writer.wrote && !writer.distributed.isEmpty()) {
                prepared.add(writer.distributed);
                writer.leave();
            }
        }

        private void settle() {
            for (String name : prepared) {
                database.run("XA " + (random.nextInt(4) > 0 ? "COMMIT" : "ROLLBACK") + " '" + name + "'");
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
                writer.end("ROLLBACK");
                writer.connection.close();
            }
            settle();
        }
    }
}
