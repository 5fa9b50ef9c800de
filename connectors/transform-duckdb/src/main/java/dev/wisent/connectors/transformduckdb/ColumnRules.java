package dev.wisent.connectors.transformduckdb;

import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// What the names of a statement mean among the columns of a schema.
final class ColumnRules {
    /// Functions that are written without brackets, unless a column has the name.
    private static final Set<String> CLOCK_AND_USER = Set.of(
            "current_catalog",
            "current_database",
            "current_date",
            "current_role",
            "current_schema",
            "current_time",
            "current_timestamp",
            "current_user",
            "localtime",
            "localtimestamp",
            "session_user",
            "user");

    private final Select select;
    private final Map<String, Field> columns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private ColumnRules(Select select) {
        this.select = select;
    }

    /// @param row the name of the column that only we use
    static void check(Select select, Schema schema, String row) {
        new ColumnRules(select).check(schema, row);
    }

    private void check(Schema schema, String row) {
        for (Field field : schema.fields()) {
            Field other = columns.put(field.name(), field);
            if (other != null) {
                throw SqlFailure.invalid(
                                "SQL can't tell the columns '" + other.name() + "' and '" + field.name() + "' apart",
                                select.text(),
                                OptionalInt.empty())
                        .hint("rename or drop one of them in a step before");
            }
        }
        for (RowSource.Unnest unnest : select.source().unnests()) {
            if (columns.containsKey(unnest.column())) {
                throw SqlFailure.invalid(
                                "there is a column '" + unnest.column() + "' already",
                                select.text(),
                                OptionalInt.empty())
                        .hint("give what unnest makes another name");
            }
        }
        List<ObjectNode> selected = select.items();
        Trees.expressions(select.tree(), node -> {
            if (Trees.isColumn(node)) {
                name(node, row);
                if (!selected.contains(node)) {
                    held(node);
                }
            }
        });
    }

    private void name(ObjectNode column, String row) {
        List<String> path = Trees.path(column);
        String name = path.getFirst();
        if (path.contains(row)) {
            throw SqlFailure.invalid("there is no column '" + row + "'", select.text(), RowRules.place(column));
        }
        if (path.size() == 1 && !columns.containsKey(name) && CLOCK_AND_USER.contains(FunctionRules.key(name))) {
            throw SqlFailure.invalid(
                            "the SQL uses " + name + ", which may give another result when the same row is read again",
                            select.text(),
                            RowRules.place(column))
                    .hint("use what is in the row; when it was loaded is in the envelope's columns");
        }
    }

    private void held(ObjectNode column) {
        for (String name : Trees.path(column)) {
            Field field = columns.get(name);
            if (field != null && !DuckTypes.canHold(field.type())) {
                throw SqlFailure.invalid(
                                "DuckDB has no type for column '" + name + "', "
                                        + field.type().text(),
                                select.text(),
                                RowRules.place(column))
                        .hint("such a column can be selected, and nothing else; cast it to json in a step before");
            }
        }
    }
}
