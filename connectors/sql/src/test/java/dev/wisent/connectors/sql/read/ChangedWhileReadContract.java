package dev.wisent.connectors.sql.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.Position;
import dev.wisent.api.StreamId;
import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.ReaderContext;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SplitReader;
import dev.wisent.testkit.connector.SourceReading;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A table that is changed between two of the statements that read it: docs/reference/schema-changes.md, "While it is read".
public abstract class ChangedWhileReadContract {
    private static final int ROWS = 2_500;
    private static final int OF_A_STATEMENT = 1_000;

    /// What somebody else does to table `t`.
    protected enum Drift {
        COLUMN_ADDED,
        COLUMN_DROPPED,
        COLUMN_RENAMED,
        /// An integer to a wider one.
        TYPE_WIDENED,
        /// An integer to what holds fractions.
        TYPE_TO_FRACTIONS,
        /// An integer to texts.
        TYPE_TO_TEXT,
        COLUMNS_REORDERED,
        TABLE_MADE_ANEW,
        TABLE_EMPTIED,
        TABLE_DROPPED
    }

    protected abstract ReadDatabase database();

    /// Statements of somebody else.
    protected abstract void run(String... statements) throws SQLException;

    /// The stream of table `t`.
    protected String stream() {
        return "t";
    }

    /// The statements of a drift.
    protected List<String> statements(Drift drift) {
        return switch (drift) {
            case COLUMN_ADDED -> List.of("ALTER TABLE t ADD COLUMN more INTEGER");
            case COLUMN_DROPPED -> List.of("ALTER TABLE t DROP COLUMN note");
            case COLUMN_RENAMED -> List.of("ALTER TABLE t RENAME COLUMN note TO remark");
            case TYPE_WIDENED ->
                anew("id INTEGER PRIMARY KEY, n BIGINT, note VARCHAR(20)", "id, n + 1099511627776, note");
            case TYPE_TO_FRACTIONS -> anew("id INTEGER PRIMARY KEY, n REAL, note VARCHAR(20)", "id, n + 0.5, note");
            case TYPE_TO_TEXT -> anew("id INTEGER PRIMARY KEY, n VARCHAR(20), note VARCHAR(20)", "id, 'x', note");
            case COLUMNS_REORDERED -> anew("note VARCHAR(20), n INTEGER, id INTEGER PRIMARY KEY", "note, n, id");
            case TABLE_MADE_ANEW -> anew("id INTEGER PRIMARY KEY, n INTEGER, note VARCHAR(20)", "id, n, note");
            case TABLE_EMPTIED -> List.of("DELETE FROM t");
            case TABLE_DROPPED -> List.of("DROP TABLE t");
        };
    }

    private static List<String> anew(String columns, String values) {
        return List.of(
                "ALTER TABLE t RENAME TO old_t",
                "CREATE TABLE t (" + columns + ")",
                "INSERT INTO t SELECT " + values + " FROM old_t",
                "DROP TABLE old_t");
    }

    /// Whether the run that reads stops.
    protected boolean stops(Drift drift) {
        return switch (drift) {
            case COLUMN_DROPPED, COLUMN_RENAMED, TYPE_WIDENED, TYPE_TO_FRACTIONS, TYPE_TO_TEXT, TABLE_DROPPED -> true;
            case COLUMN_ADDED, COLUMNS_REORDERED, TABLE_MADE_ANEW, TABLE_EMPTIED -> false;
        };
    }

    private void fill() throws SQLException {
        run(
                "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, note VARCHAR(20))",
                IntStream.rangeClosed(1, ROWS)
                        .mapToObj(i -> "(" + i + ", " + i + ", 'v" + i + "')")
                        .collect(Collectors.joining(", ", "INSERT INTO t VALUES ", "")));
    }

