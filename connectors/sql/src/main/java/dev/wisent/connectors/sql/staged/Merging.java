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
/// last wins (by cursor, then by order), an older cursor never overwrites a newer row, absent values keep the old ones. What
/// is left does not depend on how the rows were divided into commits.
public final class Merging {
    /// When the row was deleted at its source; null: it was not.
    public static final String DELETED_AT = "_wisent_deleted_at";
    /// More parts than a commit has.
    static final long MOST_PARTS = 1_000_000;

    private static final String LAST = "_wisent_last";
    private static final String TRUNCATED = "_wisent_truncated";
    static final String ORDER = RowChanges.PART + " DESC, " + RowChanges.ROW + " DESC";
    static final String IS_DELETE = RowChanges.OP + " = " + RowOp.DELETE.ordinal();
    private static final String IS_TRUNCATE = RowChanges.OP + " = " + RowOp.TRUNCATE.ordinal();
    static final String IS_WRITTEN = RowChanges.OP + " <= " + RowOp.UPDATE.ordinal();

    private final MergeDialect dialect;
    private final StagedOptions options;
    private final List<String> primaryKey;
    private final Sql sql;
    private final String last;
    private final List<String> order;

    public Merging(MergeDialect dialect, StagedOptions options, List<String> primaryKey, Sql sql) {
        this(dialect, options, primaryKey, sql, List.of());
    }

    private Merging(MergeDialect dialect, StagedOptions options, List<String> primaryKey, Sql sql, List<String> order) {
        this.order = order;
        this.dialect = dialect;
        this.options = options;
        this.primaryKey = List.copyOf(primaryKey);
        this.sql = sql;
        this.last = dialect.temporary(LAST);
    }

    /// The same, but new rows are written in the order of these columns; none: as they come.
    Merging inOrder(List<String> columns) {
        return new Merging(dialect, options, primaryKey, sql, List.copyOf(columns));
    }

    /// The columns of a table that rows of `rows` are merged into.
    public static Schema columns(Schema rows, StagedOptions options) {
        if (options.deletes() != StagedOptions.Deletes.MARK) {
            return rows;
        }
        List<Field> fields = new ArrayList<>(rows.fields());
        fields.add(Field.nullable(DELETED_AT, DataType.TIMESTAMP));
        return Schema.of(fields);
    }

    /// Merges the rows of `stage` into `into`, by statements in the open transaction. Rows of the stage get lost.
    ///
    /// @param rows the columns the stage's rows say something about; the table has them, and [#DELETED_AT] if it is needed
    /// @param stage a table of statements' own, with `rows` as the table has them and what each does ([RowChanges])
    public void merge(TableName into, Schema rows, String stage) throws SQLException {
        check(into, rows);
        if (options.deletes() == StagedOptions.Deletes.IGNORE) {
            sql.run("DELETE FROM " + stage + " WHERE NOT (" + IS_WRITTEN + ")");
        } else {
            truncate(into, stage);
        }
        boolean deletes = sql.has("SELECT 1 FROM " + stage + " WHERE " + IS_DELETE + " LIMIT 1");
        boolean partial =
                deletes || sql.has("SELECT 1 FROM " + stage + " WHERE " + RowChanges.ABSENT + " <> '' LIMIT 1");
        boolean removes = deletes && options.deletes() == StagedOptions.Deletes.REMOVE;
        LastRows.Says says = removes ? LastRows.Says.AND_DELETES : partial ? LastRows.Says.SOME : LastRows.Says.ALL;
        new LastRows(dialect, options.cursorField(), primaryKey, sql).make(LAST, rows, stage, says);
        if (says == LastRows.Says.AND_DELETES) {
            remove(into);
        }
        update(into, rows, partial);
        insert(into, rows);
        sql.run(dialect.dropTemporary(LAST));
    }

