package dev.wisent.connectors.sql.staged;

import dev.wisent.columnar.DataType;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// What [Merging] asks of a database's SQL.
public interface MergeDialect {
    /// Where the tables are, for messages.
    String place();

    /// Whether values of this type are ordered by SQL as they are.
    boolean isOrdered(DataType type);

    /// A point in time as a value of a column of type [DataType#TIMESTAMP].
    String instant(Instant at);

    /// How statements name the temporary table that was made as `name`.
    default String temporary(String name) {
        return "temp." + name;
    }

    /// Makes a temporary table of a SELECT, in the open transaction.
    default String makeTemporary(String name, String select) {
        return "CREATE TEMP TABLE " + name + " AS " + select;
    }

    /// Drops one, in the open transaction.
    default String dropTemporary(String name) {
        return "DROP TABLE " + temporary(name);
    }

    /// An ORDER BY with the highest value of `column` first, and null last.
    default String highestFirst(String column) {
        return column + " DESC NULLS LAST";
    }

    /// Deletes rows of `into`, `t`, for which there is one of `from`, `s`, that meets `which`.
    default String delete(String into, String from, String which) {
        return "DELETE FROM " + into + " AS t WHERE EXISTS (SELECT 1 FROM " + from + " s WHERE " + which + ")";
    }

    /// Deletes rows of `child` whose [ChildTables#PARENT_ID] no row of `parent` has in `column`: ids are looked up in a set
    /// that is made once.
    default String deleteOrphans(String child, String parent, String column) {
        return "DELETE FROM " + child + " WHERE " + ChildTables.PARENT_ID + " NOT IN (SELECT s." + column + " FROM "
                + parent + " AS s WHERE s." + column + " IS NOT NULL)";
    }

    /// A condition on rows of `s`: whether these columns are those of a row of `from`, where none is null. What `from` has is
    /// looked up in a set that is made once.
    default String among(List<String> columns, String from) {
        String own = columns.stream().map(c -> "s." + TableName.quoted(c)).collect(Collectors.joining(", "));
        String there = columns.stream().map(TableName::quoted).collect(Collectors.joining(", "));
        return "(" + own + ") IN (SELECT " + there + " FROM " + from + ")";
    }

    /// A column of the table that [#update] changes, to the left of `=`.
    default String assigned(String column) {
        return column;
    }

    /// Sets columns of rows of `into`, `t`, from the row of `from`, `s`, that meets `which`.
    ///
    /// @param sets [#assigned] ` = value`, with commas between them
    default String update(String into, String sets, String from, String which) {
        return "UPDATE " + into + " AS t SET " + sets + " FROM " + from + " s WHERE " + which;
    }

    /// An expression: whether text `part` occurs in `text`, both expressions.
    default String contains(String text, String part) {
        return "instr(" + text + ", " + part + ") > 0";
    }
}
