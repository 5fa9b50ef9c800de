package dev.wisent.connectors.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/// A real PostgreSQL, one for all tests of the module. Each test has schemas, users or databases of its own. Its zone is far
/// from UTC, on purpose.
public final class Server {
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final Server SHARED = new Server();

    private final EmbeddedPostgres postgres;

    private Server() {
        try {
            postgres = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("max_prepared_transactions", "10")
                    .setServerConfig("timezone", "Asia/Kathmandu")
                    .start();
            run("CREATE ROLE with_password");
            askForPasswords();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// The embedded server lets everybody in; members of `with_password` need theirs.
    private void askForPasswords() throws IOException {
        Path rules = Path.of(ask("SHOW hba_file"));
        String first = "host all +with_password all scram-sha-256\n";
        Files.writeString(rules, first + Files.readString(rules));
        run("SELECT pg_reload_conf()");
        Awaitility.await()
                .until(
                        () -> ask("SELECT count(*) FROM pg_hba_file_rules WHERE auth_method = 'scram-sha-256'"),
                        "1"::equals);
    }

    public static Server shared() {
        return SHARED;
    }

    public int port() {
        return postgres.getPort();
    }

    /// A name nobody has, for a schema, a user or a database.
    public static String name() {
        return "t" + NAMES.incrementAndGet();
    }

    /// A new schema.
    public String schema() {
        String name = name();
        run("CREATE SCHEMA " + name);
        return name;
    }

    /// As the owner of everything, without password.
    public Connection connect() throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }

    public void run(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failed) {
            throw new AssertionError(sql, failed);
        }
    }

    /// The first column of the first row; empty: there is none.
    public String ask(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        } catch (SQLException failed) {
            throw new AssertionError(sql, failed);
        }
    }

    /// All rows as texts by the names of their columns; what is null is left out.
    public List<Map<String, String>> rows(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<Map<String, String>> rows = new ArrayList<>();
            ResultSetMetaData columns = row.getMetaData();
            while (row.next()) {
                Map<String, String> values = new LinkedHashMap<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    String value = row.getString(i);
                    if (value != null) {
                        values.put(columns.getColumnLabel(i), value);
                    }
                }
                rows.add(values);
            }
            return rows;
        } catch (SQLException failed) {
            throw new AssertionError(sql, failed);
        }
    }
}
