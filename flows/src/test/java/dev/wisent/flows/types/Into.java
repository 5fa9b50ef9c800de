package dev.wisent.flows.types;

import dev.wisent.connectors.mysql.MariaDbServer;
import dev.wisent.connectors.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// The databases rows go to, one of its own for each source; and what a stranger sees there.
enum Into {
    POSTGRES {
        private final Map<Path, PostgresServer.Database> databases = new HashMap<>();

        private PostgresServer.Database database(Path folder) {
            return databases.computeIfAbsent(
                    folder, unused -> PostgresServer.shared().database());
        }

        @Override
        String destination(Path folder) {
            return "name: postgres, config: {" + keys(database(folder).keys(Map.of()));
        }

        @Override
        Connection connect(Path folder) throws SQLException {
            Connection connection = database(folder).connect();
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET timezone = 'UTC'; SET intervalstyle = 'iso_8601'");
            }
            return connection;
        }

        @Override
        String shown(String type, String column) {
            return switch (type) {
                case "binary" -> "encode(" + column + ", 'hex')";
                default -> type.startsWith("list<") ? "to_json(" + column + ")::text" : column + "::text";
            };
        }

        @Override
        String typesOf(String table) {
            return "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute WHERE attnum > 0 AND attrelid = '"
                    + quoted(table) + "'::regclass";
        }
    },
    MYSQL {
        private final Map<Path, MariaDbServer.Database> databases = new HashMap<>();

        private MariaDbServer.Database database(Path folder) {
            return databases.computeIfAbsent(
                    folder, unused -> MariaDbServer.shared().database());
        }

        @Override
        String destination(Path folder) {
            return "name: mysql, config: {" + keys(database(folder).keys(Map.of()));
        }

        @Override
        Connection connect(Path folder) throws SQLException {
            Connection connection = database(folder).connect();
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET time_zone = '+00:00'");
            }
            return connection;
        }

        @Override
        String shown(String type, String column) {
            return switch (type) {
                case "binary" -> "HEX(" + column + ")";
                case "float32" -> "CAST(" + column + " AS DOUBLE)";
                case "float64" -> column;
                default -> "CAST(" + column + " AS CHAR CHARACTER SET utf8mb4)";
            };
        }

        @Override
        String typesOf(String table) {
            return "SELECT column_name, column_type FROM information_schema.columns WHERE table_schema = DATABASE()"
                    + " AND table_name = '" + table + "'";
        }

        @Override
        String quoted(String name) {
            return "`" + name + "`";
        }
    },
    SQLITE {
        @Override
        String destination(Path folder) {
            return "name: sqlite, config: {database: \"" + folder.resolve("into.sqlite") + "\"";
        }

        @Override
        Connection connect(Path folder) throws SQLException {
            return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("into.sqlite"));
        }

        @Override
        String shown(String type, String column) {
            return type.equals("binary") ? "CASE WHEN " + column + " IS NOT NULL THEN hex(" + column + ") END" : column;
        }

        @Override
        String typesOf(String table) {
            return "SELECT name, type FROM pragma_table_info('" + table + "')";
        }
    },
    DUCKDB {
        @Override
        String destination(Path folder) {
            return "name: duckdb, config: {database: \"" + folder.resolve("into.duckdb") + "\"";
        }

        @Override
        Connection connect(Path folder) throws SQLException {
            Connection connection = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("into.duckdb"));
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET TimeZone = 'UTC'");
            }
            return connection;
        }

        @Override
        String shown(String type, String column) {
            return switch (type) {
                case "binary" -> "hex(" + column + ")";
                default ->
                    type.startsWith("list<")
                            ? "CAST(to_json(" + column + ") AS VARCHAR)"
                            : "CAST(" + column + " AS VARCHAR)";
            };
        }

        @Override
        String typesOf(String table) {
            return "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = '" + table + "'";
        }
    };

    /// Its section in a pipeline, up to where more keys may follow.
    abstract String destination(Path folder);

    abstract Connection connect(Path folder) throws SQLException;

    /// SQL that shows a column of a type of Wisent's exactly.
    abstract String shown(String type, String column);

    /// Names and types of the columns of a table, as a query.
    abstract String typesOf(String table);

    String quoted(String name) {
        return "\"" + name + "\"";
    }

    static String keys(Map<String, ?> keys) {
        return keys.entrySet().stream()
                .map(key ->
                        key.getKey() + ": '" + String.valueOf(key.getValue()).replace("'", "''") + "'")
                .collect(Collectors.joining(", "));
    }
}
