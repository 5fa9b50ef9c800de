package dev.wisent.connectors.duckdb;

import dev.wisent.cli.internal.command.CommandTree;
import dev.wisent.cli.internal.command.Shell;
import dev.wisent.cli.internal.config.Connectors;
import dev.wisent.cli.internal.console.Console;
import dev.wisent.connectors.core.files.FilesFactory;
import dev.wisent.connectors.duckdb.load.DuckDbFactory;
import dev.wisent.connectors.duckdb.read.DuckDbSourceFactory;
import dev.wisent.connectors.sql.DriftContract;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class DuckDbDriftTest extends DriftContract {
    @TempDir
    Path databases;

    private int cursors;

    @Override
    protected Ran wisent(Path in, String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = Console.of(new ByteArrayOutputStream(), err, Console.Mode.PLAIN);
        int exit = CommandTree.run(
                arguments,
                new Shell(
                        console,
                        Map.of(),
                        in,
                        () -> Connectors.holding(
                                List.of(new DuckDbSourceFactory(), new FilesFactory()), List.of(new DuckDbFactory()))));
        return new Ran(exit, err.toString(StandardCharsets.UTF_8));
    }

    private Path file(String name) {
        return databases.resolve(name + ".duckdb");
    }

    @Override
    protected void run(String name, String... statements) throws Exception {
        new Db(file(name)).run(statements);
    }

    @Override
    protected String source(String name, List<String> tables) {
        return "name: duckdb, stream: " + tables + ", database: \"" + file(name) + "\"";
    }

    @Override
    protected String destination(String name) {
        return "name: duckdb, config: {database: \"" + file(name + "-target") + "\"";
    }

    @Override
    protected List<Map<String, String>> target(String name, String table) throws Exception {
        try (Connection in = new Db(file(name + "-target")).connect();
                Statement statement = in.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM " + table)) {
            List<Map<String, String>> rows = new ArrayList<>();
            while (result.next()) {
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    if (result.getString(i) != null) {
                        row.put(result.getMetaData().getColumnLabel(i), result.getString(i));
                    }
                }
                rows.add(row);
            }
            return rows;
        }
    }

    @Override
    protected String cursor() {
        return String.valueOf(++cursors);
    }

    @Override
    protected String cursorType() {
        return "BIGINT";
    }

    @Override
    protected List<String> retyped(String table, String type) {
        return List.of("ALTER TABLE " + table + " ALTER COLUMN amount TYPE " + type);
    }
}
