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
    private static final String ORDER = RowChanges.PART + " DESC, " + RowChanges.ROW + " DESC";
    private static final String IS_DELETE = RowChanges.OP + " = " + RowOp.DELETE.ordinal();
    private static final String IS_TRUNCATE = RowChanges.OP + " = " + RowOp.TRUNCATE.ordinal();
    private static final String IS_WRITTEN = RowChanges.OP + " <= " + RowOp.UPDATE.ordinal();

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
        sql.run(dialect.makeTemporary(LAST, partial ? lastValues(rows, stage) : lastRows(rows, stage)));
        if (deletes && options.deletes() == StagedOptions.Deletes.REMOVE) {
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

    /// The row that wins of each key, where all say everything.
    private String lastRows(Schema rows, String stage) {
        return "SELECT * FROM (SELECT " + Loading.names(rows) + ", " + RowChanges.OP + ", 1 AS _wisent_written, "
                + cursor() + rank(byCursor("") + ORDER) + " FROM " + stage + ") AS ranked WHERE _wisent_rank = 1";
    }

    /// The row that wins of each key; a value it lacks is that of the next one that has it. A deletion says nothing but its
    /// key and its cursor.
    private String lastValues(Schema rows, String stage) {
        StringBuilder select = new StringBuilder("SELECT " + RowChanges.OP);
        for (int i = 0; i < rows.size(); i++) {
            String name = rows.field(i).name();
            String quoted = TableName.quoted(name);
            if (isKey(name)) {
                select.append(", ").append(quoted);
            } else {
                String absent = "CASE WHEN "
                        + (isCursor(name) ? "(" + IS_DELETE + " AND staged." + quoted + " IS NULL)" : IS_DELETE)
                        + " OR "
                        + dialect.contains(RowChanges.ABSENT, Sql.literal(RowChanges.MARK + name + RowChanges.MARK))
                        + " THEN 1 ELSE 0 END";
                select.append(", first_value(" + quoted + ") OVER (" + ofKey() + " ORDER BY " + absent + ", " + newest()
                        + ") AS " + quoted);
                select.append(", min(" + absent + ") OVER (" + ofKey() + ") AS _wisent_lacks" + i);
            }
        }
        select.append(", max(CASE WHEN " + IS_WRITTEN + " THEN 1 ELSE 0 END) OVER (" + ofKey()
                + ") AS _wisent_written, " + cursor() + rank(newest()) + " FROM (SELECT s.*" + sinceDeletion()
                + " FROM " + stage
                + " AS s) AS staged");
        return "SELECT * FROM (" + select + ") AS ranked WHERE _wisent_rank = 1";
    }

    /// A deletion that says no cursor is newer than what came before it and older than what comes after it.
    private String sinceDeletion() {
        return options.cursorField()
                .map(cursor -> ", sum(CASE WHEN " + IS_DELETE + " AND " + TableName.quoted(cursor)
                        + " IS NULL THEN 1 ELSE 0 END) OVER (" + ofKey() + " ORDER BY " + RowChanges.PART + ", "
                        + RowChanges.ROW + ") AS _wisent_since")
                .orElse(", 0 AS _wisent_since");
    }

    /// The winner's own cursor, whatever it has of others.
    private String cursor() {
        return options.cursorField()
                .map(name -> TableName.quoted(name) + " AS _wisent_cursor, ")
                .orElse("");
    }

    private String rank(String order) {
        return "row_number() OVER (" + ofKey() + " ORDER BY " + order + ") AS _wisent_rank";
    }

    private String newest() {
        return "_wisent_since DESC, " + byCursor("staged.") + ORDER;
    }

    /// @param of what the rows are read from, with a point; a name alone may be that of a result
    private String byCursor(String of) {
        return options.cursorField()
                .map(cursor -> dialect.highestFirst(of + TableName.quoted(cursor)) + ", ")
                .orElse("");
    }

    private String ofKey() {
        return "PARTITION BY " + primaryKey.stream().map(TableName::quoted).collect(Collectors.joining(", "));
    }

    private boolean isKey(String name) {
        return primaryKey.contains(name);
    }

    private boolean isCursor(String name) {
        return options.cursorField().equals(Optional.of(name));
    }

    private void remove(TableName into) throws SQLException {
        String which = "s." + IS_DELETE + " AND " + matches()
                + options.cursorField()
                        .map(TableName::quoted)
                        .map(c -> " AND (s._wisent_cursor IS NULL OR t." + c + " IS NULL OR s._wisent_cursor >= t." + c
                                + ")")
                        .orElse("");
        sql.run(dialect.delete(into.sql(), last, which));
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
