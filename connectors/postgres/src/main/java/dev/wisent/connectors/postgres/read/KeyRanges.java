package dev.wisent.connectors.postgres.read;

import dev.wisent.connectors.postgres.PostgresTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Cuts a table into ranges of its key that hold about as many rows each, by a look at a few of its blocks.
///
/// @param bounds the last key of each range but the last
/// @param rowBytes how long a row is, about; 0: not known
/// @param bytes of the table
record KeyRanges(List<List<String>> bounds, long rowBytes, long bytes) {
    private static final long BYTES_A_RANGE = 32L << 20;
    private static final int MOST_RANGES = 64;
    private static final int SAMPLE_ROWS = 20_000;
    private static final int PERCENT = 100;
    /// Of a table nobody has counted.
    private static final long USUAL_ROW_BYTES = 100;

    /// A partitioned table has no blocks itself; the server counts its rows when it analyzes it, if ever.
    private static final String SIZE = """
            SELECT greatest(pg_relation_size(c.oid),
                            (SELECT coalesce(sum(pg_relation_size(relid)), 0) FROM pg_partition_tree(c.oid)))::bigint
            FROM pg_catalog.pg_class c WHERE c.oid = ?""";

    KeyRanges {
        bounds = List.copyOf(bounds);
    }

    static KeyRanges of(Connection connection, Relation relation, ReadOptions options) throws SQLException {
        if (relation.table().isEmpty() || "rpm".indexOf(relation.table().get().kind()) < 0) {
            return new KeyRanges(List.of(), 0, 0);
        }
        PostgresTable table = relation.table().get();
        long bytes = Sql.one(connection, SIZE, row -> row.getLong(1), table.oid());
        long rows = table.estimatedRows() > 0 ? table.estimatedRows() : bytes / USUAL_ROW_BYTES;
        long ranges = options.splits().isPresent()
                ? options.splits().get()
                : Math.clamp(bytes / BYTES_A_RANGE, 1, MOST_RANGES);
        long rowBytes = table.estimatedRows() > 0 ? Math.max(1, bytes / rows) : 0;
        boolean cuttable = relation.chunks() != SplitSpec.Chunks.WHOLE && ranges > 1;
        return new KeyRanges(cuttable ? bounds(connection, relation, ranges, rows) : List.of(), rowBytes, bytes);
    }

    private static List<List<String>> bounds(Connection connection, Relation relation, long ranges, long rows)
            throws SQLException {
        double percent = Math.clamp((double) PERCENT * SAMPLE_ROWS / Math.max(1, rows), 0.001, PERCENT);
        List<String> texts = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < relation.key().size(); i++) {
            columns.add(ReadColumn.qualified(relation.key().get(i)));
            texts.add(columns.get(i) + "::pg_catalog.text AS k" + i);
        }
        String sql = "SELECT * FROM (SELECT " + String.join(", ", texts) + ", row_number() OVER (ORDER BY "
                + String.join(", ", columns) + ") AS n, count(*) OVER () AS c FROM " + relation.from()
                + " AS t TABLESAMPLE SYSTEM (" + percent + ")) AS s"
                + " WHERE n < c AND n * " + ranges + " / c > (n - 1) * " + ranges + " / c ORDER BY n";
        List<List<String>> bounds = Sql.list(connection, sql, row -> {
            List<String> key = new ArrayList<>();
            for (int i = 1; i <= relation.key().size(); i++) {
                key.add(row.getString(i));
            }
            return key;
        });
        // keys that are not unique may be drawn twice
        return bounds.stream().distinct().toList();
    }

    int count() {
        return bounds.size() + 1;
    }

    /// Range `index`, from 0, of `whole`.
    static SplitSpec cut(SplitSpec whole, List<List<String>> bounds, int index) {
        return whole.between(
                index == 0 ? List.of() : bounds.get(index - 1), index == bounds.size() ? List.of() : bounds.get(index));
    }
}
