package dev.wisent.connectors.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.storage.ObjectStore;
import dev.wisent.connectors.storages3.S3Server;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.RowBag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pipelines as a user writes them, into a table in each kind of store; the oracle is DuckDB, which reads the input itself.
class ObjectStoresTest {
    private static final int FILES = 4;
    private static final int ROWS = 500;

    @TempDir
    Path folder;

    private String pipeline(Places.Place place) {
        return """
                name: lake
                source: {name: files, stream: events, path: "%s/in/*.ndjson", format: ndjson,
                         schema: {fields: [{name: id, type: int64}, {name: name, type: string}, {name: at, type: timestamp}, {name: amount, type: "decimal(18,2)"}]}}
                destination: {name: delta, config: {%s, commit_interval: 0.2, checkpoint_interval: 3}}
                """.formatted(folder, place.yaml());
    }

    private void input() throws IOException {
        Files.createDirectories(folder.resolve("in"));
        for (int file = 0; file < FILES; file++) {
            StringBuilder lines = new StringBuilder();
            for (int row = 0; row < ROWS; row++) {
                int id = file * ROWS + row;
                String name = id % 7 == 0 ? "null" : "\"Zoë " + id + " \\\\ \\\"x\\\"\"";
                lines.append("{\"id\":%d,\"name\":%s,\"at\":\"2026-11-%02dT10:00:00.%06dZ\",\"amount\":%d.%02d}\n"
                        .formatted(id, name, 1 + id % 28, id, id - 1000, id % 100));
            }
            Files.writeString(folder.resolve("in/" + file + ".ndjson"), lines);
        }
    }

    private RowBag oracle() throws SQLException {
        RowBag bag = new RowBag();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT id::VARCHAR, name, strftime("
                                + "\"at\", '%Y-%m-%dT%H:%M:%S.%fZ'), amount::VARCHAR FROM read_json('" + folder
                                + "/in/*.ndjson', columns={id: 'BIGINT', name: 'VARCHAR', \"at\": 'TIMESTAMP', amount: 'DECIMAL(18,2)'})")) {
            String[] names = {"id", "name", "at", "amount"};
            while (rows.next()) {
                Map<String, String> row = new TreeMap<>();
                for (int i = 0; i < names.length; i++) {
                    if (rows.getString(i + 1) != null) {
                        row.put(names[i], rows.getString(i + 1));
                    }
                }
                bag.add(row.toString());
            }
        }
        return bag;
    }

    private void filesBecomeATableIn(Places places) throws Exception {
        try (places) {
            input();
            Places.Place place = places.next();
            Files.writeString(folder.resolve("pipeline.yml"), pipeline(place));
            ChildResult first = ChildCommand.run(folder, "pipeline.yml").here().exits(0);
            assertThat(first.count("written")).isEqualTo(FILES * ROWS);
            try (Stream<Path> inputs = Files.list(folder.resolve("in"))) {
                Path one = inputs.findFirst().orElseThrow();
                Files.copy(one, folder.resolve("in/again.ndjson"));
            }
            assertThat(ChildCommand.run(folder, "pipeline.yml").here().exits(0).count("written"))
                    .isEqualTo(ROWS);

            try (ObjectStore store = place.open()) {
                assertThat(TableReader.bag(store).differences(oracle())).isEmpty();
                assertThat(ProtocolChecker.check(store)).isNotEmpty();
                assertThat(ProtocolChecker.unlisted(store)).isEmpty();
            }
        }
    }

    @Test
    void files_become_a_table_in_s3() throws Exception {
        filesBecomeATableIn(Places.s3(new S3Server()));
    }

    @Tag("sweep")
    @Test
    void files_become_a_table_in_azure(@TempDir Path emulator) throws Exception {
        filesBecomeATableIn(Places.azure(emulator));
    }

    @Tag("sweep")
    @Test
    void files_become_a_table_in_google_cloud_storage() throws Exception {
        filesBecomeATableIn(Places.gcs());
    }

    @Test
    void files_become_a_table_in_a_folder() throws Exception {
        filesBecomeATableIn(Places.local(folder));
    }
}
