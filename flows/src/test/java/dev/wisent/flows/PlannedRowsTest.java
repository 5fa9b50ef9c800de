package dev.wisent.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.mysql.MariaDbServer;
import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.testkit.ChildCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// About how many rows a run would read, as `plan` says it.
class PlannedRowsTest {
    private static final long ROWS = 5_000;
    private static final long NEW_ROWS = 400;

    @TempDir
    Path folder;

    private void pipeline(String source, String mode) throws IOException {
        Files.writeString(folder.resolve("pipeline.yml"), text(source, "orders", mode));
    }

    private String text(String source, String stream, String mode) {
        return """
                name: %s
                source: {%s, stream: %s, %s}
                destination: {name: file, config: {path: "%s/", format: ndjson}}
                """.formatted(name(mode), source, stream, mode, folder.resolve(name(mode)));
    }

    private static String name(String mode) {
        return mode.contains("incremental") ? "new" : "all";
    }

    private JsonNode wisent(String command) {
        return new ChildCommand(folder, List.of(command, "pipeline.yml", "--json"), List.of(), OptionalLong.empty())
                .here()
                .exits(0)
                .json();
    }

    private long planned() {
        return wisent("plan").path("estimated_rows").longValue(-1);
    }

    /// The server's guess may be a good deal off.
    private static void assertAbout(long told, long rows) {
        assertThat(told).isBetween(rows / 2, rows * 2);
    }

    private static final String INCREMENTAL = "sync_mode: incremental, cursor_field: id, primary_key: [id]";

    @Test
    void rows_of_postgresql_are_estimated_for_all_of_a_table_and_for_what_is_new() throws IOException {
        PostgresServer.Database postgres = PostgresServer.shared().database();
        String source = "name: postgres, host: localhost, port: %d, database: %s, username: postgres"
                .formatted(PostgresServer.shared().port(), postgres.name());
        postgres.run("CREATE TABLE orders (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note text)");
        postgres.run("INSERT INTO orders (note) SELECT 'grass' FROM generate_series(1, " + ROWS + ")");
        postgres.run("ANALYZE orders");

        pipeline(source, "sync_mode: full_refresh");
        assertAbout(planned(), ROWS);
        pipeline(source, INCREMENTAL);
        assertAbout(planned(), ROWS);
        wisent("run");
        assertThat(planned()).isZero();
        postgres.run("INSERT INTO orders (note) SELECT 'hay' FROM generate_series(1, " + NEW_ROWS + ")");
        postgres.run("ANALYZE orders");
        assertAbout(planned(), NEW_ROWS);
    }

    @Test
    void rows_of_mysql_are_estimated_for_all_of_a_table_and_for_what_is_new() throws IOException {
        MariaDbServer.Database mysql = MariaDbServer.shared().database();
        String user = mysql.server().user("pasture");
        mysql.run(
                "GRANT ALL ON " + mysql.name() + ".* TO " + user,
                "GRANT PROCESS ON *.* TO " + user,
                "CREATE TABLE orders (id int AUTO_INCREMENT PRIMARY KEY, note text)",
                "INSERT INTO orders (note) SELECT 'grass' FROM seq_1_to_" + ROWS,
                "ANALYZE TABLE orders");
        String source = "name: mysql, host: 127.0.0.1, port: %d, database: %s, username: %s, password: pasture"
                .formatted(mysql.server().port(), mysql.name(), user);

        pipeline(source, "sync_mode: full_refresh");
        assertAbout(planned(), ROWS);
        pipeline(source, INCREMENTAL);
        assertAbout(planned(), ROWS);
        wisent("run");
        assertThat(planned()).isZero();
        mysql.run("INSERT INTO orders (note) SELECT 'hay' FROM seq_1_to_" + NEW_ROWS, "ANALYZE TABLE orders");
        assertAbout(planned(), NEW_ROWS);
    }

