package dev.wisent.connectors.postgres.load;

import dev.wisent.api.TargetId;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.postgres.PostgresTable;
import dev.wisent.connectors.sql.staged.ClusterKeys;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Keeps the indexes over clustering keys of tables that Wisent made. Any thread.
final class Clusters {
    private final PostgresOptions options;
    private final Set<String> leftAlone = new TreeSet<>();

    Clusters(PostgresOptions options) {
        this.options = options;
    }

    /// What the keys did not do, for people.
    synchronized List<String> warnings() {
        return List.copyOf(leftAlone);
    }

    /// Makes the index of a table that rows are about to go into, where it can be made; refuses keys the table will not have.
    void ready(Connection in, TableFit fit, TargetId target) throws SQLException {
        List<String> keys = options.clustering(target, fit.schema());
        if (keys.isEmpty()) {
            return;
        }
        if (fit.maker() == TableFit.Maker.SOMEBODY) {
            leaveAlone(fit.table());
            return;
        }
        PostgresTable there = PostgresTable.find(
                        in, fit.table().schema(), fit.table().table())
                .orElseThrow();
        ClusterKeys.check(
                keys,
                columns(there, fit.schema()),
                fit.table().plain(),
                options.address().toString());
        if (keys.stream().allMatch(key -> there.column(key).isPresent())) {
            make(in, fit.table(), keys);
        }
    }

    private synchronized void leaveAlone(TableName table) {
        leftAlone.add("table " + table + " was not made by Wisent: clustering_keys make no index there");
    }

    /// Makes the index of a table that holds rows of `target`.
    void make(Connection in, TableName table, TargetId target) throws SQLException {
        Optional<PostgresTable> there = PostgresTable.find(in, table.schema(), table.table());
        List<String> keys = there.map(each -> options.clustering(target, columns(each, Schema.of())))
                .orElse(List.of());
        if (there.isPresent() && !keys.isEmpty()) {
            ClusterKeys.check(
                    keys,
                    columns(there.get(), Schema.of()),
                    table.plain(),
                    options.address().toString());
            make(in, table, keys);
        }
    }

    private static void make(Connection in, TableName table, List<String> keys) throws SQLException {
        if (OwnIndex.CLUSTER.columns(in, table).equals(keys)) {
            return;
        }
        // of two workers that find it missing, one makes it
        Generations.execute(in, "SELECT pg_advisory_xact_lock(" + Targets.LOCK + ")");
        for (String statement : statements(in, table, keys)) {
            Generations.execute(in, statement);
        }
    }

    /// The statements that make it; none: it is there.
    static List<String> statements(Connection in, TableName table, List<String> keys) throws SQLException {
        List<String> statements = new ArrayList<>();
        List<String> there = OwnIndex.CLUSTER.columns(in, table);
        if (!there.equals(keys)) {
            if (!there.isEmpty()) {
                statements.add(OwnIndex.CLUSTER.drop(in, table));
            }
            statements.add(OwnIndex.CLUSTER.create(in, table, keys));
        }
        return statements;
    }

    /// The columns of the table, and those that rows add.
    static Schema columns(PostgresTable table, Schema rows) {
        List<Field> fields = new ArrayList<>();
        table.columns()
                .forEach(column -> fields.add(
                        Field.nullable(column.name(), column.type().reading().type())));
        rows.fields().stream()
                .filter(field -> table.column(field.name()).isEmpty())
                .forEach(fields::add);
        return Schema.of(fields);
    }
}
