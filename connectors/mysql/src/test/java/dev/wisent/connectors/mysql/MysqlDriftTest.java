package dev.wisent.connectors.mysql;

import dev.wisent.cli.internal.command.CommandTree;
import dev.wisent.cli.internal.command.Shell;
import dev.wisent.cli.internal.config.Connectors;
import dev.wisent.cli.internal.console.Console;
import dev.wisent.connectors.core.files.FilesFactory;
import dev.wisent.connectors.mysql.load.MysqlFactory;
import dev.wisent.connectors.mysql.read.MysqlSourceFactory;
import dev.wisent.connectors.sql.DriftContract;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class MysqlDriftTest extends DriftContract {
    /// What is written in the second a run begins in is final with the next one; the time a table was made is told in seconds.
    private static final long SETTLED_MILLIS = 1_100;

    private final Map<String, MariaDbServer.Database> databases = new HashMap<>();

    private MariaDbServer.Database database(String name) {
        return databases.computeIfAbsent(name, unused -> MariaDbServer.shared().database());
    }

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
                                List.of(new MysqlSourceFactory(), new FilesFactory()), List.of(new MysqlFactory()))));
        return new Ran(exit, err.toString(StandardCharsets.UTF_8));
    }

    private String keys(String name) {
        return database(name).keys(Map.of()).entrySet().stream()
                .map(key ->
                        key.getKey() + ": '" + String.valueOf(key.getValue()).replace("'", "''") + "'")
                .collect(Collectors.joining(", "));
    }

    @Override
    protected void run(String name, String... statements) {
        database(name).run(statements);
    }

    @Override
    protected String source(String name, List<String> tables) {
        return "name: mysql, stream: " + tables + ", " + keys(name);
    }

    @Override
    protected String destination(String name) {
        return "name: mysql, config: {" + keys(name + "_target");
    }

    @Override
    protected List<Map<String, String>> target(String name, String table) throws Exception {
        try (Connection in = database(name + "_target").connect();
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
        return "NOW(6)";
    }

    @Override
    protected String cursorType() {
        return "TIMESTAMP(6) NULL";
    }

    @Override
    protected List<String> retyped(String table, String type) {
        return List.of("ALTER TABLE " + table + " MODIFY amount " + type);
    }

    @Override
    protected boolean tellsTables() {
        return true;
    }

    @Override
    protected boolean needsKey() {
        return true;
    }

    @Override
    protected String replaced(Drift drift) {
        return "was emptied, made anew or rebuilt";
    }

    @Override
    protected String truncate(String table) {
        return "TRUNCATE TABLE " + table;
    }

    @Override
    protected void settle() throws InterruptedException {
        Thread.sleep(SETTLED_MILLIS);
    }
}
