package dev.wisent.connectors.sql.staged;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.RowOp;
import dev.wisent.columnar.Schema;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// Rows meet those that are there by their key, in statements that need no constraint on the table: of the rows of a key the
/// last wins (by cursor, then by order), an older cursor never overwrites a newer row, absent values keep the old ones.
final class Merging {
    /// When the row was deleted at its source; null: it was not.
    static final String DELETED_AT = "_wisent_deleted_at";
    /// More parts than a commit has.
    static final long MOST_PARTS = 1_000_000;

    private static final String STAGE = "temp._wisent_stage";
    private static final String LAST = "temp._wisent_last";
    private static final String ORDER = RowChanges.PART + " DESC, " + RowChanges.ROW + " DESC";

    private final StagedDatabase database;
    private final StagedOptions options;
    private final List<String> primaryKey;
    private final Sql sql;

    Merging(StagedDatabase database, StagedOptions options, List<String> primaryKey, Sql sql) {
        this.database = database;
        this.options = options;
        this.primaryKey = primaryKey;
        this.sql = sql;
    }

    /// The columns of a table that rows of `rows` are merged into.
    static Schema columns(Schema rows, StagedOptions options) {
        if (options.deletes() != StagedOptions.Deletes.MARK) {
            return rows;
        }
        List<Field> fields = new ArrayList<>(rows.fields());
        fields.add(Field.nullable(DELETED_AT, DataType.TIMESTAMP));
        return Schema.of(fields);
    }

    void merge(TableName into, Schema table, List<Source> sources) throws SQLException {
        sql.run("CREATE TEMP TABLE _wisent_stage AS " + new Selecting(database).changes(table, sources, 0));
        merge(into, table);
    }

    /// The rows that waited in `from`.
    void merge(TableName into, Schema table, TableName from, Schema columns) throws SQLException {
        sql.run("CREATE TEMP TABLE _wisent_stage AS SELECT " + new Selecting(database).values(table, columns) + ", "
                + RowChanges.OP + ", " + RowChanges.ABSENT + ", " + RowChanges.ROW + ", " + RowChanges.PART + " FROM "
                + from.sql());
        merge(into, table);
    }

    private void merge(TableName into, Schema table) throws SQLException {
        check(into, table);
        truncate(into);
        sql.run("CREATE TEMP TABLE _wisent_last AS " + last(table));
        delete(into);
        update(into, table);
        insert(into, table);
        sql.run("DROP TABLE " + LAST);
        sql.run("DROP TABLE " + STAGE);
    }

    private void check(TableName into, Schema table) {
        List<String> needed = new ArrayList<>(primaryKey);
        options.cursorField().ifPresent(needed::add);
        for (String name : needed) {
            OptionalInt at = table.indexOf(name);
            if (at.isEmpty()) {
                throw refused(into, name, "rows have no column '" + name + "', which they are merged by");
            }
            if (options.cursorField().equals(Optional.of(name))
                    && !database.isOrdered(table.field(at.getAsInt()).type())) {
                throw refused(into, name, "this database does not order column '" + name + "' by its values");
            }
        }
    }

    private WisentException refused(TableName into, String column, String why) {
        return WisentException.of(ErrorCode.SCHEMA_REFUSED, why + ": table " + into)
                .where(database.file().toString())
                .hint("is '" + column
                        + "' the column's name? primary_key and cursor_field name columns as they are written");
    }

    /// Everything up to the last truncation is gone.
    private void truncate(TableName into) throws SQLException {
        String last = "SELECT " + RowChanges.PART + ", " + RowChanges.ROW + " FROM " + STAGE + " WHERE " + RowChanges.OP
                + " = " + RowOp.TRUNCATE.ordinal() + " ORDER BY " + ORDER + " LIMIT 1";
        if (!sql.has(last)) {
            return;
        }
        switch (options.deletes()) {
            case IGNORE -> {
                sql.run("DELETE FROM " + STAGE + " WHERE " + RowChanges.OP + " = " + RowOp.TRUNCATE.ordinal());
                return;
            }
            case MARK ->
                sql.run("UPDATE " + into.sql() + " SET " + DELETED_AT + " = " + now() + " WHERE " + DELETED_AT
                        + " IS NULL");
            case REMOVE -> sql.run("DELETE FROM " + into.sql());
        }
        sql.run("CREATE TEMP TABLE _wisent_truncated AS " + last);
        sql.run("DELETE FROM " + STAGE + " WHERE EXISTS (SELECT 1 FROM temp._wisent_truncated d WHERE d."
                + RowChanges.PART + " > _wisent_stage." + RowChanges.PART + " OR (d." + RowChanges.PART
                + " = _wisent_stage." + RowChanges.PART + " AND d." + RowChanges.ROW + " >= _wisent_stage."
                + RowChanges.ROW + "))");
        sql.run("DROP TABLE temp._wisent_truncated");
    }

