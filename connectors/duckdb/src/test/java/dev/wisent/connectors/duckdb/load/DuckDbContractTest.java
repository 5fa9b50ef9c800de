package dev.wisent.connectors.duckdb.load;

import dev.wisent.api.TargetId;
import dev.wisent.api.destination.Destination;
import dev.wisent.connectors.duckdb.Db;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.DestinationContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

class DuckDbContractTest extends DestinationContract {
    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("warehouse.duckdb");
    }

    @Override
    protected Destination open() {
        return Configured.destination(new DuckDbFactory(), Map.of("database", file().toString(), "schema", "raw"));
    }

    @Override
    protected List<Map<String, String>> rows(TargetId target) throws Exception {
        if (!Files.exists(file())) {
            return List.of();
        }
        Db db = new Db(file());
        List<Map<String, String>> columns = db.rows(
                "SELECT column_name, data_type FROM duckdb_columns() WHERE schema_name = 'raw' AND table_name = '"
                        + target.name() + "' ORDER BY column_index");
        if (columns.isEmpty()) {
            return List.of();
        }
        return db.rows("SELECT "
                + columns.stream()
                        .map(c -> Db.shown(c.getOrDefault("column_name", ""), c.getOrDefault("data_type", ""))
                                + " AS \"" + c.get("column_name") + "\"")
                        .collect(Collectors.joining(", "))
                + " FROM raw.\"" + target.name() + "\"");
    }

    @Override
    protected OptionalInt hiddenParts() throws Exception {
        int tables = new Db(file())
                .rows("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE '%\\_\\_wisent\\_g%' ESCAPE '\\'")
                .size();
        return OptionalInt.of(tables + Math.toIntExact(parts()));
    }

    private long parts() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".parquet")).count();
        }
    }

    @Override
    protected Optional<Unusable> unusable() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "no database ".repeat(1000));
        return Optional.of(new Unusable(
                Configured.destination(new DuckDbFactory(), Map.of("database", text.toString())), List.of()));
    }
}
