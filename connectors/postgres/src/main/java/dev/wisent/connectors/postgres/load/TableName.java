package dev.wisent.connectors.postgres.load;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.connectors.postgres.Session;
import java.nio.charset.StandardCharsets;

/// A table's name. The server cuts names that are too long without failing, so such ones are refused here.
record TableName(String schema, String table) {
    /// NAMEDATALEN - 1, in bytes.
    static final int LONGEST = 63;

    static boolean fits(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length <= LONGEST && name.indexOf('\0') < 0;
    }

    /// What `target` names: `schema.table`, or a table in `schema`.
    static TableName of(TargetId target, String schema) {
        int dot = target.name().indexOf('.');
        TableName name = dot < 0
                ? new TableName(schema, target.name())
                : new TableName(target.name().substring(0, dot), target.name().substring(dot + 1));
        if (name.schema.isEmpty() || name.table.isEmpty() || !fits(name.schema) || !fits(name.table)) {
            throw WisentException.of(ErrorCode.SCHEMA_REFUSED, "'" + target + "' can't be the name of a table")
                    .hint("destination_id is TABLE or SCHEMA.TABLE, each of 1 to " + LONGEST + " bytes");
        }
        return name;
    }

    /// Where rows of an open generation are until it is published. No two streams have the same.
    TableName hidden(Mark mark, GenerationId generation) {
        String end = mark.tables(generation);
        String whole = table + end;
        if (fits(whole)) {
            return new TableName(schema, whole);
        }
        String begin = table.replaceAll("[^A-Za-z0-9_]", "");
        int room = LONGEST - end.length() - Integer.BYTES * 2 - 1;
        return new TableName(
                schema,
                begin.substring(0, Math.min(begin.length(), room)) + "_" + Mark.hash(table, Integer.BYTES) + end);
    }

    /// As the library of the SQL destinations names it.
    dev.wisent.connectors.sql.staged.TableName plain() {
        return new dev.wisent.connectors.sql.staged.TableName(schema, table);
    }

    /// As SQL spells it.
    String quoted() {
        return Session.quoted(schema) + "." + Session.quoted(table);
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
