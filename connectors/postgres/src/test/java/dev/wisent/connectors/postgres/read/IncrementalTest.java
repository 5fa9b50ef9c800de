package dev.wisent.connectors.postgres.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Source;
import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.testkit.connector.SourceReading;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Windows of a cursor: what is new, what is held back, and what is refused because it can't be known.
class IncrementalTest {
    private final PostgresServer.Database database = PostgresServer.shared().database();

    private Reads events() {
        database.run("""
                CREATE TABLE events (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note text,
                                     at timestamptz NOT NULL DEFAULT now());
                CREATE INDEX ON events (at, id)""");
        return Reads.of(database, "events").by("at");
    }

    private void add(String... notes) {
        for (String note : notes) {
            database.run("INSERT INTO events (note) VALUES ('" + note + "')");
        }
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
        SourceReading first = reads.all();
        add("c");
        SourceReading second = reads.after(first.progress());
        SourceReading third = reads.after(second.progress());
        add("d");

        assertThat(notes(first)).containsExactlyInAnyOrder("a", "b");
        assertThat(notes(second)).containsExactly("c");
        assertThat(notes(third)).isEmpty();
        assertThat(third.planned()).as("no window for nothing").isEmpty();
        assertThat(notes(reads.after(third.progress()))).containsExactly("d");
    }

    @Test
    void a_row_that_is_committed_late_is_read_by_the_run_after_its_commit() throws SQLException {
        Reads reads = events();
        add("a");
        try (Connection late = database.connect();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute("INSERT INTO events (note) VALUES ('late')");
            add("later");
            SourceReading first = reads.all();
            late.commit();
            SourceReading second = reads.after(first.progress());

            assertThat(notes(first)).containsExactly("a");
            assertThat(notes(second)).containsExactly("late", "later");
        }
    }

    @Test
    void numbers_of_a_sequence_are_read_when_all_that_drew_them_have_ended() throws Exception {
        Reads reads = new Reads(events().database(), "events", java.util.Map.of(), Optional.of("id"), List.of());
        add("a");
        try (Connection late = database.connect();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute("INSERT INTO events (note) VALUES ('late')");
            add("later");
            // the run waits for the transaction, which it must have seen
            Thread commits = Thread.ofVirtual().start(() -> {
                try {
                    Awaitility.await().until(this::someoneLookedAtTransactions);
                    late.commit();
                } catch (SQLException failed) {
                    throw new AssertionError(failed);
                }
            });
            SourceReading first = reads.all();
            commits.join();

            assertThat(notes(first)).containsExactly("a", "late", "later");
        }
    }

