package dev.wisent.connectors.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.sql.LimitsContract;
import dev.wisent.connectors.sql.TestDatabase;
import dev.wisent.testkit.ChildResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbLimitsTest extends LimitsContract {
    @TempDir
    Path databases;

    @Override
    protected TestDatabase from() {
        return new Db(databases.resolve("from.duckdb"));
    }

    @Override
    protected TestDatabase to() {
        return new Db(databases.resolve("to.duckdb"));
    }

    @Override
    protected String source() {
        return "name: duckdb, database: \"" + databases.resolve("from.duckdb") + "\"";
    }

    @Override
    protected String destination() {
        return "name: duckdb, config: {database: \"" + databases.resolve("to.duckdb") + "\"";
    }

    /// DuckDB has no limit; as many as PostgreSQL.
    @Override
    protected int mostColumns() {
        return 1_600;
    }

    @Override
    protected String text(int row, int length) {
        return "repeat(md5(" + row + "::VARCHAR), " + length / 32 + ")";
    }

    /// DuckDB's driver hands over 2,048 rows at once, and makes texts of all of them.
    @Override
    protected int manyLongValues() {
        return 6;
    }

    @Tag("soak")
    @Test
    void more_long_values_than_the_heap_holds_are_told_with_the_way_out() throws Exception {
        longs(40);

        ChildResult refused = moving(List.of("longs"), 1)
                .with("--json")
                .withJvm("-Xmx256m")
                .start()
                .await(SOAK)
                .exits(1);

        assertThat(refused.errorCode()).isEqualTo("W5010");
        assertThat(refused.out()).contains("2,048 rows at once");
    }
}
