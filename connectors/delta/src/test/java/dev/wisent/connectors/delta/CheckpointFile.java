package dev.wisent.connectors.delta;

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
import java.util.TreeSet;

/// A checkpoint as DuckDB reads it, compared with the log up to its version (section "Checkpoints").
final class CheckpointFile {
    private CheckpointFile() {}

    static List<String> differences(byte[] content, LogReplay log) {
        List<String> wrong = new ArrayList<>();
        Path file = null;
        try {
            file = Files.createTempFile("checkpoint", ".parquet");
            Files.write(file, content);
            try (Connection connection = Duck.connect();
                    Statement sql = connection.createStatement()) {
                String from = " FROM read_parquet('" + file + "')";
                if (number(sql, "SELECT count(protocol.minReaderVersion)" + from) != 1) {
                    wrong.add("not one protocol");
                }
                if (number(sql, "SELECT count(metaData.id)" + from) != 1) {
                    wrong.add("not one metaData");
                }
                List<String> adds = texts(sql, "SELECT add.path" + from + " WHERE add.path IS NOT NULL ORDER BY 1");
                if (!adds.equals(List.copyOf(new TreeSet<>(log.active().keySet())))) {
                    wrong.add("adds " + adds + ", active are " + log.active().keySet());
                }
                Map<String, Long> txns = new TreeMap<>();
                try (ResultSet rowsOf =
                        sql.executeQuery("SELECT txn.appId, txn.version" + from + " WHERE txn.appId IS NOT NULL")) {
                    while (rowsOf.next()) {
                        if (txns.put(rowsOf.getString(1), rowsOf.getLong(2)) != null) {
                            wrong.add("two txn of " + rowsOf.getString(1));
                        }
                    }
                }
                if (!txns.equals(log.txns())) {
                    wrong.add("txn " + txns + ", the log says " + log.txns());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            wrong.add("DuckDB can't read it: " + e.getMessage());
        } finally {
            if (file != null) {
                file.toFile().delete();
            }
        }
        return wrong;
    }

    private static long number(Statement sql, String query) throws SQLException {
        try (ResultSet rows = sql.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static List<String> texts(Statement sql, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = sql.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
