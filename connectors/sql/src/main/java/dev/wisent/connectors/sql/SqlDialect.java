package dev.wisent.connectors.sql;

import dev.wisent.api.error.WisentException;
import java.sql.SQLException;

/// Where a database's SQL differs, as far as the tables of progress need it.
public interface SqlDialect {
    /// `name`, one of Wisent's own tables, as statements write it: with its schema, quoted.
    String table(String name);

    /// The type of a column for a name that is part of a key: compared byte by byte, 512 characters or more.
    String keyType();

    /// The type of a column for text of any length.
    String textType();

    /// What ends a SELECT whose row no other transaction may lock or change until this one ends; empty where
    /// transactions that write wait for each other anyhow.
    String forUpdate();

    /// An INSERT with these columns and values that does nothing where the key is there already.
    default String insertIfAbsent(String table, String columns, String values) {
        return "INSERT INTO " + table + " (" + columns + ") VALUES (" + values + ") ON CONFLICT DO NOTHING";
    }

    /// A failure in Wisent's words; transient when the same step may be tried again.
    ///
    /// @param what what was being done
    WisentException failure(SQLException cause, String what);

    /// Whether `cause`, thrown by COMMIT, leaves open if the transaction got in: the connection broke, the server went.
    boolean leavesOpen(SQLException cause);
}
