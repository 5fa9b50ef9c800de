package dev.wisent.connectors.sqlite.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.sql.Reads;
import dev.wisent.connectors.sql.cursor.TableLagContract;
import dev.wisent.connectors.sqlite.SqliteReader;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteCursorLagTest extends TableLagContract {
    @TempDir
    Path folder;

    private SqliteReader database;

    @BeforeEach
    void make() {
        database = new SqliteReader(folder.resolve("shop.db"));
    }

    @Override
    protected void run(String statement) {
        try {
            database.run(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected Reads reads(String stream) {
        return Reads.of(
                new SqliteSourceFactory(),
                stream,
                Map.of("database", database.file().toString()));
    }

    @Override
    protected Reads untold(Reads reads) {
        return reads;
    }

    @Override
    protected String timeType() {
        return "text";
    }

    @Test
    void who_asks_before_a_run_learns_of_cursors_that_writers_bring() {
        run("CREATE TABLE own (id INTEGER PRIMARY KEY, seen_at TEXT, stamped TEXT DEFAULT CURRENT_TIMESTAMP)");
        run("CREATE VIEW seen AS SELECT * FROM own");
        Reads own = reads("own").by("seen_at");

        assertThat(own.open().unknownFrontier(own.id()))
                .hasValueSatisfying(why -> assertThat(why).contains("no default and no trigger gives 'seen_at'"));
        assertThat(own.with("cursor_lag", "10m").open().unknownFrontier(own.id()))
                .isEmpty();
        assertThat(own.by("stamped").open().unknownFrontier(own.id())).isEmpty();
        assertThat(own.by("id").open().unknownFrontier(own.id())).isEmpty();
        assertThat(reads("seen")
                        .by("seen_at")
                        .open()
                        .unknownFrontier(reads("seen").id()))
                .as("a view")
                .isEmpty();
        run("CREATE TRIGGER stamp AFTER INSERT ON own BEGIN UPDATE own SET seen_at = 'now' WHERE id = NEW.id; END");
        assertThat(own.open().unknownFrontier(own.id())).as("a trigger may").isEmpty();
    }
}
