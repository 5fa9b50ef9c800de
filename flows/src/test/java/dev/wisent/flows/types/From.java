package dev.wisent.flows.types;

import dev.wisent.connectors.mysql.MariaDbServer;
import dev.wisent.connectors.postgres.PostgresServer;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.h2.Driver;
import org.h2.tools.Server;

/// The databases rows come from. Each makes its tables once for all destinations.
enum From {
    POSTGRES(PostgresKinds.ALL) {
        private final Map<Path, PostgresServer.Database> databases = new HashMap<>();

        private PostgresServer.Database database(Path folder) {
            return databases.computeIfAbsent(folder, unused -> {
                PostgresServer.Database database = PostgresServer.shared().database();
                PostgresKinds.BEFORE.forEach(database::run);
                return database;
            });
        }

        @Override
        String source(Path folder) {
            return "name: postgres, " + Into.keys(database(folder).keys(Map.of()));
        }

        @Override
        Connection connect(Path folder) throws SQLException {
            return with(database(folder).connect(), "SET timezone = 'UTC'; SET intervalstyle = 'iso_8601'");
        }

        @Override
        String shown(String type, String column) {
            return Into.POSTGRES.shown(type, column);
        }
    },
    MYSQL(MysqlKinds.ALL) {
        private final Map<Path, MariaDbServer.Database> databases = new HashMap<>();

        private MariaDbServer.Database database(Path folder) {
            return databases.computeIfAbsent(
                    folder, unused -> MariaDbServer.shared().database());
        }

        @Override
        String source(Path folder) {
            return "name: mysql, " + Into.keys(database(folder).keys(Map.of()));
        }

        @Override
        Connection connect(Path folder) throws SQLException {
            return with(database(folder).connect(), "SET time_zone = '+00:00', NAMES utf8mb4, sql_mode = ''");
        }

        @Override
        String shown(String type, String column) {
            return Into.MYSQL.shown(type, column);
        }

        @Override
        String quoted(String name) {
            return "`" + name + "`";
        }
    },
    SQLITE(FileKinds.SQLITE) {
        @Override
        String source(Path folder) {
            return "name: sqlite, database: \"" + folder.resolve("from.sqlite") + "\"";
        }

        @Override
        Connection connect(Path folder) throws SQLException {
            return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("from.sqlite"));
        }

        @Override
        String shown(String type, String column) {
            return Into.SQLITE.shown(type, column);
        }
    },
    DUCKDB(FileKinds.DUCKDB) {
        @Override
        String source(Path folder) {
            return "name: duckdb, database: \"" + folder.resolve("from.duckdb") + "\"";
        }

        @Override
        Connection connect(Path folder) throws SQLException {
            return with(
                    DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("from.duckdb")),
                    "SET TimeZone = 'UTC'");
        }

        @Override
        String shown(String type, String column) {
            return Into.DUCKDB.shown(type, column);
        }
    },
    JDBC(JdbcKinds.ALL) {
        /// Each run has a driver of its own, and an embedded database lets one in.
        private String url(Path folder) {
            if (port == 0) {
                try {
                    port = Server.createTcpServer("-tcpPort", "0", "-ifNotExists")
                            .start()
                            .getPort();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
            return "jdbc:h2:tcp://localhost:" + port + "/mem:"
                    + folder.getParent().getFileName() + ";DB_CLOSE_DELAY=-1";
        }

        private int port;

        @Override
        String source(Path folder) {
            return "name: jdbc, url: '" + url(folder) + "'";
        }

        @Override
        String more() {
            try {
                return "plugins: [\""
                        + Path.of(Driver.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI()) + "\"]";
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        String stream(String table) {
            return "PUBLIC." + table;
        }

        @Override
        Connection connect(Path folder) throws SQLException {
            return with(new Driver().connect(url(folder), new Properties()), "SET TIME ZONE 'UTC'");
        }

        @Override
        String shown(String type, String column) {
            return type.equals("binary") ? "RAWTOHEX(" + column + ")" : column;
        }
    };

    private final List<Kind> kinds;

    From(List<Kind> kinds) {
        this.kinds = kinds;
    }

    List<Kind> kinds() {
        return kinds;
    }

    /// Its section in a pipeline, without the streams.
    abstract String source(Path folder);

    /// What else a pipeline needs.
    String more() {
        return "";
    }

    /// The stream of a table.
    String stream(String table) {
        return table;
    }

    abstract Connection connect(Path folder) throws SQLException;

    /// SQL that shows a column of a type of Wisent's exactly.
    abstract String shown(String type, String column);

    String quoted(String name) {
        return "\"" + name + "\"";
    }

    private static Connection with(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
        return connection;
    }
}
