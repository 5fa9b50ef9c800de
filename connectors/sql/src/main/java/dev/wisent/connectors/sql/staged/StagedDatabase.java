package dev.wisent.connectors.sql.staged;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.destination.ReadBack;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.sql.SqlDialect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;

/// A database, as far as its SQL is its own: one in a file, or a server whose parts wait on this machine. What takes a
/// connection runs in the transaction that is open there, unless said otherwise. For several threads.
public interface StagedDatabase extends SqlDialect, MergeDialect {
    /// The database's file; it need not be there yet. Parts wait in a folder beside it, also those of a server.
    Path file();

    @Override
    default String place() {
        return file().toString();
    }

    /// Whether there can be progress of anybody.
    default boolean isThere() {
        return Files.exists(file());
    }

    /// The connection tables are made, changed and looked at by before a commit writes rows: another one than the commit's
    /// where such a statement would end the transaction that is open there. What it does is found and gone on from when the
    /// commit does not get in.
    default Connection shaping(Connection in) throws SQLException {
        return in;
    }

    /// Whether a table that no progress knows was left by a commit that did not get in; [#create] takes its place.
    default boolean isAbandoned(Connection in, TableName table) throws SQLException {
        return false;
    }

    /// The table of a generation that nobody sees yet.
    default TableName hidden(TableName table, GenerationId generation) {
        return table.hidden(generation);
    }

    /// Drops a table, if it is there, when the transaction commits.
    default void drop(Connection in, TableName table) throws SQLException {
        new Sql(in).run("DROP TABLE IF EXISTS " + table.sql());
    }

    /// Lets the rows of a key be found without reading the whole table, where a merge needs that.
    default void index(Connection in, TableName table, Schema columns, List<String> key) throws SQLException {}

    /// The statement that makes a table's index over its clustering keys; empty: this database keeps none.
    ///
    /// @param mark of the table
    default Optional<String> clustering(TableName table, String mark, Schema columns, List<String> keys) {
        return Optional.empty();
    }

    /// The statement that drops it.
    default String unclustering(TableName table, String mark) {
        throw new UnsupportedOperationException("no index over clustering keys");
    }

    /// The columns of that index, in order; none: there is no such index.
    default List<String> clustered(Connection in, TableName table, String mark) throws SQLException {
        return List.of();
    }

    /// Whether rows lie in the order of their clustering keys instead.
    default boolean sorts() {
        return false;
    }

    /// Finishes what commits that are in left to be done; outside of a transaction. Done before a commit is answered.
    default void settle(Connection in) throws SQLException {}

    /// Removes tables that commits made which did not get in; outside of a transaction.
    ///
    /// @param targets of the stream, as far as they are known
    /// @param open the generation that goes on
    default void sweep(Connection in, Set<TargetId> targets, Optional<GenerationId> open) throws SQLException {}

    /// Tries what a first run would do, and takes it back; outside of a transaction.
    default void tryOut(Connection in) throws SQLException {}

    /// Closes what it holds open beside the connections it gave. No other call follows.
    default void close() {}

    /// The table that holds progress.
    TableName progressTable();

    /// The table of a target; refused with an error where there can't be one.
    TableName name(TargetId target);

    /// Refuses columns that no table can have, or that would not come back as they were written.
    void check(Schema columns);

    /// Reads the tables of targets, through connections of its own.
    ReadBack readBack();

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

    default void create(Connection in, TableName table, Schema columns, String mark) throws SQLException {
        for (String statement : creating(table, columns, mark)) {
            new Sql(in).run(statement);
        }
    }

    /// Changes a table's columns from `before` to `after`, which has them all: more columns at the end, wider types.
    default void alter(Connection in, TableName table, Schema before, Schema after) throws SQLException {
        for (String statement : altering(table, before, after)) {
            new Sql(in).run(statement);
        }
    }

    /// The statements that make a table.
    List<String> creating(TableName table, Schema columns, String mark);

    /// The statements of [#alter].
    List<String> altering(TableName table, Schema before, Schema after);

    /// Puts `hidden` in the place of `live`, which may be there or not; indexes and comments of the old one stay.
    void replace(Connection in, TableName live, TableName hidden) throws SQLException;

    /// Whether [#replace] takes effect after the commit, at once for all tables of that: what the commit writes is seen before.
    default boolean replacesLater() {
        return false;
    }
}
