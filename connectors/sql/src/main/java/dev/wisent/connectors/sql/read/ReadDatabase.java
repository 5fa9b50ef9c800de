package dev.wisent.connectors.sql.read;

import dev.wisent.api.StreamId;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.StreamInfo;
import java.sql.Connection;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A database that tables are read from, as far as its SQL is its own. For several threads.
public interface ReadDatabase {
    /// Where it is, for people.
    String location();

    /// A connection of its own that only reads. Fails with a [WisentException].
    Connection connect();

    WisentException failure(SQLException cause, String what);

    /// The streams there are, in a stable order.
    List<StreamId> tables(Connection in) throws SQLException;

    /// The table of a stream; a [WisentException] if there is none.
    ///
    /// @param orderedBy the columns to order by instead of its own key; none: its own
    ReadTable table(Connection in, StreamId stream, List<String> orderedBy) throws SQLException;

    /// A connection that statements of one reader read rows through, one after the other. Default: as any.
    default Connection connectToRead() throws SQLException {
        return connect();
    }

    /// A query as a stream.
    ReadTable query(Connection in, StreamId stream, String query, List<String> orderedBy) throws SQLException;

    /// A column to order by, of a table with these columns.
    OrderColumn order(ReadColumn column);

    /// What tells rows of one cursor apart, in a run that may go on where an earlier one ended; none: nothing does.
    default List<OrderColumn> behindCursor(ReadTable table) {
        return table.order();
    }

    /// Why that may not hold from one run to the next; empty: it does.
    default Optional<String> unsteady(ReadTable table) {
        return Optional.empty();
    }

    /// Of so many tables on, whoever asked for all of them keeps a connection, so that the process need not open the database
    /// again for each of them.
    default int keptOpenFrom() {
        return Integer.MAX_VALUE;
    }

    /// How many rows one statement reads; 0: all there are. What is read by one statement is of one moment.
    int rowsOfStatement();

    /// What ends a statement that gives `rows` rows; the driver is told, too.
    default String limit(int rows) {
        return " LIMIT " + rows;
    }

    /// The statement that gives the highest value of a cursor there is, as `cursor.text()` would; no row, or null: none.
    default String highest(ReadTable table, OrderColumn cursor) {
        return "SELECT " + cursor.text() + " FROM " + table.from() + " WHERE " + cursor.name()
                + " IS NOT NULL ORDER BY " + cursor.name() + " DESC LIMIT 1";
    }

    /// Cuts a table that is ordered for a full read, into ranges of the first column it is read in the order of: the last value
    /// of each but the last, lowest first, as `text()` of that column gives it; none: it is one range.
    ///
    /// @param ranges how many are asked for; empty: what suits its size
    default List<String> bounds(Connection in, ReadTable table, Optional<Long> ranges) throws SQLException {
        return List.of();
    }

    /// How many ranges of a table are read at once, if the database minds.
    default OptionalInt openSplits() {
        return OptionalInt.empty();
    }

    /// Why a row may be committed when a higher cursor was read already; empty: none can be. Asked of tables and views.
    default Optional<String> unknownFrontier(Connection in, StreamId stream, String cursor) throws SQLException {
        return Optional.empty();
    }

    /// For [#unknownFrontier], where neither a default, a number the database draws, nor a trigger may give a column its
    /// values.
    static String givenByWriters(String cursor) {
        return "no default and no trigger gives '" + cursor
                + "' its value: rows whose writers take it before it is their turn to write are lost";
    }

    /// A statement was read to its end.
    default void ended(Connection in) throws SQLException {}

    /// What the columns of a statement are of, so far as it can change from one statement to the next: those of one read have
    /// the same. Default: what a value is, is known from the value itself.
    default String shape(ResultSetMetaData columns) throws SQLException {
        return "";
    }

    /// What of its tables may be read.
    default StreamInfo.Rights rights() {
        return StreamInfo.Rights.UNKNOWN;
    }

    /// How many rows the table of a stream has, if the database knows it without counting.
    default OptionalLong estimatedRows(Connection in, StreamId stream) throws SQLException {
        return OptionalLong.empty();
    }
}
