package dev.wisent.connectors.postgres;

import dev.wisent.connectors.postgres.read.PostgresSourceFactory;
import dev.wisent.connectors.sql.Reads;
import dev.wisent.testkit.FreePorts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/// A real PostgreSQL, one for all tests of the module. Each test has a database, users or schemas of its own. Server and
/// sessions are far from UTC, so whatever depends on a zone shows.
public final class PostgresServer {
    private static final PostgresServer SHARED = new PostgresServer();
    private static final AtomicInteger NAMES = new AtomicInteger();
    public static final String ZONE = "Asia/Kathmandu";

    private final EmbeddedPostgres postgres;

    private PostgresServer() {
        try {
            postgres = EmbeddedPostgres.builder()
                    .setPort(FreePorts.one())
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("max_prepared_transactions", "20")
                    .setServerConfig("fsync", "off")
                    .setServerConfig("timezone", "'" + ZONE + "'")
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

    public static PostgresServer shared() {
        return SHARED;
    }

    public int port() {
        return postgres.getPort();
    }

    /// A name nobody has.
    public static String name() {
        return "t" + NAMES.incrementAndGet();
    }

    /// An empty database of its own, owned by `postgres`.
    public Database database() {
        String name = name();
        run("CREATE DATABASE " + name);
        return new Database(name);
    }

    /// A role of that name that may log in with `password` only.
    public void role(String name, String password) {
        run("CREATE ROLE " + Session.quoted(name) + " LOGIN PASSWORD " + Session.literal(password)
                + " IN ROLE with_password");
    }

    public void run(String sql) {
        new Database("postgres").run(sql);
    }

    public String ask(String sql) {
        return new Database("postgres").ask(sql);
    }

    /// One database of the server.
    public final class Database {
        private final String name;

        private Database(String name) {
            this.name = name;
        }

        public String name() {
            return name;
        }

        /// The owner of everything, without password.
        public Address address() {
            return Address.of("localhost", port(), name).as(Optional.of("postgres"), Optional.empty());
        }

        /// One of its streams, read as a pipeline reads it.
        public Reads reads(String stream) {
            return Reads.of(new PostgresSourceFactory(), stream, keys(Map.of()));
        }

        /// The keys of a pipeline that name it, and others.
        public Map<String, Object> keys(Map<String, ?> more) {
            Map<String, Object> keys = new HashMap<>(more);
            keys.putIfAbsent("host", "localhost");
            keys.putIfAbsent("port", port());
            keys.putIfAbsent("database", name);
            keys.putIfAbsent("username", "postgres");
            return keys;
        }

        /// A connection for a test's own use, as any client would open it.
        public Connection connect() throws SQLException {
            return postgres.getDatabase("postgres", name).getConnection();
        }

        public void run(String sql) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException failed) {
                throw new AssertionError(sql, failed);
            }
        }

        /// The first column of the first row; empty: no row.
        public String ask(String sql) {
            List<String> rows = list(sql);
            return rows.isEmpty() ? "" : rows.getFirst();
        }

        /// The first column of each row.
        public List<String> list(String sql) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                List<String> rows = new ArrayList<>();
                while (row.next()) {
                    rows.add(String.valueOf(row.getString(1)));
                }
                return rows;
            } catch (SQLException failed) {
                throw new AssertionError(sql, failed);
            }
        }
    }
}