    private boolean someoneLookedAtTransactions() throws SQLException {
        return !database.ask("SELECT count(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                        + " AND datname = current_database() AND query LIKE '%pg_prepared_xacts%'")
                .equals("0");
    }

    @Test
    void a_prepared_transaction_holds_back_what_it_wrote_and_says_so() throws SQLException {
        Reads reads = events();
        database.run("CREATE TABLE other (id int)");
        add("a");
        prepare("INSERT INTO other VALUES (1)", "elsewhere");
        SourceReading first = reads.all();
        prepare("INSERT INTO events (note) VALUES ('prepared')", "here");
        add("b");
        SourceReading held = reads.after(first.progress());
        List<String> warnings = warnings(reads);
        database.run("COMMIT PREPARED 'here'");
        SourceReading second = reads.after(held.progress());
        database.run("ROLLBACK PREPARED 'elsewhere'");

        assertThat(notes(first)).containsExactly("a");
        assertThat(notes(held)).isEmpty();
        assertThat(warnings).anyMatch(warning -> warning.contains("here") && !warning.contains("elsewhere"));
        assertThat(notes(second)).containsExactly("prepared", "b");
    }

    private void prepare(String sql, String name) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            statement.execute(sql);
            statement.execute("PREPARE TRANSACTION '" + name + "'");
        }
    }

    @Test
    void a_user_who_can_not_see_other_sessions_is_refused_and_told_what_to_grant() {
        Reads reads = events();
        String user = PostgresServer.name();
        PostgresServer.shared().role(user, "secret");
        database.run("GRANT SELECT ON events TO " + user);
        Reads theirs = reads.with("username", user).with("password", "secret");

        assertThatThrownBy(() -> theirs.open().check())
                .isInstanceOfSatisfying(
                        WisentException.class,
                        failure -> assertThat(failure.hint()).contains("GRANT pg_read_all_stats"));
        theirs.with("frontier", "none").open().check();
        database.run("GRANT pg_read_all_stats TO " + user);
        theirs.open().check();
    }

    @Test
    void a_cursor_that_does_not_tell_when_it_was_given_is_refused_unless_nobody_minds() {
        events();
        database.run("ALTER TABLE events ADD price numeric(9,2), ADD day date, ADD wall timestamp");
        Reads reads = Reads.of(database, "events");

        assertThatThrownBy(() -> reads.by("price").open().check()).hasMessageContaining("say nothing of when");
        assertThatThrownBy(() -> reads.by("wall").open().check()).hasMessageContaining("has no zone");
        assertThatThrownBy(() -> reads.by("day").open().check()).hasMessageContaining("has no zone");
        reads.by("wall").with("cursor_zone", "UTC").open().check();
        reads.by("price").with("frontier", "none").open().check();
        assertThat(warnings(reads.by("price").with("frontier", "none")))
                .anyMatch(warning -> warning.contains("are lost"));
    }

    @Test
    void a_wall_clock_of_a_zone_with_summer_time_is_refused() {
        events();

        assertThatThrownBy(() -> Reads.of(database, "events")
                        .by("at")
                        .with("cursor_zone", "Europe/Vienna")
                        .open())
                .hasMessageContaining("UTC or an offset");
    }

    @Test
    void a_wall_clock_is_read_below_the_frontier_of_its_zone() {
        database.run("""
                CREATE TABLE walls (id int PRIMARY KEY, note text,
                                    at timestamp NOT NULL DEFAULT (now() AT TIME ZONE '+05:45'))""");
        Reads reads = Reads.of(database, "walls").by("at").with("cursor_zone", "-05:45");
        database.run("INSERT INTO walls (id, note) VALUES (1, 'a')");

        SourceReading first = reads.all();
        database.run("INSERT INTO walls (id, note) VALUES (2, 'b')");

        assertThat(notes(first)).containsExactly("a");
        assertThat(notes(reads.after(first.progress()))).containsExactly("b");
        assertThat(warnings(reads)).anyMatch(warning -> warning.contains("CREATE INDEX"));
    }

    @Test
    void a_cursor_that_is_rounded_is_read_below_what_it_may_be_rounded_to() {
        database.run("CREATE TABLE r (id int, at timestamptz(0) NOT NULL DEFAULT now())");
        Reads reads = Reads.of(database, "r").by("at");
        String second = "1970-01-01 00:00:12.4+00";

        CursorColumn column = PostgresSource.ask(
                options(reads),
                connection -> CursorColumn.of(connection, Relation.find(connection, options(reads)), options(reads)));

        assertThat(column.valueAt(12_400_000, options(reads)))
                .as("what begins at %s may be rounded to second 12", second)
                .isEqualTo("1970-01-01 00:00:11.9+00");
    }

    private static ReadOptions options(Reads reads) {
        return new ReadOptions(
                reads.database().address(),
                reads.id(),
                Optional.of(SyncMode.INCREMENTAL),
                Optional.empty(),
                reads.cursor(),
                List.of(),
                List.of(),
                Optional.empty(),
                ReadOptions.Reading.CHUNKS,
                ReadOptions.Frontier.OPEN_TRANSACTIONS,
                Optional.empty(),
                1 << 20);
    }

    @Test
    void rows_without_a_cursor_are_named_in_a_warning() {
        database.run("CREATE TABLE n (id int PRIMARY KEY, note text, at timestamptz DEFAULT now());"
                + "INSERT INTO n VALUES (1, 'a', DEFAULT), (2, 'b', NULL)");
        Reads reads = Reads.of(database, "n").by("at");

        assertThat(notes(reads.all())).containsExactly("a");
        assertThat(warnings(reads)).anyMatch(warning -> warning.contains("without a value in 'at'"));
    }

    private static List<String> warnings(Reads reads) {
        try (Source source = reads.open();
                Planner planner = source.plan(new ReadRequest(
                        reads.id(), SyncMode.INCREMENTAL, GenerationView.EMPTY, StreamState.EMPTY, Optional.empty()))) {
            return planner.warnings();
        }
    }
}