    @ParameterizedTest
    @EnumSource
    void a_table_that_changes_while_it_is_read(Drift drift) throws SQLException {
        fill();

        if (stops(drift)) {
            assertThatThrownBy(() -> read(drift)).isInstanceOf(WisentException.class);
            return;
        }
        List<String> read = read(drift);
        assertThat(read).hasSize(drift == Drift.TABLE_EMPTIED ? OF_A_STATEMENT : ROWS);
        for (int i = 1; i <= read.size(); i++) {
            assertThat(read.get(i - 1).replaceAll("[^0-9,]", "")).isEqualTo(expected(drift, i));
        }
    }

    /// The digits of a row.
    private String expected(Drift drift, int row) {
        long widened = drift == Drift.TYPE_WIDENED && row > OF_A_STATEMENT ? 1L << 40 : 0;
        return row + "," + (row + widened) + "," + row;
    }

    /// To open a database of thousands of tables may take longer than to look at one of them.
    @Test
    void all_tables_are_found_through_one_connection() throws SQLException {
        run("CREATE TABLE t (id INTEGER PRIMARY KEY)", "CREATE TABLE u (id INTEGER PRIMARY KEY)");
        Interrupted database = new Interrupted(database(), OF_A_STATEMENT, () -> {});

        try (Source source = new TableSource(
                database, new ReadOptions(new StreamId(stream()), Optional.empty(), Optional.empty(), List.of()))) {
            assertThat(source.streams()).hasSize(2);
        }
        assertThat(database.connections()).isEqualTo(1);
    }

    /// Whether what was lost comes back is the driver's to know; here it is told so.
    private static final class Losing extends Interrupted {
        private final AtomicReference<Connection> connection;

        private Losing(ReadDatabase of, AtomicReference<Connection> connection) {
            super(of, OF_A_STATEMENT, () -> connection.get().close());
            this.connection = connection;
        }

        @Override
        public Connection connect() {
            connection.set(super.connect());
            return connection.get();
        }

        @Override
        public WisentException failure(SQLException cause, String what) {
            return WisentException.transientFailure(ErrorCode.SOURCE_CONNECTION, what, cause);
        }
    }

    @Test
    void a_connection_that_is_lost_between_statements_is_made_anew_and_reading_goes_on() throws SQLException {
        fill();
        StreamId stream = new StreamId(stream());
        boolean lost = false;
        long read = 0;
        try (Source source = new TableSource(
                        new Losing(database(), new AtomicReference<>()),
                        new ReadOptions(stream, Optional.empty(), Optional.empty(), List.of()));
                Planner planner = source.plan(new ReadRequest(
                        stream, SyncMode.FULL_REFRESH, GenerationView.EMPTY, StreamState.EMPTY, Optional.empty()));
                SplitReader reader = source.reader(new ReaderContext(stream))) {
            reader.add(((PlanPage.Splits) planner.next(Duration.ZERO)).splits().getFirst(), Position.START);
            for (int polls = 0; polls < 10; polls++) {
                try {
                    switch (reader.poll(Duration.ZERO)) {
                        case Fetched.Chunk chunk -> {
                            read = chunk.stand().orElseThrow().position().ordinal();
                            chunk.payload().release();
                        }
                        case Fetched.Ended ended -> polls = 10;
                        default -> assertThat(lost).as("nothing comes any more").isFalse();
                    }
                } catch (WisentException failure) {
                    assertThat(failure.isTransient()).isTrue();
                    lost = true;
                }
            }
        }

        assertThat(lost).isTrue();
        assertThat(read).isEqualTo(ROWS);
    }

    private List<String> read(Drift drift) {
        StreamId stream = new StreamId(stream());
        ReadDatabase interrupted = new Interrupted(
                database(), OF_A_STATEMENT, () -> run(statements(drift).toArray(String[]::new)));
        try (Source source =
                new TableSource(interrupted, new ReadOptions(stream, Optional.empty(), Optional.empty(), List.of()))) {
            return SourceReading.all(source, stream, SyncMode.FULL_REFRESH).rows();
        }
    }
}
