package dev.wisent.connectors.mysql.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Source;
import dev.wisent.connectors.mysql.MariaDbServer;
import dev.wisent.connectors.sql.Reads;
import dev.wisent.testkit.connector.SourceReading;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Windows of a cursor: what is new, what is held back, and what is refused because it can't be known.
class MysqlIncrementalTest {
    private final MariaDbServer.Database database = MariaDbServer.shared().database();

    private Reads events() {
        database.run("""
                CREATE TABLE events (id int AUTO_INCREMENT PRIMARY KEY, note varchar(20) CHARACTER SET utf8mb4,
                                     at timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6), KEY (at, id))""");
        return database.reads("events").by("at");
    }

    private void add(String... notes) {
        for (String note : notes) {
            database.run("INSERT INTO events (note) VALUES ('" + note + "')");
        }
    }

    /// A window ends before the second the run begins in.
    private void nextSecond() {
        String second = database.ask("SELECT UNIX_TIMESTAMP()");
        Awaitility.await().until(() -> !database.ask("SELECT UNIX_TIMESTAMP()").equals(second));
    }

    private static List<String> notes(SourceReading reading) {
        return reading.rows().stream()
                .map(row -> row.replaceAll(".*\"note\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    @Test
    void each_run_reads_what_came_since_the_last_one() {
        Reads reads = events();
        add("a", "b");
        nextSecond();
        SourceReading first = reads.all();
        add("c");
        nextSecond();
        SourceReading second = reads.after(first.progress());
        SourceReading third = reads.after(second.progress());
        add("d");
        nextSecond();

        assertThat(notes(first)).containsExactlyInAnyOrder("a", "b");
        assertThat(notes(second)).containsExactly("c");
        assertThat(notes(third)).isEmpty();
        assertThat(third.planned()).as("no window for nothing").isEmpty();
        assertThat(notes(reads.after(third.progress()))).containsExactly("d");
    }

    /// `NOW()` into a column with six digits is cut to the second.
    @Test
    void rows_of_the_second_a_run_begins_in_are_read_by_the_next() {
        Reads reads = events();
        nextSecond();
        add("a");
        SourceReading first = reads.all();
        database.run("INSERT INTO events (note, at) SELECT 'whole', MAX(at) - INTERVAL MICROSECOND(MAX(at)) MICROSECOND"
                + " FROM events");
        nextSecond();

        assertThat(notes(reads.after(first.progress())))
                .contains("whole")
                .hasSize(2 - notes(first).size());
    }

    @Test
    void a_row_that_is_committed_while_a_run_waits_is_read() throws Exception {
        Reads reads = events();
        add("a");
        try (Connection late = database.connect();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute("INSERT INTO events (note) VALUES ('late')");
            add("later");
            nextSecond();
            CompletableFuture<SourceReading> reading = CompletableFuture.supplyAsync(reads::all);
            Awaitility.await().until(this::someoneLookedAtTransactions);
            assertThat(reading).isNotDone();
            late.commit();

            assertThat(notes(reading.get())).containsExactlyInAnyOrder("a", "late", "later");
        }
    }

    /// Its transaction begins when it gets the table, later than the time in its row: the server's list of transactions shows
    /// only that.
    @Test
    void a_row_whose_statement_waited_for_the_table_is_not_lost() throws Exception {
        Reads reads = events();
        add("a");
        try (Connection locks = database.connect();
                Statement locking = locks.createStatement();
                Connection late = database.connect();
                Statement statement = late.createStatement()) {
            locking.execute("LOCK TABLES events WRITE");
            late.setAutoCommit(false);
            CompletableFuture<Boolean> inserted = CompletableFuture.supplyAsync(() -> {
                try {
                    return statement.execute("INSERT INTO events (note) VALUES ('late')");
                } catch (SQLException failed) {
                    throw new AssertionError(failed);
                }
            });
            Awaitility.await()
                    .until(
                            () -> database.ask(
                                    "SELECT COUNT(*) FROM information_schema.processlist WHERE state LIKE '%metadata lock' AND db = '"
                                            + database.name() + "'"),
                            "1"::equals);
            nextSecond();
            nextSecond();
            locking.execute("UNLOCK TABLES");
            inserted.get();
            CompletableFuture<SourceReading> reading = CompletableFuture.supplyAsync(reads::all);
            Awaitility.await().until(this::someoneLookedAtTransactions);
            late.commit();

            assertThat(notes(reading.get())).containsExactlyInAnyOrder("a", "late");
        }
    }

    private boolean someoneLookedAtTransactions() {
        return !database.ask("SELECT COUNT(*) FROM information_schema.processlist WHERE db = '" + database.name()
                        + "' AND user = 'wisent'")
                .equals("0");
    }

    @Test
    void numbers_of_a_table_are_read_when_all_that_drew_them_have_ended() throws Exception {
        events();
        Reads reads = database.reads("events").by("id");
        add("a");
        try (Connection late = database.connect();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute("INSERT INTO events (note) VALUES ('late')");
            add("later");
            CompletableFuture<SourceReading> reading = CompletableFuture.supplyAsync(reads::all);
            Awaitility.await().until(this::someoneLookedAtTransactions);
            assertThat(reading).isNotDone();
            late.commit();

            assertThat(notes(reading.get())).containsExactly("a", "late", "later");
        }
    }

    @Test
    void what_is_prepared_holds_back_new_rows_and_says_so() throws SQLException {
        Reads reads = events();
        add("a");
        nextSecond();
        SourceReading first = reads.all();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("XA START 'held'");
            statement.execute("INSERT INTO events (note) VALUES ('prepared')");
            statement.execute("XA END 'held'");
            statement.execute("XA PREPARE 'held'");
        }
        add("b");
        nextSecond();
        List<String> warnings;
        try (Source source = reads.open();
                Planner planner = source.plan(new ReadRequest(
                        reads.id(), SyncMode.INCREMENTAL, progress(first), StreamState.EMPTY, Optional.empty()))) {
            warnings = planner.warnings();
            assertThat(planner.next(Duration.ZERO)).isInstanceOf(PlanPage.Complete.class);
        }
        database.run("XA COMMIT 'held'");
        SourceReading second = reads.after(first.progress());

        assertThat(notes(first)).containsExactly("a");
        assertThat(warnings).anyMatch(warning -> warning.contains("prepared transactions [held]"));
        assertThat(notes(second)).containsExactly("prepared", "b");
    }

    private static GenerationView progress(SourceReading reading) {
        GenerationView empty = GenerationView.EMPTY;
        return new GenerationView(
                empty.id(), reading.progress(), Optional.empty(), StreamState.EMPTY, empty.counts(), empty.rejects());
    }

    @Test
    void a_transaction_that_only_reads_holds_back_nothing() throws SQLException {
        Reads reads = events();
        add("a");
        nextSecond();
        try (Connection report = database.connect();
                Statement statement = report.createStatement()) {
            report.setAutoCommit(false);
            statement.executeQuery("SELECT COUNT(*) FROM events").close();

            assertThat(notes(reads.all())).containsExactly("a");
        }
    }

    @Test
    void a_user_who_can_not_see_transactions_is_refused_and_told_what_to_grant() {
        Reads reads = events();
        add("a");
        String user = MariaDbServer.shared().user("secret");
        database.run("GRANT SELECT ON " + database.name() + ".* TO " + user);
        Reads theirs = reads.with("username", user).with("password", "secret");

        assertThatThrownBy(() -> theirs.open().check())
                .isInstanceOfSatisfying(
                        WisentException.class,
                        failure -> assertThat(failure.hint())
                                .contains("GRANT PROCESS ON *.*", "cursor_lag", "write_mode: merge"));
        theirs.with("cursor_lag", "0").open().check();
        database.run("GRANT PROCESS ON *.* TO " + user);
        theirs.open().check();
        nextSecond();
        assertThat(notes(theirs.all())).containsExactly("a");
    }

    @Test
    void a_lag_keeps_that_far_behind_and_needs_no_rights() {
        events();
        database.run("INSERT INTO events (note, at) VALUES ('old', '2026-01-01 10:00:00.000001'),"
                + " ('edge', '2026-01-01 10:50:00'), ('new', '2026-01-01 11:00:00')");
        Reads reads = database.reads("events").by("at").with("cursor_lag", "10m");

        SourceReading first = reads.all();
        database.run("INSERT INTO events (note, at) VALUES ('late', '2026-01-01 10:50:00.000001'),"
                + " ('newest', '2026-01-01 11:10:00')");

        assertThat(notes(first)).containsExactly("old", "edge");
        assertThat(notes(reads.after(first.progress()))).containsExactly("late", "new");
        assertThat(notes(database.reads("events")
                        .by("id")
                        .with("cursor_lag", "2")
                        .all()))
                .containsExactly("old", "edge", "new");
        assertThatThrownBy(() -> database.reads("events")
                        .by("note")
                        .with("cursor_lag", "2")
                        .open()
                        .check())
                .hasMessageContaining("cursor_lag can't be taken");
    }

    @Test
    void a_cursor_that_does_not_tell_when_it_was_given_is_refused_unless_a_lag_is() {
        events();
        database.run("ALTER TABLE events ADD price decimal(9,2), ADD day date, ADD wall datetime(6), ADD ratio double");
        Reads reads = database.reads("events");

        assertThatThrownBy(() -> reads.by("price").open().check()).hasMessageContaining("say nothing of when");
        assertThatThrownBy(() -> reads.by("wall").open().check()).hasMessageContaining("has no zone");
        assertThatThrownBy(() -> reads.by("day").open().check()).hasMessageContaining("has no zone");
        assertThatThrownBy(() -> reads.by("ratio").open().check()).hasMessageContaining("no order");
        reads.by("wall").with("cursor_zone", "UTC").open().check();
        reads.by("price").with("cursor_lag", "0").open().check();
    }

    @Test
    void who_asks_before_a_run_learns_that_rows_whose_writers_bring_their_own_cursors_may_be_lost() {
        database.run("CREATE TABLE own (id int AUTO_INCREMENT PRIMARY KEY, at timestamp(6) NULL DEFAULT NULL,"
                + " stamped timestamp(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6))");
        Reads own = database.reads("own").by("at");

        assertThat(own.open().unknownFrontier(own.id()))
                .hasValueSatisfying(why -> assertThat(why).contains("no default gives 'at'"));
        assertThat(warnings(own)).contains(own.open().unknownFrontier(own.id()).orElseThrow());
        assertThat(own.with("cursor_lag", "10m").open().unknownFrontier(own.id()))
                .isEmpty();
        assertThat(own.by("stamped").open().unknownFrontier(own.id())).isEmpty();
        assertThat(own.by("id").open().unknownFrontier(own.id())).isEmpty();
        assertThat(database.reads("own").open().unknownFrontier(own.id()))
                .as("a full read")
                .isEmpty();
    }

    @Test
    void a_table_without_a_key_is_refused_and_told_to_name_one() {
        database.run("CREATE TABLE bare (n int, at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP)");

        assertThatThrownBy(() -> database.reads("bare").by("at").open().check())
                .hasMessageContaining("no key that tells rows of one cursor apart");
    }

    @Test
    void a_wall_clock_is_read_up_to_the_second_of_its_zone() {
        database.run("""
                CREATE TABLE walls (id int PRIMARY KEY, note varchar(9), at datetime(6) NOT NULL DEFAULT now(6) ON UPDATE now(6))""");
        Reads reads = database.reads("walls").by("at").with("cursor_zone", "+05:45");
        database.run("INSERT INTO walls (id, note) VALUES (1, 'a'), (2, 'b')");
        nextSecond();
        SourceReading first = reads.all();
        database.run("UPDATE walls SET note = 'B' WHERE id = 2");
        nextSecond();

        assertThat(notes(first)).containsExactly("a", "b");
        assertThat(notes(reads.after(first.progress()))).containsExactly("B");
        assertThat(warnings(reads)).anyMatch(warning -> warning.contains("CREATE INDEX"));
        assertThat(notes(reads.with("cursor_zone", "UTC").all()))
                .as("an hour that is still to come there")
                .isEmpty();
    }

    @Test
    void rows_without_a_cursor_and_of_the_future_are_named_in_warnings() {
        database.run("CREATE TABLE n (id int PRIMARY KEY, note varchar(9), at timestamp(6) NULL)");
        database.run("INSERT INTO n VALUES (1, 'a', now(6)), (2, 'b', NULL), (3, 'c', now() + INTERVAL 1 YEAR)");
        Reads reads = database.reads("n").by("at");
        nextSecond();

        assertThat(notes(reads.all())).containsExactly("a");
        assertThat(warnings(reads))
                .anyMatch(warning -> warning.contains("without a value in 'at'"))
                .anyMatch(warning -> warning.contains("in the future"))
                .anyMatch(warning -> warning.contains("no default gives 'at'"));
    }

    @Test
    void a_table_that_was_emptied_is_named() {
        Reads reads = events();
        add("a");
        nextSecond();
        SourceReading first = reads.all();
        database.run("TRUNCATE TABLE events", "INSERT INTO events (note, at) VALUES ('old', now(6) - INTERVAL 1 HOUR)");

        assertThat(warnings(reads, progress(first))).anyMatch(MysqlIncrementalTest::namesAnEmptiedTable);
    }

    private static boolean namesAnEmptiedTable(String said) {
        return said.contains("was emptied, made anew or rebuilt")
                && said.contains("rows with a 'at'")
                && said.contains("wisent stream reset");
    }

    @Test
    void a_table_that_was_emptied_is_named_to_who_may_not_see_its_file_if_it_draws_numbers() {
        Reads reads = events();
        String user = MariaDbServer.shared().user("secret");
        database.run("GRANT SELECT ON " + database.name() + ".* TO " + user);
        Reads theirs = reads.with("username", user).with("password", "secret").with("cursor_lag", "0");
        add("a", "b");
        SourceReading first = theirs.all();
        add("c");
        assertThat(warnings(theirs, progress(first))).noneMatch(MysqlIncrementalTest::namesAnEmptiedTable);

        database.run("TRUNCATE TABLE events", "INSERT INTO events (note, at) VALUES ('old', now(6) - INTERVAL 1 HOUR)");

        assertThat(warnings(theirs, progress(first))).anyMatch(MysqlIncrementalTest::namesAnEmptiedTable);
    }

    @Test
    void a_moment_in_the_future_does_not_make_what_comes_before_it_late() {
        Reads reads = events().with("cursor_lag", "10m").with("lag_rows", 10);
        database.run("INSERT INTO events (note, at) VALUES ('hour', now(6) - INTERVAL 1 HOUR),"
                + " ('year', now(6) + INTERVAL 1 YEAR)");
        SourceReading first = reads.all();
        add("now");

        assertThat(notes(first)).containsExactly("hour");
        assertThat(notes(reads.after(first.progress()))).containsExactly("now");
        assertThat(warnings(reads)).anyMatch(warning -> warning.contains("in the future"));
    }

    private static List<String> warnings(Reads reads) {
        return warnings(reads, GenerationView.EMPTY);
    }

    private static List<String> warnings(Reads reads, GenerationView progress) {
        try (Source source = reads.open();
                Planner planner = source.plan(new ReadRequest(
                        reads.id(), SyncMode.INCREMENTAL, progress, StreamState.EMPTY, Optional.empty()))) {
            return planner.warnings();
        }
    }
}
