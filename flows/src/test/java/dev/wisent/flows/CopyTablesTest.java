package dev.wisent.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.mysql.MariaDbServer;
import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
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
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `wisent copy` from one database into another, the pipeline it prints, and `wisent validate` of that.
class CopyTablesTest {
    private static final String PASSWORD = "p@ss/w:rd%";
    private static final String ENCODED = "p%40ss%2Fw%3Ard%25";
    private static final String PAGE = "docs/reference/cli.md";

    @TempDir
    Path folder;

    private final PostgresServer.Database postgres = PostgresServer.shared().database();

    private ChildResult wisent(String... arguments) {
        return new ChildCommand(folder, List.of(arguments), List.of(), OptionalLong.empty()).here();
    }

    /// Saves what was printed, as it says.
    private void save(ChildResult copied) throws IOException {
        assertThat(copied.out() + copied.err()).doesNotContain(PASSWORD, ENCODED);
        Files.writeString(folder.resolve("copy.yml"), copied.out().replace("\"***\"", '"' + PASSWORD + '"'));
    }

    /// As a role whose sessions begin with what might change values or statements.
    private String asPostgres(PostgresServer.Database database) {
        String user = PostgresServer.name();
        PostgresServer.shared().role(user, PASSWORD);
        List.of(
                        "TimeZone = 'America/St_Johns'",
                        "DateStyle = 'German, DMY'",
                        "IntervalStyle = 'sql_standard'",
                        "bytea_output = 'escape'",
                        "standard_conforming_strings = off",
                        "backslash_quote = off",
                        "quote_all_identifiers = on",
                        "array_nulls = off",
                        "transform_null_equals = on",
                        "extra_float_digits = -15",
                        "default_transaction_isolation = 'serializable'",
                        "default_transaction_deferrable = on")
                .forEach(setting -> PostgresServer.shared().run("ALTER ROLE " + user + " SET " + setting));
        database.run("GRANT ALL ON DATABASE " + database.name() + " TO " + user);
        database.run("GRANT ALL ON SCHEMA public TO " + user);
        database.run("ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO " + user);
        return "postgres://%s:%s@localhost:%d/%s"
                .formatted(user, ENCODED, PostgresServer.shared().port(), database.name());
    }

    private static String asMysql(MariaDbServer.Database database) {
        String user = database.server().user(PASSWORD);
        database.run("GRANT ALL ON " + database.name() + ".* TO " + user);
        return "mysql://%s:%s@127.0.0.1:%d/%s"
                .formatted(user, ENCODED, database.server().port(), database.name());
    }

    private Connection file(String kind, String name) throws SQLException {
        return DriverManager.getConnection("jdbc:" + kind + ":" + folder.resolve(name));
    }

