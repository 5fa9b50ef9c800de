package dev.wisent.connectors.postgres.load;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.postgres.PostgresColumn;
import dev.wisent.connectors.postgres.PostgresTable;
import dev.wisent.connectors.postgres.Session;
import dev.wisent.connectors.sql.staged.MergeDialect;
import dev.wisent.connectors.sql.staged.Merging;
import dev.wisent.connectors.sql.staged.RowChanges;
import dev.wisent.connectors.sql.staged.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Merges rows into tables, in the transaction of their commit: those of a session from its temporary tables, those that
/// waited for their generation from its hidden table.
final class Merges {
    private static final String SEPARATOR = String.valueOf(RowChanges.MARK);

    private final PostgresOptions options;

    Merges(PostgresOptions options) {
        this.options = options;
    }

    /// A session's rows for one table, of one schema.
    ///
    /// @param stage the temporary table they are in
    record Staged(TableName into, Schema rows, TableName stage) {
        /// Makes the temporary table, which goes away with the transaction.
        String create() {
            return "CREATE TEMP TABLE " + Session.quoted(stage.table()) + " ON COMMIT DROP AS SELECT "
                    + names(rows) + ", 0::smallint AS " + RowChanges.OP + ", ''::text AS " + RowChanges.ABSENT
                    + ", 0::bigint AS " + RowChanges.ROW + ", 0::bigint AS " + RowChanges.PART + " FROM "
                    + into.quoted() + " WITH NO DATA";
        }
    }

    /// What a hidden table says of the key its rows will be merged by.
    static String remark(List<String> primaryKey) {
        return String.join(SEPARATOR, primaryKey);
    }

    void merge(Connection in, List<Staged> all, List<String> primaryKey) throws SQLException {
        Map<TableName, List<Staged>> tables = new LinkedHashMap<>();
        all.forEach(staged ->
                tables.computeIfAbsent(staged.into(), t -> new ArrayList<>()).add(staged));
        for (Map.Entry<TableName, List<Staged>> each : tables.entrySet()) {
            Schema rows = columns(each.getValue());
            TableName stage = each.getValue().getFirst().stage();
            if (each.getValue().size() > 1) {
                stage = together(in, each.getKey(), rows, each.getValue());
            }
            merge(in, each.getKey(), rows, stage, primaryKey);
        }
    }

    private void merge(Connection in, TableName into, Schema rows, TableName stage, List<String> primaryKey)
            throws SQLException {
        Dialect dialect = new Dialect(options.address().toString());
        new Merging(dialect, options.merging(), primaryKey, new Sql(in)).merge(into.plain(), rows, stage.quoted());
    }

    private static Schema columns(List<Staged> all) {
        Map<String, Field> fields = new LinkedHashMap<>();
        all.forEach(staged -> staged.rows().fields().forEach(field -> fields.put(field.name(), field)));
        return Schema.of(List.copyOf(fields.values()));
    }

    /// Rows of several schemas, as the table has their columns now; of one that lacks a column they say nothing about it.
    private static TableName together(Connection in, TableName into, Schema rows, List<Staged> all)
            throws SQLException {
        PostgresTable table =
                PostgresTable.find(in, into.schema(), into.table()).orElseThrow();
        List<String> selects = new ArrayList<>();
        for (Staged staged : all) {
            List<String> values = new ArrayList<>();
            StringBuilder lacking = new StringBuilder();
            for (Field field : rows.fields()) {
                boolean has = staged.rows().indexOf(field.name()).isPresent();
                String type = table.column(field.name()).orElseThrow().type().spelled();
                values.add((has ? Session.quoted(field.name()) : "NULL") + "::" + type + " AS "
                        + Session.quoted(field.name()));
                lacking.append(has ? "" : SEPARATOR + field.name() + SEPARATOR);
            }
            selects.add("SELECT " + String.join(", ", values) + ", " + RowChanges.OP + ", " + RowChanges.ABSENT + " || "
                    + Session.literal(lacking.toString()) + " AS " + RowChanges.ABSENT + ", " + RowChanges.ROW + ", "
                    + RowChanges.PART + " FROM " + staged.stage().quoted());
        }
        TableName stage = new TableName(all.getFirst().stage().schema(), "_wisent_stages");
        Generations.execute(in, "DROP TABLE IF EXISTS " + stage.quoted());
        Generations.execute(
                in,
                "CREATE TEMP TABLE " + Session.quoted(stage.table()) + " ON COMMIT DROP AS "
                        + String.join(" UNION ALL ", selects));
        return stage;
    }

    /// Whether the rows of a hidden table wait to be merged.
    static boolean wait(PostgresTable hidden) {
        return hidden.column(RowChanges.OP).isPresent();
    }

    /// The columns that rows of a hidden table say something about, as Wisent knows them.
    static Schema waiting(PostgresTable hidden) {
        Schema all = Schema.of(hidden.columns().stream()
                .map(column -> Field.nullable(
                                column.name(), column.type().reading().type())
                        .noted(column.notes(column.type().reading().type())))
                .toList());
        List<String> changes = RowChanges.waiting(Schema.of()).fields().stream()
                .map(Field::name)
                .toList();
        return Schema.of(all.fields().stream()
                .filter(field -> !changes.contains(field.name()))
                .toList());
    }

    /// Merges the rows of `hidden` into `live`, which has their columns.
    void mergeWaiting(Connection in, PostgresTable hidden, TableName live) throws SQLException {
        merge(in, live, waiting(hidden), new TableName(hidden.schema(), hidden.name()), key(hidden));
    }

    static List<String> key(PostgresTable hidden) {
        PostgresColumn says = hidden.column(RowChanges.OP).orElseThrow();
        return List.of(says.comment().split(SEPARATOR, -1));
    }

    private static String names(Schema columns) {
        return columns.fields().stream()
                .map(field -> Session.quoted(field.name()))
                .collect(Collectors.joining(", "));
    }

    private record Dialect(String place) implements MergeDialect {
        @Override
        public boolean isOrdered(DataType type) {
            return !(type instanceof DataType.Json
                    || type instanceof DataType.Struct
                    || type instanceof DataType.MapOf
                    || type instanceof DataType.ListOf);
        }

        @Override
        public String instant(Instant at) {
            return Session.literal(at.toString()) + "::timestamptz";
        }

        @Override
        public String temporary(String name) {
            return "pg_temp." + name;
        }

        /// The server keeps no set for IN that is larger than its `work_mem`, and would search it row by row.
        @Override
        public String among(List<String> columns, String from) {
            return "EXISTS (SELECT 1 FROM " + from + " t WHERE "
                    + columns.stream()
                            .map(Session::quoted)
                            .map(column -> "t." + column + " = s." + column)
                            .collect(Collectors.joining(" AND "))
                    + ")";
        }

        @Override
        public String contains(String text, String part) {
            return "position(" + part + " IN " + text + ") > 0";
        }
    }
}
