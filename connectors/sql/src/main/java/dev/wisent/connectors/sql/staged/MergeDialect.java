package dev.wisent.connectors.sql.staged;

import dev.wisent.columnar.DataType;
import java.time.Instant;

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

    /// An expression: whether text `part` occurs in `text`, both expressions.
    default String contains(String text, String part) {
        return "instr(" + text + ", " + part + ") > 0";
    }
}
