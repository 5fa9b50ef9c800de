package dev.wisent.connectors.postgres.load;

import dev.wisent.api.commit.Generation;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.postgres.PostgresTable;
import dev.wisent.connectors.postgres.Session;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a run would do to a table before rows go in. A full refresh makes a table under a hidden name, which takes this name
/// at the end.
record TableStatements(Connection in, TableName table, TableFit.Maker maker) {
    /// @param mergedBy an index for it is made with the table; empty: none
    List<String> of(Schema columns, List<String> mergedBy, Optional<Generation.Kind> hidden) throws SQLException {
        List<String> statements = new ArrayList<>();
        if (!hasSchema(in, table.schema())) {
            statements.add("CREATE SCHEMA IF NOT EXISTS " + Session.quoted(table.schema()));
        }
        Optional<PostgresTable> there = PostgresTable.find(in, table.schema(), table.table());
        if (there.isEmpty() || hidden.equals(Optional.of(Generation.Kind.REPLACE))) {
            statements.add(TableFit.create(table, columns));
            if (!mergedBy.isEmpty()) {
                statements.add(mergedBy.stream()
                        .map(Session::quoted)
                        .collect(Collectors.joining(", ", "CREATE INDEX ON " + table.quoted() + " (", ")")));
            }
            return statements;
        }
        TableFit fit = TableFit.of(table, there.get(), maker, columns);
        if (!fit.changes().isEmpty()) {
            statements.add(fit.alter());
        }
        return statements;
    }

    private static boolean hasSchema(Connection in, String name) throws SQLException {
        try (PreparedStatement select =
                in.prepareStatement("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ?")) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }
}