    /// The row that wins of each key; a value it lacks is that of the next one that has it.
    private String last(Schema table) {
        String keys = primaryKey.stream().map(TableName::quoted).collect(Collectors.joining(", "));
        String newest = options.cursorField()
                        .map(c -> TableName.quoted(c) + " DESC NULLS LAST, ")
                        .orElse("")
                + ORDER;
        StringBuilder select = new StringBuilder("SELECT " + RowChanges.OP);
        for (int i = 0; i < table.size(); i++) {
            String name = table.field(i).name();
            String quoted = TableName.quoted(name);
            if (isKey(name)) {
                select.append(", ").append(quoted);
            } else {
                String absent = absent(name);
                select.append(", first_value(" + quoted + ") OVER (PARTITION BY " + keys + " ORDER BY " + absent + ", "
                        + newest + ") AS " + quoted);
                select.append(", min(" + absent + ") OVER (PARTITION BY " + keys + ") AS _wisent_lacks" + i);
            }
        }
        select.append(", row_number() OVER (PARTITION BY " + keys + " ORDER BY " + newest + ") AS _wisent_rank FROM "
                + STAGE);
        return "SELECT * FROM (" + select + ") AS ranked WHERE _wisent_rank = 1";
    }

    private static String absent(String name) {
        return "CASE WHEN instr(" + RowChanges.ABSENT + ", " + Sql.literal(RowChanges.MARK + name + RowChanges.MARK)
                + ") > 0 THEN 1 ELSE 0 END";
    }

    private boolean isKey(String name) {
        return primaryKey.contains(name);
    }

    private void delete(TableName into) throws SQLException {
        String which = "s." + RowChanges.OP + " = " + RowOp.DELETE.ordinal() + " AND " + matches("t")
                + options.cursorField()
                        .map(TableName::quoted)
                        .map(c -> " AND (s." + c + " IS NULL OR t." + c + " IS NULL OR s." + c + " >= t." + c + ")")
                        .orElse("");
        switch (options.deletes()) {
            case IGNORE -> {}
            case MARK ->
                sql.run("UPDATE " + into.sql() + " AS t SET " + DELETED_AT + " = " + now() + " FROM " + LAST
                        + " s WHERE " + which);
            case REMOVE ->
                sql.run("DELETE FROM " + into.sql() + " AS t WHERE EXISTS (SELECT 1 FROM " + LAST + " s WHERE " + which
                        + ")");
        }
    }

    private void update(TableName into, Schema table) throws SQLException {
        List<String> sets = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            String name = table.field(i).name();
            String quoted = TableName.quoted(name);
            if (name.equals(DELETED_AT)) {
                sets.add(quoted + " = NULL");
            } else if (!isKey(name)) {
                sets.add(quoted + " = CASE WHEN s._wisent_lacks" + i + " = 1 THEN t." + quoted + " ELSE s." + quoted
                        + " END");
            }
        }
        if (sets.isEmpty()) {
            return;
        }
        sql.run("UPDATE " + into.sql() + " AS t SET " + String.join(", ", sets) + " FROM " + LAST + " s WHERE "
                + written() + " AND " + matches("t")
                + options.cursorField()
                        .map(TableName::quoted)
                        .map(c -> " AND (t." + c + " IS NULL OR s." + c + " >= t." + c + ")")
                        .orElse(""));
    }

    private void insert(TableName into, Schema table) throws SQLException {
        String names = Loading.names(table);
        sql.run("INSERT INTO " + into.sql() + " (" + names + ") SELECT " + names + " FROM " + LAST + " s WHERE "
                + written() + " AND NOT EXISTS (SELECT 1 FROM " + into.sql() + " AS t WHERE " + matches("t") + ")");
    }

    private static String written() {
        return "s." + RowChanges.OP + " <= " + RowOp.UPDATE.ordinal();
    }

    private String matches(String table) {
        return primaryKey.stream()
                .map(TableName::quoted)
                .map(key -> table + "." + key + " = s." + key)
                .collect(Collectors.joining(" AND "));
    }

    private String now() {
        return database.instant(Instant.now());
    }
}
