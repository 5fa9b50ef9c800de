package dev.wisent.connectors.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.testkit.ChildCommand;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a table's columns say of themselves, from one table to another.
class NotesTest {
    private static final PostgresServer.Database DATABASE = Pipeline.DATABASE;

    @TempDir
    Path folder;

    @Test
    void comments_and_constants_of_a_table_come_along_and_expressions_are_named() {
        Pipeline pipeline = new Pipeline(folder);
        String source = PostgresServer.name();
        DATABASE.run("CREATE SCHEMA " + source + "; CREATE TABLE " + source + ".t (id bigserial PRIMARY KEY,"
                + " state text DEFAULT 'it''s new', n integer DEFAULT -5, price numeric(9,2) DEFAULT 1.5,"
                + " open boolean DEFAULT true, day date DEFAULT '2026-01-31', at timestamptz DEFAULT now());"
                + " COMMENT ON COLUMN " + source + ".t.state IS 'how it''s going'");
        DATABASE.run("INSERT INTO " + source + ".t (id, state) VALUES (1, NULL), (2, 'old')");
        ChildCommand run = pipeline.of(
                "name: postgres, host: localhost, port: " + Pipeline.SERVER.port() + ", database: " + DATABASE.name()
                        + ", username: postgres, stream: " + source + ".t",
                "");
        ChildCommand plan =
                new ChildCommand(run.folder(), List.of("plan", "pipeline.yml"), run.jvmOptions(), run.largestFile());

        assertThat(plan.here().exits(0).out())
                .contains("COMMENT ON COLUMN", "how it''s going", "DEFAULT 'it''s new'")
                .contains("the default of 'at', now(), is an expression", "the default of 'id', nextval(");
        run.here().exits(0);
        DATABASE.run("INSERT INTO " + pipeline.table() + " (id) VALUES (3)");

        assertThat(DATABASE.list(
                        "SELECT concat_ws('|', id, coalesce(state, '-'), n, price, open, day, at IS NULL) FROM "
                                + pipeline.table() + " ORDER BY id"))
                .containsExactly(
                        "1|-|-5|1.50|t|2026-01-31|f",
                        "2|old|-5|1.50|t|2026-01-31|f",
                        "3|it's new|-5|1.50|t|2026-01-31|t");
        assertThat(DATABASE.ask("SELECT col_description('" + pipeline.table() + "'::regclass, 2)"))
                .isEqualTo("how it's going");
        run.here().exits(0);
        assertThat(DATABASE.ask("SELECT col_description('" + pipeline.table() + "'::regclass, 2)"))
                .isEqualTo("how it's going");
        assertThat(pipeline.rows()).isEqualTo(2);
    }
}
