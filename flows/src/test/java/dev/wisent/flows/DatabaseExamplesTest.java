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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pipelines of `examples/databases`, as they stand there but for where servers and files are.
class DatabaseExamplesTest {
    private static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();
    private static final String PASSWORD = "p@ss/w:rd%";

    @TempDir
    Path folder;

    private final PostgresServer.Database postgres = PostgresServer.shared().database();

    /// Each text must stand in the example.
    private void place(String name, Map<String, String> instead) throws IOException {
        String text = Files.readString(EXAMPLES.resolve("databases").resolve(name));
        for (Map.Entry<String, String> each : instead.entrySet()) {
            assertThat(text).contains(each.getKey());
            text = text.replace(each.getKey(), each.getValue());
        }
        Files.writeString(folder.resolve(name), text);
    }

    private void wisent(String command, String name) {
        new ChildCommand(folder, List.of(command, name), List.of(), OptionalLong.empty())
                .here()
                .exits(0);
    }

    private List<String> lines(String database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve(database));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> lines = new ArrayList<>();
            while (row.next()) {
                lines.add(row.getString(1));
            }
            return lines;
        }
    }

    @Test
    void a_csv_gets_into_sqlite_and_from_there_into_duckdb() throws Exception {
        String csv = EXAMPLES.resolve("data/orders.csv").toString();
        place("csv-to-sqlite.yml", Map.of("examples/data/orders.csv", csv, "out/", folder + "/"));
        place("sqlite-to-duckdb.yml", Map.of("out/", folder + "/"));
        String values = "id || ' ' || customer || ' ' || amount || ' ' || coalesce(note, '-')";

        wisent("run", "csv-to-sqlite.yml");
        wisent("check", "sqlite-to-duckdb.yml");
        wisent("run", "sqlite-to-duckdb.yml");
        wisent("run", "sqlite-to-duckdb.yml");
        wisent("validate", "sqlite-to-duckdb.yml");

        List<String> copied = lines("warehouse.duckdb", "SELECT " + values + " FROM shop.orders ORDER BY id");
        assertThat(copied).hasSize(7);
        assertThat(copied.get(1)).isEqualTo("2 Jansen, Piet 240.0 leave it at the \"green\" door");
    }

    @Test
    void what_changes_in_postgresql_gets_into_duckdb() throws Exception {
        String user = PostgresServer.name();
        PostgresServer.shared().role(user, PASSWORD);
        postgres.run("GRANT pg_read_all_stats TO " + user);
        postgres.run(
                "CREATE TABLE orders (id int PRIMARY KEY, item text, updated_at timestamptz NOT NULL DEFAULT now())");
        postgres.run("CREATE INDEX ON orders (updated_at)");
        postgres.run("GRANT SELECT ON orders TO " + user);
        postgres.run("INSERT INTO orders VALUES (1, 'pen'), (2, 'ink')");
        place(
                "postgres-to-duckdb.yml",
                Map.of(
                        "port: 5432",
                        "port: " + PostgresServer.shared().port(),
                        "database: shop",
                        "database: " + postgres.name(),
                        "username: app",
                        "username: " + user,
                        "env://DB_PASSWORD",
                        PASSWORD,
                        "database: warehouse.duckdb",
                        "database: " + folder + "/warehouse.duckdb"));
        wisent("check", "postgres-to-duckdb.yml");
        wisent("run", "postgres-to-duckdb.yml");
        postgres.run("UPDATE orders SET item = 'quill', updated_at = now() WHERE id = 1");
        postgres.run("INSERT INTO orders VALUES (3, 'paper')");

        wisent("run", "postgres-to-duckdb.yml");

        assertThat(lines("warehouse.duckdb", "SELECT id || ' ' || item FROM raw.orders ORDER BY id"))
                .containsExactly("1 quill", "2 ink", "3 paper");
    }

    @Test
    void the_tables_of_mysql_get_into_a_schema_of_postgresql() throws Exception {
        MariaDbServer.Database mysql = MariaDbServer.shared().database();
        String reader = mysql.server().user(PASSWORD);
        String loader = PostgresServer.name();
        PostgresServer.shared().role(loader, PASSWORD);
        postgres.run("GRANT CREATE ON DATABASE " + postgres.name() + " TO " + loader);
        mysql.run(
                "GRANT SELECT ON " + mysql.name() + ".* TO " + reader,
                "CREATE TABLE orders (id int PRIMARY KEY, item text)",
                "INSERT INTO orders VALUES (1, 'pen'), (2, 'ink')",
                "CREATE TABLE customers (id int PRIMARY KEY)",
                "INSERT INTO customers SELECT seq FROM seq_1_to_500");
        place(
                "mysql-to-postgres.yml",
                Map.of(
                        "host: localhost\n  port: 3306",
                        "host: 127.0.0.1\n  port: " + mysql.server().port(),
                        "database: shop",
                        "database: " + mysql.name(),
                        "username: app",
                        "username: " + reader,
                        "env://MYSQL_PASSWORD",
                        PASSWORD,
                        "port: 5432",
                        "port: " + PostgresServer.shared().port(),
                        "database: warehouse",
                        "database: " + postgres.name(),
                        "username: loader",
                        "username: " + loader,
                        "env://DB_PASSWORD",
                        PASSWORD));
        wisent("plan", "mysql-to-postgres.yml");
        wisent("run", "mysql-to-postgres.yml");
        wisent("run", "mysql-to-postgres.yml");
        wisent("validate", "mysql-to-postgres.yml");

        assertThat(postgres.list("SELECT id || ' ' || item FROM shop.orders ORDER BY id"))
                .containsExactly("1 pen", "2 ink");
        assertThat(postgres.ask("SELECT count(*) FROM shop.customers")).isEqualTo("500");
    }

    @Test
    void each_example_is_run_here() throws IOException {
        try (Stream<Path> all = Files.list(EXAMPLES.resolve("databases"))) {
            assertThat(all.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "csv-to-sqlite.yml",
                            "mysql-to-postgres.yml",
                            "postgres-to-duckdb.yml",
                            "sqlite-to-duckdb.yml");
        }
    }
}
