package dev.wisent.connectors.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The module's server, with a database for each test of the source.
public final class PostgresServer {
    private static final PostgresServer SHARED = new PostgresServer();
    public static final String ZONE = "Asia/Kathmandu";

    private final Server server = Server.shared();

    private PostgresServer() {}

    public static PostgresServer shared() {
        return SHARED;
    }

    public int port() {
        return server.port();
    }

    /// A name nobody has.
    public static String name() {
        return Server.name();
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
            return DriverManager.getConnection("jdbc:postgresql://localhost:" + port() + "/" + name, "postgres", "");
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
