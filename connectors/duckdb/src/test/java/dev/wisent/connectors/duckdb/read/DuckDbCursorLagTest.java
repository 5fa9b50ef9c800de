package dev.wisent.connectors.duckdb.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.duckdb.Db;
import dev.wisent.connectors.sql.Reads;
import dev.wisent.connectors.sql.cursor.TableLagContract;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbCursorLagTest extends TableLagContract {
    @TempDir
    Path folder;

    private Db database;

    @BeforeEach
    void make() {
        database = new Db(folder.resolve("shop.db"));
    }

    @Override
    protected void run(String statement) {
        try {
            database.run(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Statements of a megabyte take DuckDB seconds.
    @Override
    protected void add(int first, int count, int second, int bytes) {
        run(
                "INSERT INTO events SELECT %d + i, TIMESTAMP '2026-11-20 10:00:00' + to_microseconds(%d + i), repeat('x', %d)"
                                .formatted(first, second * 1_000_000L, bytes)
                        + " FROM range(" + count + ") AS t(i)");
    }

    @Override
    protected Reads reads(String stream) {
        return Reads.of(
                new DuckDbSourceFactory(),
                stream,
                Map.of("database", database.file().toString(), "access", "read_write"));
    }

    @Override
    protected Reads untold(Reads reads) {
        return reads;
    }

    @Override
    protected String timeType() {
        return "timestamp";
    }

    @Test
    void who_asks_before_a_run_learns_of_cursors_that_writers_bring() {
        run("CREATE SEQUENCE ids");
        run(
                "CREATE TABLE own (id BIGINT DEFAULT nextval('ids') PRIMARY KEY, seen_at TIMESTAMP, stamped TIMESTAMP DEFAULT now())");
        run("CREATE VIEW seen AS SELECT * FROM own");
        Reads own = reads("own").with("access", "read_only").by("seen_at");

        assertThat(reads("own").by("id").open().unknownFrontier(own.id()))
                .hasValueSatisfying(
                        why -> assertThat(why).contains("this process may write the file while it is read"));
        assertThat(own.open().unknownFrontier(own.id()))
                .hasValueSatisfying(why -> assertThat(why).contains("no default and no trigger gives 'seen_at'"));
        assertThat(own.with("cursor_lag", "10m").open().unknownFrontier(own.id()))
                .isEmpty();
        assertThat(own.by("stamped").open().unknownFrontier(own.id())).isEmpty();
        assertThat(own.by("id").open().unknownFrontier(own.id())).isEmpty();
        assertThat(reads("seen")
                        .with("access", "read_only")
                        .by("seen_at")
                        .open()
                        .unknownFrontier(reads("seen").id()))
                .as("a view")
                .isEmpty();
    }
}