    /// The columns of each row of a DuckDB file, with bars between them; null as `-`.
    private List<String> duckdb(String name, String sql) throws SQLException {
        try (Connection connection = file("duckdb", name);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    values.add(Objects.requireNonNullElse(row.getString(i), "-"));
                }
                rows.add(String.join("|", values));
            }
            return rows;
        }
    }

    /// The command as the page shows it, at the addresses of this test.
    private String[] shown(String source) throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve(PAGE))) {
            root = root.getParent();
        }
        String page = Files.readString(root.resolve(PAGE));
        String block = "<!-- run by " + getClass().getSimpleName() + " -->\n```sh\nwisent ";
        int begin = page.indexOf(block) + block.length();
        return page.substring(begin, page.indexOf('\n', begin))
                .replace("'postgres://app:secret@db1/shop'", source)
                .replace("/data/shop.duckdb", folder.resolve("shop.duckdb").toString())
                .split(" ");
    }

    @Test
    void a_table_of_postgresql_gets_into_a_duckdb_file_by_the_command_of_the_page() throws Exception {
        String source = asPostgres(postgres);
        postgres.run("CREATE TABLE orders (id int PRIMARY KEY, amount numeric(10,2), at timestamptz, note text)");
        postgres.run("INSERT INTO orders VALUES (1, 12.50, '2026-11-24 10:00:00.000001+00', 'Größe'),"
                + " (2, NULL, NULL, '🦬'), (3, -0.01, '1969-12-31 23:59:59+00', NULL)");
        postgres.run("CREATE TABLE others (id int)");
        String[] command = shown(source);
        assertThat(command).startsWith("copy", source, "duckdb://" + folder.resolve("shop.duckdb"));

        save(wisent(command).exits(0));

        assertThat(duckdb("shop.duckdb", "SELECT id, amount, epoch_us(\"at\"), note FROM orders ORDER BY id"))
                .containsExactly("1|12.50|1795514400000001|Größe", "2|-|-|🦬", "3|-0.01|-1000000|-");
        assertThat(duckdb(
                        "shop.duckdb",
                        "SELECT table_name FROM information_schema.tables WHERE table_name NOT LIKE '\\_%'"
                                + " ESCAPE '\\'"))
                .containsExactly("orders");

        postgres.run("DELETE FROM orders WHERE id = 1");
        wisent("run", "copy.yml").exits(0);
        assertThat(duckdb("shop.duckdb", "SELECT id FROM orders ORDER BY id")).containsExactly("2", "3");
        wisent("validate", "copy.yml").exits(0);
    }

    @Test
    void tables_of_mysql_get_into_postgresql_and_what_differs_later_is_named() throws Exception {
        MariaDbServer.Database mysql = MariaDbServer.shared().database();
        mysql.run(
                "SET NAMES utf8mb4",
                "CREATE TABLE orders (id bigint unsigned PRIMARY KEY, amount decimal(38,10), at timestamp(6) NULL,"
                        + " local datetime(3), day date, note text CHARACTER SET utf8mb4, raw varbinary(9), flags bit(3),"
                        + " kind enum('a','b'), doc json)",
                "SET time_zone = '+00:00'",
                "INSERT INTO orders VALUES (18446744073709551615, 12345678901234567890.0123456789,"
                        + " '2026-11-24 10:00:00.000001', '9999-12-31 23:59:59.999', '1000-01-01', 'Größe 🦬', X'00FF', 5, 'b',"
                        + " '{\"b\":1,\"a\":[null]}'), (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
                "CREATE TABLE others (id int PRIMARY KEY)",
                "INSERT INTO others SELECT seq FROM seq_1_to_3000");

        save(wisent("copy", asMysql(mysql), asPostgres(postgres)).exits(0));

        assertThat(postgres.list("SELECT concat_ws('|', id, amount, at AT TIME ZONE 'UTC', local, day, note,"
                        + " encode(raw, 'hex'), kind, doc) FROM orders ORDER BY id"))
                .containsExactly(
                        "2",
                        "18446744073709551615|12345678901234567890.0123456789|2026-11-24 10:00:00.000001|"
                                + "9999-12-31 23:59:59.999|1000-01-01|Größe 🦬|00ff|b|{\"a\": [null], \"b\": 1}");
        assertThat(postgres.ask("SELECT count(DISTINCT id) || ' ' || count(*) FROM others"))
                .isEqualTo("3000 3000");
        wisent("validate", "copy.yml").exits(0);

        postgres.run("UPDATE orders SET note = 'other' WHERE id = 2");
        assertThat(wisent("validate", "copy.yml").exits(1).err())
                .contains("orders (note)")
                .doesNotContain("others");
        wisent("run", "copy.yml").exits(0);
        wisent("validate", "copy.yml").exits(0);
    }

    @Test
    void tables_of_postgresql_get_into_mysql_and_what_differs_later_is_named() throws Exception {
        MariaDbServer.Database mysql = MariaDbServer.shared().database();
        String source = asPostgres(postgres);
        postgres.run(
                "CREATE TABLE orders (id bigint PRIMARY KEY, amount numeric(38,10), at timestamptz, local timestamp,"
                        + " day date, note text, raw bytea, tag uuid, doc jsonb, many int[])");
        postgres.run("INSERT INTO orders VALUES (-1, 12345678901234567890.0123456789, '2026-11-24 10:00:00.000001+00',"
                + " '9999-12-31 23:59:59.999999', '1000-01-01', 'Größe 🦬 \\ ''', '\\x00ff',"
                + " '0189abcd-0000-4000-8000-000000000001', '{\"b\": 1, \"a\": [null]}', '{1,NULL}')");
        postgres.run("INSERT INTO orders VALUES (2)");

        save(wisent("copy", source, asMysql(mysql), "--table", "public.orders").exits(0));

        assertThat(mysql.list(
                        "SELECT id, amount, at, local, day, note, hex(raw), tag, json_compact(doc), many FROM orders"
                                + " ORDER BY id"))
                .containsExactly(
                        "-1|12345678901234567890.0123456789|2026-11-24 10:00:00.000001|9999-12-31 23:59:59.999999|"
                                + "1000-01-01|Größe 🦬 \\ '|00FF|0189abcd-0000-4000-8000-000000000001|"
                                + "{\"a\":[null],\"b\":1}|[1,null]",
                        "2|null|null|null|null|null|null|null|null|null");
        wisent("validate", "copy.yml").exits(0);

        mysql.run("UPDATE orders SET amount = 1 WHERE id = 2", "DELETE FROM orders WHERE id = -1");
        assertThat(wisent("validate", "copy.yml").exits(1).err()).contains("orders (", "amount");
        wisent("run", "copy.yml").exits(0);
        wisent("validate", "copy.yml").exits(0);
    }

    @Test
    void all_tables_of_sqlite_get_into_a_duckdb_file() throws Exception {
        try (Connection shop = file("sqlite", "shop.db");
                Statement statement = shop.createStatement()) {
            statement.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, amount DECIMAL(10,2), note TEXT)");
            statement.execute("INSERT INTO orders VALUES (1, '12.50', 'Größe'), (2, NULL, NULL)");
            statement.execute("CREATE TABLE \"odd name\" (v TEXT)");
            statement.execute("INSERT INTO \"odd name\" VALUES ('a b')");
        }

        save(wisent("copy", "sqlite://" + folder.resolve("shop.db"), "duckdb://" + folder.resolve("copy.duckdb"))
                .exits(0));

        assertThat(duckdb("copy.duckdb", "SELECT id, amount, note FROM orders ORDER BY id"))
                .containsExactly("1|12.5|Größe", "2|-|-");
        assertThat(duckdb("copy.duckdb", "SELECT v FROM \"odd name\"")).containsExactly("a b");
        wisent("run", "copy.yml").exits(0);
        wisent("validate", "copy.yml").exits(0);
    }
}
