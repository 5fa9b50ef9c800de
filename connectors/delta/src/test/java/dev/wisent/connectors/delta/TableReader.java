package dev.wisent.connectors.delta;

import dev.wisent.api.storage.ObjectStore;
import dev.wisent.connectors.delta.kernel.KernelTable;
import dev.wisent.connectors.delta.log.Action;
import dev.wisent.storage.Stores;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What readers see: Kernel says which files the table has, DuckDB reads them.
final class TableReader {
    private TableReader() {}

    /// The values of a column, sorted.
    static List<String> values(Path table, String column) {
        ObjectStore store = Stores.local().open(table.toString(), Map.of());
        List<Action.Add> files = new KernelTable(store).newest().orElseThrow().files();
        if (files.isEmpty()) {
            return List.of();
        }
        String names = files.stream()
                .map(file -> "'" + table.resolve(file.path()) + "'")
                .collect(Collectors.joining(",", "[", "]"));
        List<String> values = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT \"" + column + "\"::VARCHAR FROM read_parquet(" + names
                        + ", union_by_name=true) ORDER BY 1")) {
            while (rows.next()) {
                values.add(String.valueOf(rows.getString(1)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return values;
    }
}
