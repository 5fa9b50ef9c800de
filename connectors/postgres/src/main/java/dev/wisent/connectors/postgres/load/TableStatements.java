package dev.wisent.connectors.postgres.load;

import dev.wisent.api.commit.Generation;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.postgres.PostgresTable;
import dev.wisent.connectors.postgres.Session;
import dev.wisent.connectors.sql.staged.ClusterKeys;
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
///
/// @param clustering the clustering keys; empty: none
/// @param place of the server, for messages
record TableStatements(Connection in, TableName table, TableFit.Maker maker, List<String> clustering, String place) {
    /// @param mergedBy an index for it is made with the table; empty: none
    List<String> of(Schema columns, List<String> mergedBy, Optional<Generation.Kind> hidden) throws SQLException {
        List<String> statements = new ArrayList<>();
        if (!hasSchema(in, table.schema())) {
            statements.add("CREATE SCHEMA IF NOT EXISTS " + Session.quoted(table.schema()));
        }
        Optional<PostgresTable> there = PostgresTable.find(in, table.schema(), table.table());
        if (there.isEmpty() || hidden.equals(Optional.of(Generation.Kind.REPLACE))) {
            statements.addAll(TableFit.create(table, columns));
            ClusterKeys.check(clustering, columns, table.plain(), place);
            List.of(mergedBy, clustering).stream()
                    .filter(keys -> !keys.isEmpty())
                    .map(this::index)
                    .forEach(statements::add);
            return statements;
        }
        TableFit fit = TableFit.of(table, there.get(), maker, columns);
        statements.addAll(fit.statements());
        if (maker == TableFit.Maker.WISENT && !clustering.isEmpty()) {
            ClusterKeys.check(clustering, Clusters.columns(there.get(), columns), table.plain(), place);
            statements.addAll(Clusters.statements(in, table, clustering));
        }
        return statements;
    }

    private String index(List<String> columns) {
        return columns.stream()
                .map(Session::quoted)
                .collect(Collectors.joining(", ", "CREATE INDEX ON " + table.quoted() + " (", ")"));
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
