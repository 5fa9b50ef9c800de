package dev.wisent.connectors.sql.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Source;
import dev.wisent.testkit.connector.SourceReading;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    @ParameterizedTest
    @EnumSource
    void a_table_that_changes_while_it_is_read(Drift drift) throws SQLException {
        List<String> rows =
                new ArrayList<>(List.of("CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, note VARCHAR(20))"));
        IntStream.rangeClosed(1, ROWS)
                .forEach(i -> rows.add("INSERT INTO t VALUES (" + i + ", " + i + ", 'v" + i + "')"));
        run(rows.toArray(String[]::new));

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
