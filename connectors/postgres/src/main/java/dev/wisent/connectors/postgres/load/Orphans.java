package dev.wisent.connectors.postgres.load;

import dev.wisent.api.TargetId;
import dev.wisent.connectors.postgres.PostgresTable;
import dev.wisent.connectors.postgres.Session;
import dev.wisent.connectors.sql.staged.ChildTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Elements of lists that no row has any more, after rows were merged.
final class Orphans {
    private Orphans() {}

    /// Deletes them, in the open transaction.
    ///
    /// @param tables by target: those of rows and those of elements
    static void delete(Connection in, Map<TargetId, TableName> tables) throws SQLException {
        Map<TargetId, PostgresTable> there = new TreeMap<>(Comparator.comparing(TargetId::name));
        for (Map.Entry<TargetId, TableName> each : tables.entrySet()) {
            PostgresTable.find(in, each.getValue().schema(), each.getValue().table())
                    .ifPresent(table -> there.put(each.getKey(), table));
        }
        for (Map.Entry<TargetId, PostgresTable> child : there.entrySet()) {
            if (child.getValue().column(ChildTables.PARENT_ID).isPresent()) {
                for (Map.Entry<TargetId, PostgresTable> parent : there.entrySet()) {
                    Optional<String> column = ChildTables.column(parent.getKey(), child.getKey())
                            .filter(name -> parent.getValue().column(name).isPresent());
                    if (column.isPresent()) {
                        delete(in, child.getValue(), parent.getValue(), column.get());
                    }
                }
            }
        }
    }

    private static void delete(Connection in, PostgresTable child, PostgresTable parent, String column)
            throws SQLException {
        Generations.execute(
                in,
                "DELETE FROM " + child.quoted() + " AS t WHERE NOT EXISTS (SELECT 1 FROM " + parent.quoted()
                        + " AS s WHERE s." + Session.quoted(column) + " = t." + ChildTables.PARENT_ID + ")");
    }
}
