package dev.wisent.connectors.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs into a real server, from the command line.
class LoadTest {
    private static final PostgresServer.Database DATABASE = Pipeline.DATABASE;
    private static final String INCREMENTAL = "name: generator, stream: orders, sync_mode: incremental, rows: ";
    private static final String FULL = "name: generator, stream: orders, rows: ";

    @TempDir
    Path folder;

    @Test
    void rows_of_the_generator_are_there_once_however_often_it_is_run() {
        Pipeline pipeline = new Pipeline(folder);
        ChildCommand run = pipeline.of(INCREMENTAL + "5000, page_size: 500", "");

        assertThat(run.here().exits(0).count("written")).isEqualTo(5000);
        assertThat(run.here().exits(0).count("written")).isZero();

        assertThat(pipeline.rows()).isEqualTo(5000);
    }

    @Test
    void files_become_a_table_and_a_file_with_a_new_column_adds_it() {
        Pipeline pipeline = new Pipeline(folder);
        ChildCommand run = pipeline.of("name: files, stream: events, path: \"" + folder + "/in/*.ndjson\"", "");
        Pipeline.write(folder.resolve("in/a.ndjson"), "{\"id\":1,\"v\":\"x\",\"tags\":[\"a\",\"b\"]}\n{\"id\":2}\n");
        run.here().exits(0);
        Pipeline.write(folder.resolve("in/b.ndjson"), "{\"id\":3,\"v\":\"y\",\"price\":1.25,\"at\":{\"x\":1}}\n");
        run.here().exits(0);

        assertThat(DATABASE.list("SELECT id || ' ' || coalesce(v, '-') || ' ' || coalesce(tags::text, '-') || ' '"
                        + " || coalesce(price::text, '-') || ' ' || coalesce(at::text, '-') FROM " + pipeline.table()
                        + " ORDER BY id"))
                .containsExactly("1 x {a,b} - -", "2 - - - -", "3 y - 1.25 {\"x\": 1}");
    }

    @Test
    void a_schemaless_stream_is_written_in_the_envelope() {
        Pipeline pipeline = new Pipeline(folder);
        pipeline.of("name: dummy, stream: creatures", "").here().exits(0);

        assertThat(DATABASE.ask("SELECT count(*) FROM " + pipeline.table() + " WHERE source_data->>'name' IS NOT NULL"))
                .isNotEqualTo("0");
        assertThat(DATABASE.ask("SELECT pg_typeof(source_data) FROM " + pipeline.table() + " LIMIT 1"))
                .isEqualTo("jsonb");
    }

    @Test
    void declared_columns_are_written_and_what_does_not_fit_is_a_reject() {
        Pipeline pipeline = new Pipeline(folder);
        Pipeline.write(folder.resolve("in/a.ndjson"), """
                {"id":1,"price":12.5,"tags":["a","b"],"at":"2026-11-21T10:00:00Z","other":{"x":1}}
                {"id":2,"price":"much"}
                {"price":1}
                {"id":3}
                """);
        ChildResult run = pipeline.of("name: files, stream: events, path: \"" + folder + "/in/*.ndjson\"", """
                , unnest: true, record_schemas: [{destination_id: orders, record_schema: [
                {name: id, type: int64, mode: required}, {name: price, type: "decimal(10,2)"},
                {name: tags, type: string, mode: repeated}, {name: at, type: timestamp}]}]""")
                .here()
                .exits(0);

        assertThat(run.count("written") + " " + run.count("rejected")).isEqualTo("2 2");
        assertThat(DATABASE.list("SELECT concat_ws('|', id, price, tags, at AT TIME ZONE 'UTC') FROM "
                        + pipeline.table() + " ORDER BY id"))
                .containsExactly("1|12.50|{a,b}|2026-11-21 10:00:00", "3");
        assertThat(DATABASE.list("SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = '"
                        + pipeline.table() + "'::regclass AND attnum > 0 ORDER BY attnum"))
                .containsExactly("bigint", "numeric(10,2)", "text[]", "timestamp with time zone");
    }

    @Test
    void a_refresh_keeps_comments_and_rights_and_leaves_no_hidden_table() {
        Pipeline pipeline = new Pipeline(folder);
        ChildCommand run = pipeline.of(FULL + "1000, page_size: 100", "");
        run.here().exits(0);
        String reader = PostgresServer.name();
        DATABASE.run("CREATE ROLE " + reader + "; GRANT SELECT ON " + pipeline.table() + " TO " + reader
                + "; COMMENT ON TABLE " + pipeline.table() + " IS 'what was bought'; COMMENT ON COLUMN "
                + pipeline.table()
                + ".id IS 'it''s a number'");
        String before = DATABASE.ask("SELECT '" + pipeline.table() + "'::regclass::oid");

        run.here().exits(0);

        assertThat(pipeline.rows()).isEqualTo(1000);
        assertThat(DATABASE.ask("SELECT '" + pipeline.table() + "'::regclass::oid"))
                .isNotEqualTo(before);
        assertThat(DATABASE.ask("SELECT has_table_privilege('" + reader + "', '" + pipeline.table() + "', 'SELECT')"))
                .isEqualTo("t");
        assertThat(DATABASE.ask("SELECT obj_description('" + pipeline.table() + "'::regclass)"))
                .isEqualTo("what was bought");
        assertThat(DATABASE.ask("SELECT col_description('" + pipeline.table() + "'::regclass, attnum) FROM pg_attribute"
                        + " WHERE attrelid = '" + pipeline.table() + "'::regclass AND attname = 'id'"))
                .isEqualTo("it's a number");
        assertThat(pipeline.hidden()).isEqualTo("0");
    }