    @Test
    void rows_that_jdbc_reads_out_of_postgresql_are_estimated() throws Exception {
        PostgresServer.Database postgres = PostgresServer.shared().database();
        postgres.run("CREATE TABLE orders (id int PRIMARY KEY, note text)");
        postgres.run("INSERT INTO orders SELECT i, 'grass' FROM generate_series(1, " + ROWS + ") AS i");
        postgres.run("ANALYZE orders");

        assertEstimated(
                org.postgresql.Driver.class,
                "public.orders",
                "url: 'jdbc:postgresql://localhost:%d/%s', username: postgres"
                        .formatted(PostgresServer.shared().port(), postgres.name()));
    }

    @Test
    void rows_that_jdbc_reads_out_of_mariadb_are_estimated() throws Exception {
        MariaDbServer.Database mysql = MariaDbServer.shared().database();
        String user = mysql.server().user("pasture");
        mysql.run(
                "GRANT ALL ON " + mysql.name() + ".* TO " + user,
                "CREATE TABLE orders (id int PRIMARY KEY, note text)",
                "INSERT INTO orders SELECT seq, 'grass' FROM seq_1_to_" + ROWS,
                "ANALYZE TABLE orders");

        assertEstimated(
                org.mariadb.jdbc.Driver.class,
                "orders",
                "url: 'jdbc:mariadb://127.0.0.1:%d/%s', username: %s, password: pasture"
                        .formatted(mysql.server().port(), mysql.name(), user));
    }

    /// By what the driver says of the table's indexes, until a run has read some: of what is new it says nothing.
    private void assertEstimated(Class<?> driver, String stream, String server) throws Exception {
        Path jar = Path.of(
                driver.getProtectionDomain().getCodeSource().getLocation().toURI());
        for (String mode : List.of("sync_mode: full_refresh", INCREMENTAL + ", cursor_lag: 0")) {
            Files.writeString(
                    folder.resolve("pipeline.yml"),
                    text("name: jdbc, " + server, stream, mode) + "plugins: [\"" + jar + "\"]\n");
            assertAbout(planned(), ROWS);
        }
        wisent("run");
        assertThat(planned()).isEqualTo(-1);
    }

    /// The server explains no query over a view whose tables the asking user may not see.
    @Test
    void a_view_of_mysql_whose_tables_are_hidden_is_read_and_not_estimated() throws IOException {
        MariaDbServer.Database mysql = MariaDbServer.shared().database();
        String user = mysql.server().user("pasture");
        mysql.run(
                "CREATE TABLE hidden (id int PRIMARY KEY, note text)",
                "INSERT INTO hidden SELECT seq, 'grass' FROM seq_1_to_10",
                "CREATE VIEW orders AS SELECT id, note FROM hidden",
                "GRANT SELECT ON " + mysql.name() + ".orders TO " + user,
                "GRANT PROCESS ON *.* TO " + user);
        pipeline(
                "name: mysql, host: 127.0.0.1, port: %d, database: %s, username: %s, password: pasture"
                        .formatted(mysql.server().port(), mysql.name(), user),
                INCREMENTAL + ", cursor_lag: 0");

        assertThat(wisent("plan").path("estimated_rows").isNumber()).isFalse();
        assertThat(wisent("run").at("/streams/0/records_processed").longValue(-1))
                .isEqualTo(10);
    }

    @Test
    void rows_of_a_duckdb_file_are_estimated_before_the_first_run() throws Exception {
        try (Connection shop = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("shop.db"));
                Statement statement = shop.createStatement()) {
            statement.execute("CREATE TABLE orders AS SELECT range AS id FROM range(" + ROWS + ")");
        }
        String source = "name: duckdb, database: \"" + folder.resolve("shop.db") + "\"";

        pipeline(source, "sync_mode: full_refresh");
        assertAbout(planned(), ROWS);
        pipeline(source, INCREMENTAL);
        assertAbout(planned(), ROWS);
    }
}
