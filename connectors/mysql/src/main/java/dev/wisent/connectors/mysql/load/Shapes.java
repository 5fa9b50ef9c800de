package dev.wisent.connectors.mysql.load;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.sql.staged.Sql;
import dev.wisent.connectors.sql.staged.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Makes and changes tables. Each step ends by itself, and is gone on from when it was left half done.
///
/// @param collation of texts
/// @param place for messages
record Shapes(Connection in, String collation, String place) {
    /// Characters of a description; the server takes no more.
    private static final int MOST_DESCRIBED = 1024;

    private static final String KEY = "_wisent_key";
    /// Over clustering keys.
    static final String CLUSTER = "_wisent_cluster";
    /// Characters of a text that are looked up; the rest is compared.
    private static final int INDEXED_CHARACTERS = 100;

    void create(TableName table, Schema columns, String mark) throws SQLException {
        new Sql(in).run(creating(table, columns, mark, collation));
    }

    /// The statement that makes a table.
    static String creating(TableName table, Schema columns, String mark, String collation) {
        return "CREATE TABLE " + table.sql() + " ("
                + columns.fields().stream()
                        .map(field -> whole(field, collation))
                        .collect(Collectors.joining(", "))
                + ") ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE " + collation + " COMMENT = "
                + Sql.literal(ServerTables.comment(mark));
    }

    String declared(Schema columns) {
        return declared(columns, collation);
    }

    private static String declared(Schema columns, String collation) {
        return columns.fields().stream().map(field -> column(field, collation)).collect(Collectors.joining(", "));
    }

    /// With the description, and what rows get that do not name the column.
    private static String whole(Field field, String collation) {
        return column(field, collation)
                + field.notes().standard().map(value -> standard(field, value)).orElse("")
                + described(field);
    }

    /// A long text takes an expression only.
    private static String standard(Field field, String value) {
        return field.type() instanceof DataType.Text
                ? " DEFAULT (" + Sql.literal(value) + ")"
                : Sql.standard(field.type(), value);
    }

    private static String described(Field field) {
        String text = field.notes().description();
        return text.isEmpty()
                ? ""
                : " COMMENT " + Sql.literal(text.substring(0, Math.min(text.length(), MOST_DESCRIBED)));
    }

    private static String column(Field field, String collation) {
        return TableName.quoted(field.name()) + " " + MysqlTypes.name(field.type(), collation) + " NULL";
    }

    /// The statements that make `after` of `before`, where nobody else changed the table.
    static List<String> altering(TableName table, Schema before, Schema after, String collation) {
        List<String> statements = new ArrayList<>();
        for (Field field : after.fields()) {
            Optional<Field> was = before.indexOf(field.name()).stream()
                    .mapToObj(before::field)
                    .findFirst();
            if (was.isEmpty()) {
                statements.add(
                        "ALTER TABLE " + table.sql() + " ADD COLUMN " + column(field, collation) + described(field));
            } else if (!was.get().type().equals(field.type())) {
                statements.add("ALTER TABLE " + table.sql() + " MODIFY COLUMN " + whole(field, collation));
            }
        }
        return statements;
    }

    /// What an attempt that did not get in added is there already.
    void alter(TableName table, Schema before, Schema after) throws SQLException {
        ServerTables tables = new ServerTables(in);
        for (Field field : after.fields()) {
            Optional<Field> was = before.indexOf(field.name()).stream()
                    .mapToObj(before::field)
                    .findFirst();
            Optional<String> there = tables.type(table, field.name());
            if (was.isPresent()) {
                if (!was.get().type().equals(field.type())) {
                    new Sql(in).run("ALTER TABLE " + table.sql() + " MODIFY COLUMN " + whole(field, collation));
                }
            } else if (there.isEmpty()) {
                new Sql(in)
                        .run("ALTER TABLE " + table.sql() + " ADD COLUMN " + column(field, collation)
                                + described(field));
            } else if (!isAs(there.get(), field.type())) {
                throw WisentException.of(
                                ErrorCode.SCHEMA_REFUSED,
                                "rows bring a column '" + field.name() + "' ("
                                        + field.type().text() + "), and somebody gave table " + table
                                        + " one of that name (" + there.get() + ")")
                        .where(place)
                        .hint("rename or drop it");
            }
        }
    }

    private static boolean isAs(String there, DataType type) {
        String wanted = MysqlTypes.name(type, "").replaceFirst(" .*", "").toLowerCase(Locale.ROOT);
        return there.toLowerCase(Locale.ROOT).startsWith(wanted.equals("boolean") ? "tinyint" : wanted);
    }

    /// Lets rows be found by their key.
    void index(TableName table, Schema columns, List<String> key) throws SQLException {
        if (new ServerTables(in).indexes(table).contains(KEY)) {
            return;
        }
        List<String> names =
                key.stream().filter(name -> columns.indexOf(name).isPresent()).toList();
        if (!names.isEmpty()) {
            new Sql(in).run(indexing(KEY, table, columns, names));
        }
    }

    /// The statement that makes an index; of long texts it holds the beginning.
    static String indexing(String index, TableName table, Schema columns, List<String> names) {
        return names.stream()
                .map(name -> TableName.quoted(name)
                        + (MysqlTypes.isLong(columns.field(columns.indexOf(name).getAsInt())
                                        .type())
                                ? "(" + INDEXED_CHARACTERS + ")"
                                : ""))
                .collect(Collectors.joining(", ", "CREATE INDEX " + index + " ON " + table.sql() + " (", ")"));
    }

    /// Gives `hidden` the indexes of `live`, whose place it takes; refused where more hangs on that one than indexes.
    void carryOver(TableName live, TableName hidden) throws SQLException {
        ServerTables tables = new ServerTables(in);
        List<String> dependents = tables.dependents(live);
        if (!dependents.isEmpty()) {
            throw WisentException.of(
                            ErrorCode.SCHEMA_REFUSED,
                            "table " + live + " can't be replaced by a refreshed one: it has "
                                    + String.join(", ", dependents))
                    .where(place)
                    .hint("they would stay with the old table; drop them, or write to another table");
        }
        List<String> there = tables.indexes(hidden);
        List<String> columns = tables.columns(hidden);
        for (String index : tables.indexes(live)) {
            List<String> names = tables.indexed(live, index);
            if (!there.contains(index) && columns.containsAll(names)) {
                index(tables, hidden, index, tables.isUnique(live, index) ? "UNIQUE INDEX " : "INDEX ", names);
            }
        }
    }

    private void index(ServerTables tables, TableName table, String index, String kind, List<String> names)
            throws SQLException {
        StringBuilder list = new StringBuilder();
        for (String name : names) {
            boolean isLong = tables.type(table, name).orElse("").matches("long(text|blob).*");
            list.append(list.isEmpty() ? "" : ", ")
                    .append(TableName.quoted(name))
                    .append(isLong ? "(" + INDEXED_CHARACTERS + ")" : "");
        }
        new Sql(in).run("CREATE " + kind + TableName.quoted(index) + " ON " + table.sql() + " (" + list + ")");
    }
}