    @Test
    void a_refresh_of_a_table_with_views_and_indexes_replaces_its_rows_and_keeps_the_table() {
        Pipeline pipeline = new Pipeline(folder);
        pipeline.of(FULL + "1000, page_size: 100", "").here().exits(0);
        DATABASE.run("CREATE VIEW " + pipeline.schema + ".ids AS SELECT id FROM " + pipeline.table()
                + "; CREATE INDEX by_id ON " + pipeline.table() + " (id)");
        String before = DATABASE.ask("SELECT '" + pipeline.table() + "'::regclass::oid");

        pipeline.of(FULL + "700, page_size: 100", "").here().exits(0);

        assertThat(DATABASE.ask("SELECT count(*) FROM " + pipeline.schema + ".ids"))
                .isEqualTo("700");
        assertThat(DATABASE.ask("SELECT '" + pipeline.table() + "'::regclass::oid"))
                .isEqualTo(before);
        assertThat(pipeline.hidden()).isEqualTo("0");
        pipeline.of(FULL + "800, page_size: 100", "").here().exits(0);
        assertThat(DATABASE.ask("SELECT count(*) FROM " + pipeline.schema + ".ids"))
                .isEqualTo("800");
    }

    @Test
    void progress_is_recovered_from_the_database_alone() throws Exception {
        Pipeline pipeline = new Pipeline(folder);
        ChildCommand run = pipeline.of(INCREMENTAL + "2000, page_size: 200", "");
        run.here().exits(0);
        Path state = folder.resolve(".wisent");
        assertThat(state).exists();
        Files.move(state, folder.resolve("gone"));

        assertThat(run.here().exits(0).count("written")).isZero();
        assertThat(pipeline.rows()).isEqualTo(2000);
    }

    private static void stopsAndIsResetBy(Pipeline pipeline, String what) {
        ChildCommand run = pipeline.of(INCREMENTAL + "200, page_size: 100", "");
        ChildResult refused = run.here().exits(5);
        assertThat(refused.errorCode()).isEqualTo("W4007");
        assertThat(refused.out()).contains(what, "wisent stream reset");
        new ChildCommand(run.folder(), List.of("stream", "reset", "pipeline.yml"), run.jvmOptions(), run.largestFile())
                .here()
                .exits(0);
        run.here().exits(0);
        assertThat(pipeline.rows()).isEqualTo(200);
    }

    @Test
    void a_table_that_was_emptied_stops_the_run_and_a_reset_fills_it_again() {
        Pipeline pipeline = new Pipeline(folder);
        pipeline.of(INCREMENTAL + "100, page_size: 100", "").here().exits(0);
        DATABASE.run("TRUNCATE " + pipeline.table());
        stopsAndIsResetBy(pipeline, "was emptied");
    }

    @Test
    void a_table_that_was_dropped_stops_the_run_and_a_reset_makes_it_again() {
        Pipeline pipeline = new Pipeline(folder);
        pipeline.of(INCREMENTAL + "100, page_size: 100", "").here().exits(0);
        DATABASE.run("DROP TABLE " + pipeline.table());
        stopsAndIsResetBy(pipeline, "was dropped");
    }

    @Test
    void a_table_that_was_made_anew_stops_the_run_and_a_reset_fills_it() {
        Pipeline pipeline = new Pipeline(folder);
        pipeline.of(INCREMENTAL + "100, page_size: 100", "").here().exits(0);
        DATABASE.run("ALTER TABLE " + pipeline.table() + " RENAME TO elsewhere; CREATE TABLE " + pipeline.table()
                + " (LIKE " + pipeline.schema + ".elsewhere)");
        stopsAndIsResetBy(pipeline, "made anew");
    }

    @Test
    void a_table_rewritten_by_vacuum_full_is_still_the_same() {
        Pipeline pipeline = new Pipeline(folder);
        pipeline.of(INCREMENTAL + "100, page_size: 100", "").here().exits(0);
        DATABASE.run("VACUUM FULL " + pipeline.table());
        pipeline.of(INCREMENTAL + "200, page_size: 100", "").here().exits(0);
        assertThat(pipeline.rows()).isEqualTo(200);
    }
}