    private boolean isMarking() {
        return options.deletes() == StagedOptions.Deletes.MARK;
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
                    && !dialect.isOrdered(table.field(at.getAsInt()).type())) {
                throw refused(into, name, "this database does not order column '" + name + "' by its values");
            }
        }
    }

    private WisentException refused(TableName into, String column, String why) {
        return WisentException.of(ErrorCode.SCHEMA_REFUSED, why + ": table " + into)
                .where(dialect.place())
                .hint("is '" + column
                        + "' the column's name? primary_key and cursor_field name columns as they are written");
    }

    /// Everything up to the last truncation is gone.
    private void truncate(TableName into, String stage) throws SQLException {
        String newest = "SELECT " + RowChanges.PART + ", " + RowChanges.ROW + " FROM " + stage + " WHERE " + IS_TRUNCATE
                + " ORDER BY " + ORDER + " LIMIT 1";
        if (!sql.has(newest)) {
            return;
        }
        sql.run(
                isMarking()
                        ? "UPDATE " + into.sql() + " SET " + DELETED_AT + " = " + now() + " WHERE " + DELETED_AT
                                + " IS NULL"
                        : "DELETE FROM " + into.sql());
        sql.run(dialect.makeTemporary(TRUNCATED, newest));
        sql.run(dialect.delete(
                stage,
                dialect.temporary(TRUNCATED),
                "s." + RowChanges.PART + " > t." + RowChanges.PART + " OR (s." + RowChanges.PART + " = t."
                        + RowChanges.PART + " AND s." + RowChanges.ROW + " >= t." + RowChanges.ROW + ")"));
        sql.run(dialect.dropTemporary(TRUNCATED));
    }

    private boolean isKey(String name) {
        return primaryKey.contains(name);
    }

    /// A row that was written after its deletion is a new one.
    private void remove(TableName into) throws SQLException {
        String which = options.cursorField()
                .map(TableName::quoted)
                .map(c -> "(s._wisent_gone = 2 OR (s._wisent_gone = 1 AND (t." + c
                        + " IS NULL OR s._wisent_gone_cursor >= t." + c + ")))")
                .orElse("s._wisent_gone = 1");
        sql.run(dialect.delete(into.sql(), last, which + " AND " + matches()));
    }

    private void update(TableName into, Schema rows, boolean partial) throws SQLException {
        List<String> sets = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            String name = rows.field(i).name();
            String quoted = TableName.quoted(name);
            if (!isKey(name)) {
                sets.add(dialect.assigned(quoted) + " = "
                        + (partial
                                ? "CASE WHEN s._wisent_lacks" + i + " = 1 THEN t." + quoted + " ELSE s." + quoted
                                        + " END"
                                : "s." + quoted));
            }
        }
        if (isMarking()) {
            sets.add(dialect.assigned(DELETED_AT) + " = " + mark());
        }
        if (sets.isEmpty()) {
            return;
        }
        String which = matches()
                + (isMarking() ? "" : " AND s." + IS_WRITTEN)
                + options.cursorField()
                        .map(TableName::quoted)
                        .map(c -> " AND (t." + c + " IS NULL OR s." + c + " >= t." + c
                                + " OR (s._wisent_cursor IS NULL AND s." + IS_DELETE + "))")
                        .orElse("");
        sql.run(dialect.update(into.sql(), String.join(", ", sets), last, which));
    }

    /// When the row that wins was deleted.
    private String mark() {
        return "CASE WHEN s." + IS_DELETE + " THEN " + now() + " END";
    }

    /// A row that was written and deleted within the same commit is there, marked.
    private void insert(TableName into, Schema rows) throws SQLException {
        String names = Loading.names(rows);
        String values = rows.fields().stream()
                .map(field -> "s." + TableName.quoted(field.name()))
                .collect(Collectors.joining(", "));
        sql.run("INSERT INTO " + into.sql() + " (" + names + (isMarking() ? ", " + DELETED_AT : "") + ") SELECT "
                + values + (isMarking() ? ", " + mark() : "") + " FROM " + last + " s WHERE s."
                + (isMarking() ? "_wisent_written = 1" : IS_WRITTEN) + " AND NOT EXISTS (SELECT 1 FROM " + into.sql()
                + " AS t WHERE " + matches() + ")" + Selecting.inOrder(order));
    }

    private String matches() {
        return primaryKey.stream()
                .map(TableName::quoted)
                .map(key -> "t." + key + " = s." + key)
                .collect(Collectors.joining(" AND "));
    }

    private String now() {
        return dialect.instant(Instant.now());
    }
}
