package dev.wisent.connectors.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What tempts a loader to fail, or to fail without saying why.
class HardCasesTest {
    private static final PostgresServer.Database DATABASE = Pipeline.DATABASE;
    private static final int MOST_COLUMNS = 1_600;
    private static final int LONG_TEXT = 16 << 20;

    @TempDir
    Path folder;

    private ChildCommand loading(Pipeline pipeline, String ndjson) {
        Pipeline.write(folder.resolve("in/a.ndjson"), ndjson);
        return pipeline.of("name: files, stream: events, path: \"" + folder + "/in/*.ndjson\"", "");
    }

    @Test
    void as_many_columns_as_a_table_can_have_and_a_value_of_16_mb() {
        Pipeline pipeline = new Pipeline(folder);
        String columns = IntStream.range(1, MOST_COLUMNS)
                .mapToObj(i -> "\"c" + i + "\":" + (i % 2 == 0))
                .collect(Collectors.joining(",", "{", ",\"text\":\"" + "x".repeat(LONG_TEXT) + "\"}\n"));
        loading(pipeline, columns).here().exits(0);

        assertThat(DATABASE.ask("SELECT length(text) FROM " + pipeline.table() + " WHERE c2 AND NOT c1599"))
                .isEqualTo(Integer.toString(LONG_TEXT));
    }

    @Test
    void one_column_too_many_is_told() {
        Pipeline pipeline = new Pipeline(folder);
        String columns = IntStream.rangeClosed(0, MOST_COLUMNS)
                .mapToObj(i -> "\"c" + i + "\":true")
                .collect(Collectors.joining(",", "{", "}\n"));

        ChildResult refused = loading(pipeline, columns).here().exits(1);

        assertThat(refused.errorCode()).isEqualTo("W4002");
        assertThat(refused.out()).contains("1600 columns", "54011");
    }

    @Test
    void the_zones_of_machine_and_server_change_no_time() {
        Pipeline pipeline = new Pipeline(folder);
        loading(pipeline, "{\"at\":\"2026-03-29T01:30:00Z\",\"day\":\"2026-03-29\"}\n")
                .withJvm("-Duser.timezone=America/St_Johns")
                .result()
                .exits(0);

        assertThat(DATABASE.ask("SELECT at AT TIME ZONE 'UTC' || ' ' || day FROM " + pipeline.table()))
                .isEqualTo("2026-03-29 01:30:00 2026-03-29");
    }

    @Test
    void a_text_with_the_character_zero_is_refused_with_its_place_and_what_to_do() {
        Pipeline pipeline = new Pipeline(folder);
        ChildResult refused =
                loading(pipeline, "{\"id\":1,\"v\":\"a\\u0000b\"}\n").here().exits(1);

        assertThat(refused.errorCode()).isEqualTo("W4002");
        assertThat(refused.out()).contains("U+0000", "column v");
    }

    @Test
    void rows_that_a_constraint_of_the_table_refuses_are_told_and_not_one_is_in() {
        Pipeline pipeline = new Pipeline(folder);
        DATABASE.run("CREATE SCHEMA " + pipeline.schema + "; CREATE TABLE " + pipeline.table()
                + " (id bigint PRIMARY KEY, v text)");
        ChildResult refused = loading(pipeline, "{\"id\":1,\"v\":\"a\"}\n{\"id\":1,\"v\":\"b\"}\n")
                .here()
                .exits(1);

        assertThat(refused.errorCode()).isEqualTo("W4002");
        assertThat(refused.out()).contains("duplicate key", "23505");
        assertThat(pipeline.rows()).isZero();
    }

    @Test
    void a_column_of_another_type_is_refused_by_name() {
        Pipeline pipeline = new Pipeline(folder);
        DATABASE.run("CREATE SCHEMA " + pipeline.schema + "; CREATE TABLE " + pipeline.table() + " (id date)");
        ChildResult refused = loading(pipeline, "{\"id\":1}\n").here().exits(1);

        assertThat(refused.errorCode()).isEqualTo("W4008");
        assertThat(refused.out()).contains("column 'id' is of type date");
    }

    @Test
    void a_refresh_does_not_replace_rows_that_somebody_else_wrote() {
        Pipeline pipeline = new Pipeline(folder);
        DATABASE.run("CREATE SCHEMA " + pipeline.schema + "; CREATE TABLE " + pipeline.table()
                + " AS SELECT 7::bigint AS id");
        ChildResult refused = pipeline.of("name: generator, stream: orders, rows: 100, page_size: 100", "")
                .here()
                .exits(5);

        assertThat(refused.errorCode()).isEqualTo("W4007");
        assertThat(DATABASE.ask("SELECT id FROM " + pipeline.table())).isEqualTo("7");
    }

    @Test
    void a_password_of_any_characters_lets_in_and_is_told_nowhere() {
        Pipeline pipeline = new Pipeline(folder);
        String password = "p@ss/w:rd%25#?";
        String role = PostgresServer.name();
        Pipeline.SERVER.role(role, password);
        DATABASE.run("CREATE SCHEMA " + pipeline.schema + " AUTHORIZATION " + role);
        ChildResult done = pipeline.as(role, password)
                .of("name: generator, stream: orders, rows: 100, page_size: 100", "")
                .here()
                .exits(0);

        assertThat(pipeline.rows()).isEqualTo(100);
        assertThat(done.out() + done.err()).doesNotContain(password);
    }
}
