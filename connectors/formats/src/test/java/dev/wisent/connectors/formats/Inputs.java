package dev.wisent.connectors.formats;

import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.format.FileFormat;
import dev.wisent.api.format.FileFormats;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.api.storage.ObjectStores;
import dev.wisent.connectors.core.files.FilesFactory;
import dev.wisent.storage.Stores;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.SourceReading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/// Files for tests, and the source that reads them.
public final class Inputs {
    public static final StreamId ROWS = new StreamId("rows");

    private Inputs() {}

    static FileFormats formats() {
        return name -> ServiceLoader.load(FileFormat.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(format -> format.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// The files source with the formats of this family.
    public static Source source(Path folder, String pattern, Map<String, ?> keys) {
        Map<String, Object> all = new HashMap<>(keys);
        all.put("path", folder + "/" + pattern);
        return source(Stores.local(), all);
    }

    /// The same, in one of `stores`.
    public static Source source(ObjectStores stores, Map<String, ?> keys) {
        SourceSettings plain = Configured.settings(ROWS.name(), Optional.empty());
        SourceSettings settings = new SourceSettings(
                plain.pipelineId(),
                plain.stream(),
                plain.syncMode(),
                plain.cursorField(),
                plain.primaryKey(),
                plain.maxRecordBytes(),
                stores,
                formats());
        return Configured.source(new FilesFactory(), settings, keys);
    }

    public static SourceReading read(Path folder, String pattern, Map<String, ?> keys) {
        try (Source source = source(folder, pattern, keys)) {
            return SourceReading.all(source, ROWS, SyncMode.INCREMENTAL);
        }
    }

    public static List<String> rows(Path folder, String pattern) {
        return read(folder, pattern, Map.of()).rows();
    }

    public static void sql(String... statements) {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The first column of each row.
    public static List<String> query(String sql) {
        List<String> rows = new ArrayList<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(String.valueOf(result.getString(1)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    /// The rows of a Parquet file as DuckDB reads it: the text of each column by name; null is a missing key.
    public static List<Map<String, String>> rowsOf(Path file) {
        List<Map<String, String>> rows = new ArrayList<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            String from = " FROM read_parquet('" + file + "')";
            List<String> names = new ArrayList<>();
            List<String> texts = new ArrayList<>();
            try (ResultSet columns = statement.executeQuery("DESCRIBE SELECT *" + from)) {
                while (columns.next()) {
                    names.add(columns.getString(1));
                    texts.add(text("\"" + columns.getString(1) + "\"", columns.getString(2)));
                }
            }
            try (ResultSet result = statement.executeQuery("SELECT " + String.join(", ", texts) + from)) {
                while (result.next()) {
                    Map<String, String> row = new HashMap<>();
                    for (int i = 0; i < names.size(); i++) {
                        Optional<String> value = Optional.ofNullable(result.getString(i + 1));
                        String name = names.get(i);
                        value.ifPresent(text -> row.put(name, text));
                    }
                    rows.add(row);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    private static String text(String column, String type) {
        if (type.equals("TIMESTAMP WITH TIME ZONE")) {
            return "strftime(" + column + " AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%fZ')";
        }
        if (type.equals("BLOB")) {
            return "base64(" + column + ")";
        }
        boolean nested = type.startsWith("STRUCT") || type.startsWith("MAP") || type.endsWith("[]");
        return nested
                ? "CASE WHEN " + column + " IS NOT NULL THEN to_json(" + column + ")::VARCHAR END"
                : column + "::VARCHAR";
    }

    /// A Parquet file with the rows of a SELECT.
    public static void parquet(Path file, String select, String options) {
        sql("COPY (" + select + ") TO '" + file + "' (FORMAT parquet" + (options.isEmpty() ? "" : ", ") + options
                + ")");
    }

    public static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Path write(Path file, byte[] content) {
        try {
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
