package dev.wisent.connectors.sql.read;

import dev.wisent.api.StreamId;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.StreamInfo;
import java.sql.Connection;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// A database in which something happens once, between the first statement that reads a table and the next.
///
/// @param rows of one statement
class Interrupted implements ReadDatabase {
    /// What somebody else does.
    interface Change {
        void happens() throws SQLException;
    }

    private final ReadDatabase of;
    private final int rows;
    private final Change change;
    private final AtomicBoolean happened = new AtomicBoolean();
    private final AtomicInteger connections = new AtomicInteger();

    Interrupted(ReadDatabase of, int rows, Change change) {
        this.of = of;
        this.rows = rows;
        this.change = change;
    }

    @Override
    public void ended(Connection in) throws SQLException {
        of.ended(in);
        if (happened.compareAndSet(false, true)) {
            change.happens();
        }
    }

    @Override
    public int rowsOfStatement() {
        return rows;
    }

    @Override
    public String shape(ResultSetMetaData columns) throws SQLException {
        return of.shape(columns);
    }

    @Override
    public String location() {
        return of.location();
    }

    /// How many there were.
    int connections() {
        return connections.get();
    }

    @Override
    public Connection connect() {
        connections.incrementAndGet();
        return of.connect();
    }

    @Override
    public WisentException failure(SQLException cause, String what) {
        return of.failure(cause, what);
    }

    @Override
    public List<StreamId> tables(Connection in) throws SQLException {
        return of.tables(in);
    }

    @Override
    public ReadTable table(Connection in, StreamId stream, List<String> orderedBy) throws SQLException {
        return of.table(in, stream, orderedBy);
    }

    @Override
    public ReadTable query(Connection in, StreamId stream, String query, List<String> orderedBy) throws SQLException {
        return of.query(in, stream, query, orderedBy);
    }

    @Override
    public OrderColumn order(ReadColumn column) {
        return of.order(column);
    }

    @Override
    public String limit(int most) {
        return of.limit(most);
    }

    @Override
    public StreamInfo.Rights rights() {
        return of.rights();
    }
}
