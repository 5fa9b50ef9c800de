package dev.wisent.flows;

import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.testkit.RowBag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/// Where the rows of a flow go, and what a stranger reads there: each row as a JSON object. Of each kind there is one in a
/// working folder.
enum Target {
    FILE {
        @Override
        String destination(Path folder) {
            return "name: file, config: {path: \"" + folder.resolve("out") + "/\", format: ndjson";
        }

        @Override
        RowBag rows(Path folder) {
            return bag(files(folder.resolve("out"), ".ndjson").stream().flatMap(Target::lines));
        }
    },
    DELTA {
        @Override
        String destination(Path folder) {
            return "name: delta, config: {path: \"" + folder.resolve("table") + "\"";
        }

        @Override
        RowBag rows(Path folder) {
            return DeltaFiles.rows(folder.resolve("table"));
        }
    },
    POSTGRES {
        @Override
        String destination(Path folder) {
            return "name: postgres, config: {host: localhost, port: " + Database.PORT + ", database: "
                    + Database.SHARED.name() + ", username: postgres, schema: " + schema(folder)
                    + ", destination_id: rows";
        }

        @Override
        RowBag rows(Path folder) {
            String table = schema(folder) + ".rows";
            return Database.SHARED.ask("SELECT to_regclass('" + table + "')").equals("null")
                    ? new RowBag()
                    : bag(Database.SHARED.list("SELECT row_to_json(r)::text FROM " + table + " r").stream());
        }
    },
    DUCKDB {
        @Override
        String destination(Path folder) {
            return "name: duckdb, config: {database: \"" + folder.resolve("rows.duckdb") + "\", destination_id: rows";
        }

        @Override
        RowBag rows(Path folder) {
            return query("ATTACH '" + folder.resolve("rows.duckdb") + "' AS db (READ_ONLY)", "db.rows");
        }
    };

    /// Its section in a pipeline, up to where more keys may follow: `, commit_interval: 1}`.
    abstract String destination(Path folder);

    abstract RowBag rows(Path folder);

    /// A server for those that need one, started when first asked for.
    private static final class Database {
        static final int PORT = PostgresServer.shared().port();
        static final PostgresServer.Database SHARED = PostgresServer.shared().database();
    }

    private static String schema(Path folder) {
        return "s" + Integer.toUnsignedString(folder.toString().hashCode());
    }

    /// Of a table as DuckDB reads it.
    static RowBag query(String before, String table) {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute(before);
            RowBag bag = new RowBag();
            try (ResultSet rows = statement.executeQuery("SELECT to_json(t)::VARCHAR FROM " + table + " t")) {
                while (rows.next()) {
                    bag.add(rows.getString(1));
                }
            }
            return bag;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RowBag bag(Stream<String> rows) {
        RowBag bag = new RowBag();
        rows.forEach(bag::add);
        return bag;
    }

    static List<Path> files(Path folder, String suffix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
