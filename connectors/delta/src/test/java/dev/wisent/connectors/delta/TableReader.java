package dev.wisent.connectors.delta;

import dev.wisent.api.storage.GetRequest;
import dev.wisent.api.storage.ObjectContent;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.storage.Stores;
import dev.wisent.testkit.RowBag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What readers see: the log, held against the protocol, says which files the table has; DuckDB reads copies of them.
final class TableReader {
    private TableReader() {}

    /// The values of a column, sorted.
    static List<String> values(Path table, String column) {
        return values(Stores.local().open(table.toString(), Map.of()), column);
    }

    static List<String> values(ObjectStore store, String column) {
        return rows(store).stream()
                .map(row -> row.getOrDefault(column, "null"))
                .sorted()
                .toList();
    }

    /// All rows: the text of each column by name; null is a missing key. None where there is no table, or one without files.
    static List<Map<String, String>> rows(ObjectStore store) {
        List<String> files = ProtocolChecker.files(store).keySet().stream()
                .map(ProtocolChecker::decoded)
                .toList();
        if (files.isEmpty()) {
            return List.of();
        }
        Path copies = copy(store, files);
        try (Connection connection = Duck.connect();
                Statement statement = connection.createStatement()) {
            String from =
                    " FROM read_parquet('" + copies.toString().replace("'", "''") + "/*.parquet', union_by_name=true)";
            Map<String, String> columns = new TreeMap<>();
            try (ResultSet described = statement.executeQuery("DESCRIBE SELECT *" + from)) {
                while (described.next()) {
                    columns.put(described.getString(1), described.getString(2));
                }
            }
            List<String> texts = new ArrayList<>();
            columns.forEach((name, type) -> texts.add(text("\"" + name.replace("\"", "\"\"") + "\"", type)));
            List<Map<String, String>> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery("SELECT " + String.join(", ", texts) + from)) {
                while (result.next()) {
                    Map<String, String> row = new TreeMap<>();
                    int at = 1;
                    for (String name : columns.keySet()) {
                        String value = result.getString(at++);
                        if (value != null) {
                            row.put(name, value);
                        }
                    }
                    rows.add(row);
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            delete(copies);
        }
    }

    static RowBag bag(ObjectStore store) {
        RowBag bag = new RowBag();
        rows(store).forEach(row -> bag.add(row.toString()));
        return bag;
    }

    private static String text(String column, String type) {
        if (type.equals("TIMESTAMP WITH TIME ZONE")) {
            return "strftime(" + column + " AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%fZ')";
        }
        if (type.equals("TIMESTAMP")) {
            return "replace(" + column + "::VARCHAR, ' ', 'T')";
        }
        if (type.equals("BLOB")) {
            return "base64(" + column + ")";
        }
        boolean nested = type.startsWith("STRUCT") || type.startsWith("MAP") || type.endsWith("[]");
        return nested
                ? "CASE WHEN " + column + " IS NOT NULL THEN to_json(" + column + ")::VARCHAR END"
                : column + "::VARCHAR";
    }

    private static Path copy(ObjectStore store, List<String> files) {
        try {
            Path folder = Files.createTempDirectory("table");
            for (int i = 0; i < files.size(); i++) {
                try (ObjectContent content = store.get(GetRequest.of(files.get(i)))) {
                    Files.copy(content.stream(), folder.resolve(i + ".parquet"));
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
