package dev.wisent.connectors.sqlite;

import dev.wisent.cli.internal.command.CommandTree;
import dev.wisent.cli.internal.command.Shell;
import dev.wisent.cli.internal.config.Connectors;
import dev.wisent.cli.internal.console.Console;
import dev.wisent.connectors.core.files.FilesFactory;
import dev.wisent.connectors.sql.DriftContract;
import dev.wisent.connectors.sqlite.load.SqliteFactory;
import dev.wisent.connectors.sqlite.read.SqliteSourceFactory;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class SqliteDriftTest extends DriftContract {
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
                                List.of(new SqliteSourceFactory(), new FilesFactory()), List.of(new SqliteFactory()))));
        return new Ran(exit, err.toString(StandardCharsets.UTF_8));
    }

    private Path file(String name) {
        return databases.resolve(name + ".db");
    }

    @Override
    protected void run(String name, String... statements) throws Exception {
        try (Connection in = DriverManager.getConnection("jdbc:sqlite:" + file(name));
                Statement statement = in.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    @Override
    protected String source(String name, List<String> tables) {
        return "name: sqlite, stream: " + tables + ", database: \"" + file(name) + "\"";
    }

    @Override
    protected String destination(String name) {
        return "name: sqlite, config: {database: \"" + file(name + "-target") + "\"";
    }

    @Override
    protected List<Map<String, String>> target(String name, String table) throws Exception {
        return new SqliteReader(file(name + "-target")).rows("SELECT * FROM " + table);
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
        return List.of(
                "ALTER TABLE " + table + " RENAME TO olds",
                "CREATE TABLE " + table + " (id INTEGER PRIMARY KEY, name TEXT, amount " + type + ", seen BIGINT)",
                "INSERT INTO " + table + " SELECT * FROM olds",
                "DROP TABLE olds");
    }

    @Override
    protected boolean tellsIntegers() {
        return false;
    }
}
