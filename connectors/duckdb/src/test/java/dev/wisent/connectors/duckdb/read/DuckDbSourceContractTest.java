package dev.wisent.connectors.duckdb.read;

import dev.wisent.api.SyncMode;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.connectors.duckdb.Db;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.SourceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A table of more rows than a batch holds, read incrementally: many rows have the same cursor.
class DuckDbSourceContractTest extends SourceContract {
    private static final int ROWS = 25_000;
    private static final int CURSORS = 1_000;

    @TempDir
    Path folder;

    private Db database() {
        return new Db(folder.resolve("shop.db"));
    }

    @BeforeEach
    void fill() throws SQLException {
        database()
                .run(
                        "CREATE TABLE orders (id BIGINT PRIMARY KEY, name VARCHAR(50), changed BIGINT, price DOUBLE)",
                        "INSERT INTO orders SELECT i, 'order ' || i, i % 1000, CASE WHEN i % 7 = 0 THEN NULL ELSE i * 0.5 END FROM range(1, 25001) t(i)");
    }

    @Override
    protected Source open() {
        SourceSettings settings = Configured.settings("orders", Optional.empty());
        return Configured.source(
                new DuckDbSourceFactory(),
                new SourceSettings(
                        settings.pipelineId(),
                        settings.stream(),
                        settings.syncMode(),
                        Optional.of("changed"),
                        settings.primaryKey(),
                        settings.maxRecordBytes(),
                        settings.stores()),
                config());
    }

    Map<String, ?> config() {
        return Map.of("database", folder.resolve("shop.db").toString());
    }

    @Override
    protected SyncMode mode(StreamInfo stream) {
        return SyncMode.INCREMENTAL;
    }

    private static String row(int id, int changed) {
        return "{\"id\":" + id + ",\"name\":\"order " + id + "\",\"changed\":" + changed + ",\"price\":"
                + (id % 7 == 0 ? "null" : Double.toString(id * 0.5)) + "}";
    }

    @Override
    protected List<String> expected() {
        List<String> rows = new ArrayList<>();
        for (int id = 1; id <= ROWS; id++) {
            rows.add(row(id, id % CURSORS));
        }
        return rows;
    }

    /// One of the highest cursor there is, and one above it.
    @Override
    protected Optional<List<String>> grow() throws SQLException {
        int tie = ROWS + 1;
        int above = ROWS + 2;
        for (int id : List.of(tie, above)) {
            int changed = id == tie ? CURSORS - 1 : CURSORS;
            database()
                    .run("INSERT INTO orders VALUES (" + id + ", 'order " + id + "', " + changed + ", "
                            + (id % 7 == 0 ? "NULL" : Double.toString(id * 0.5)) + ")");
        }
        return Optional.of(List.of(row(tie, CURSORS - 1), row(above, CURSORS)));
    }

    @Override
    protected Optional<Unusable> unusable() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "no database ".repeat(1000));
        return Optional.of(new Unusable(
                Configured.source(new DuckDbSourceFactory(), "orders", Map.of("database", text.toString())),
                List.of()));
    }
}
