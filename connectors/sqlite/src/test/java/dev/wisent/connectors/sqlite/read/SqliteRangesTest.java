package dev.wisent.connectors.sqlite.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.Position;
import dev.wisent.api.StreamState;
import dev.wisent.api.source.Source;
import dev.wisent.connectors.sql.read.RangesContract;
import dev.wisent.connectors.sql.read.ReadDatabase;
import dev.wisent.connectors.sqlite.SqliteFile;
import dev.wisent.connectors.sqlite.SqliteReader;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteRangesTest extends RangesContract {
    @TempDir
    Path folder;

    @Override
    protected ReadDatabase database() {
        return new SqliteTables(new SqliteFile(folder.resolve("shop.db"), SqliteFile.Access.READ_ONLY));
    }

    @Override
    protected void run(String... statements) throws SQLException {
        new SqliteReader(folder.resolve("shop.db")).run(statements);
    }

    @Override
    protected boolean isEven() {
        return true;
    }

    @Test
    void what_is_read_by_rowids_is_begun_anew_once_they_may_be_those_of_other_rows() throws SQLException {
        run(
                "CREATE TABLE t (id BIGINT, n INTEGER)",
                values(List.of(1L, 2L, 3L, 4L, 5L, 6L)),
                "DELETE FROM t WHERE id = 2");
        StreamState state;
        try (Source source = source(Optional.of(3L))) {
            state = opening(source);
        }
        run("VACUUM");

        assertBegunAnew(state, new Position(1, "[\"1\"]"), Optional.of(3L));
    }

    @Test
    void a_key_that_is_the_rowid_stays_with_its_rows() throws SQLException {
        run("CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER)", values(List.of(1L, 2L, 3L, 4L)));
        StreamState state;
        try (Source source = source(Optional.of(3L))) {
            state = opening(source);
        }
        run("VACUUM");

        try (Source source = source(Optional.of(3L))) {
            assertThat(opening(source)).isEqualTo(state);
        }
    }
}
