package dev.wisent.connectors.postgres;

import dev.wisent.cli.internal.command.CommandTree;
import dev.wisent.cli.internal.command.Shell;
import dev.wisent.cli.internal.config.Connectors;
import dev.wisent.cli.internal.console.Console;
import dev.wisent.connectors.core.files.FilesFactory;
import dev.wisent.connectors.postgres.load.PostgresFactory;
import dev.wisent.connectors.postgres.read.PostgresSourceFactory;
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

class PostgresDriftTest extends DriftContract {
    private static final PostgresServer.Database DATABASE =
            PostgresServer.shared().database();

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
                                List.of(new PostgresSourceFactory(), new FilesFactory()),
                                List.of(new PostgresFactory()))));
        return new Ran(exit, err.toString(StandardCharsets.UTF_8));
    }

    private static String keys(String name) {
        return "host: localhost, port: " + PostgresServer.shared().port() + ", database: " + DATABASE.name()
                + ", username: postgres";
    }

    @Override
    protected void run(String name, String... statements) {
        DATABASE.run("CREATE SCHEMA IF NOT EXISTS " + name + "; SET search_path = " + name + "; "
                + String.join("; ", statements));
    }

    @Override
    protected String source(String name, List<String> tables) {
        return "name: postgres, stream: "
                + tables.stream().map(table -> name + "." + table).toList() + ", " + keys(name);
    }

    @Override
    protected String destination(String name) {
        return "name: postgres, config: {" + keys(name) + ", schema: " + name + "_target";
    }

    @Override
    protected List<Map<String, String>> target(String name, String table) throws Exception {
        try (Connection in = DATABASE.connect();
                Statement statement = in.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM " + name + "_target." + table)) {
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
        return "clock_timestamp()";
    }

    @Override
    protected String cursorType() {
        return "timestamptz";
    }

    @Override
    protected List<String> retyped(String table, String type) {
        return List.of("ALTER TABLE " + table + " ALTER COLUMN amount TYPE " + type);
    }

    @Override
    protected boolean tellsTables() {
        return true;
    }

    @Override
    protected String replaced(Drift drift) {
        return drift == Drift.TABLE_TRUNCATED ? "was emptied or rewritten" : "was dropped and made anew";
    }

    @Override
    protected String truncate(String table) {
        return "TRUNCATE " + table;
    }
}
