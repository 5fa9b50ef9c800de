package dev.wisent.connectors.sql.staged;

import dev.wisent.api.TargetId;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.sql.SqlDialect;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;

/// A database in one file, as far as its SQL is its own. What takes a connection runs in the transaction that is open there,
/// unless said otherwise. For several threads.
public interface StagedDatabase extends SqlDialect, MergeDialect {
    /// The database's file; it need not be there yet.
    Path file();

    @Override
    default String place() {
        return file().toString();
    }

    /// The table that holds progress.
    TableName progressTable();

    /// The table of a target; refused with an error where there can't be one.
    TableName name(TargetId target);

    /// Refuses columns that no table can have, or that would not come back as they were written.
    void check(Schema columns);

    /// Held while a commit of this process is decided: transactions of one process that write don't run beside each other.
    Lock lock();

    /// A connection of its own, made with the file if that is not there; autocommit is on. Fails with a
    /// [dev.wisent.api.error.WisentException].
    Connection connect();

    /// Begins a transaction that writes: none other that writes runs beside it.
    void begin(Connection in) throws SQLException;

    /// Ends what [#begin] set, after the transaction ended.
    void ended(Connection in) throws SQLException;

    /// Makes parts readable as [#from]; outside of a transaction.
    void attach(Connection in, List<Path> parts) throws SQLException;

    /// Takes back what [#attach] did; outside of a transaction.
    void detach(Connection in, int parts) throws SQLException;

    /// What a SELECT names to read part number `index`.
    String from(Path part, int index);

    /// The value of `expression`, which was written as `from`, as a table's column of type `to` has it.
    String value(String expression, DataType from, DataType to);

    /// Whether a column may change its type so with the rows it has.
    boolean canRetype(DataType from, DataType to);

    boolean hasTable(Connection in, TableName table) throws SQLException;

    /// The names of the table's columns, in order; none: there is no such table.
    List<String> columns(Connection in, TableName table) throws SQLException;

    /// What [#create] wrote into the table; empty: somebody else made it.
    Optional<String> mark(Connection in, TableName table) throws SQLException;

    void create(Connection in, TableName table, Schema columns, String mark) throws SQLException;

    /// Changes a table's columns from `before` to `after`, which has them all: more columns at the end, wider types.
    void alter(Connection in, TableName table, Schema before, Schema after) throws SQLException;

    /// Puts `hidden` in the place of `live`, which may be there or not; indexes and comments of the old one stay.
    void replace(Connection in, TableName live, TableName hidden) throws SQLException;
}
