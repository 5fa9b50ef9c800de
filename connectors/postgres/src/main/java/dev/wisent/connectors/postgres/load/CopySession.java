package dev.wisent.connectors.postgres.load;

import dev.wisent.api.StreamId;
import dev.wisent.api.TargetId;
import dev.wisent.api.destination.WriteRequest;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.postgres.PostgresFailure;
import dev.wisent.connectors.postgres.PostgresTable;
import dev.wisent.connectors.postgres.Session;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.postgresql.copy.CopyIn;

/// A connection whose open transaction holds the rows of one cut. Whatever may pass by itself (the connection is lost, a
/// deadlock, the table was changed under it) makes it gone, silently: its commit will be refused, and its rows are read
/// again. Everything else fails.
///
/// One thread at a time: a ship thread until the cut is flushed, then the committer.
final class CopySession {
    private final String id;
    private final String name;
    private final StreamId stream;
    private final List<String> primaryKey;
    private final Map<TableName, Merges.Staged> stages = new LinkedHashMap<>();
    private final Connections connections;
    private final Targets targets;
    private final Set<TableName> entered = new HashSet<>();
    private Optional<Connection> connection = Optional.empty();
    private Optional<Backend> backend = Optional.empty();
    private Optional<Copying> copying = Optional.empty();
    private boolean gone;
    private volatile boolean unwanted;

    /// The server's process that serves a session; `since` tells it from a later one of the same number.
    record Backend(int pid, String since) {}

    private record Copying(TableFit fit, CopyIn copy) {}

    /// Where rows go.
    ///
    /// @param rows the columns they have
    /// @param fit how they fit into the table they end up in
    /// @param sent the same, or the temporary table that they are merged from
    /// @param placement whether people see the table
    record Into(TargetId target, Schema rows, TableFit fit, TableFit sent, Sessions.Placement placement) {
        boolean isMerged() {
            return !sent.equals(fit);
        }
    }

    /// @param name what the server's views show it as
    CopySession(String id, String name, WriteRequest request, Connections connections, Targets targets) {
        this.id = id;
        this.name = name;
        this.stream = request.stream();
        this.primaryKey = request.primaryKey();
        this.connections = connections;
        this.targets = targets;
    }

    String id() {
        return id;
    }

    /// The rows that are to be merged, when the last were written.
    List<Merges.Staged> staged() {
        return List.copyOf(stages.values());
    }

    /// What they are merged by.
    List<String> primaryKey() {
        return primaryKey;
    }

    /// The connection with the open transaction; empty: the session is gone.
    Optional<Connection> connection() {
        return gone ? Optional.empty() : connection;
    }

    Optional<Backend> backend() {
        return backend;
    }

    /// Sends rows in COPY's format.
    void write(Into into, byte[] data, int length) {
        attempt(into.fit().table(), () -> {
            CopyIn copy = copyInto(into);
            copy.writeToCopy(data, 0, length);
        });
    }

    /// The last rows were written.
    void end() {
        copying.ifPresent(open -> attempt(open.fit().table(), this::endCopy));
    }

    private interface Step {
        void run() throws SQLException;
    }

    private void attempt(TableName table, Step step) {
        if (gone || unwanted) {
            return;
        }
        try {
            step.run();
        } catch (SQLException failed) {
            WisentException failure = connections.failure(failed, "COPY", table);
            lose();
            if (!failure.isTransient()) {
                throw hinted(failure, failed);
            }
        } catch (WisentException failed) {
            lose();
            if (!failed.isTransient()) {
                throw failed;
            }
        }
    }

    /// Text and JSON of PostgreSQL have no room for the character U+0000.
    private static WisentException hinted(WisentException failure, SQLException failed) {
        String state = PostgresFailure.state(failed);
        return switch (state) {
            case "22021", "22P05" ->
                failure.hint(
                        "PostgreSQL's texts can't hold the character U+0000: take it out, as by transforms: [{sql: …}],"
                                + " or filter such rows");
            case "23505", "23502", "23503", "23514", "23P01" ->
                failure.hint("SQLSTATE " + state
                        + ": the table has a constraint that the rows do not meet; drop it, or take such"
                        + " rows out with a transform");
            default -> failure;
        };
    }

    private CopyIn copyInto(Into into) throws SQLException {
        if (copying.isPresent() && copying.get().fit().equals(into.sent())) {
            return copying.get().copy();
        }
        endCopy();
        Connection in = open();
        if (entered.add(into.fit().table()) || !into.fit().changes().isEmpty()) {
            enter(in, into);
        }
        if (into.isMerged()) {
            stage(in, into);
        }
        CopyIn copy = Session.driver(in).getCopyAPI().copyIn(into.sent().copy());
        copying = Optional.of(new Copying(into.sent(), copy));
        OutputBuffer header = new OutputBuffer();
        CopyEncoder.begin(header);
        copy.writeToCopy(header.array(), 0, header.length());
        return copy;
    }

    private void stage(Connection in, Into into) throws SQLException {
        TableName name = into.sent().table();
        if (!stages.containsKey(name)) {
            Merges.Staged staged = new Merges.Staged(into.fit().table(), into.rows(), name);
            Generations.execute(in, staged.create());
            stages.put(name, staged);
        }
    }

    /// Changes the table if need be, and makes sure that it stays as the rows were encoded for until the transaction ends.
    private void enter(Connection in, Into into) throws SQLException {
        TableName table = into.fit().table();
        try (Statement statement = in.createStatement()) {
            for (String change : into.fit().statements()) {
                statement.execute(change);
            }
        }
        String shape = Targets.lock(in, table);
        if (targets.isKnown(stream, into.fit(), shape)) {
            return;
        }
        if (into.placement() == Sessions.Placement.LIVE) {
            targets.recognize(in, stream, into.target());
        }
        Optional<TableFit> now = PostgresTable.find(in, table.schema(), table.table())
                .map(there ->
                        TableFit.of(table, there, into.fit().maker(), into.fit().schema()));
        boolean same = now.filter(fit -> fit.changes().isEmpty())
                .filter(fit -> fit.types().equals(into.fit().types()))
                .isPresent();
        if (!same) {
            throw WisentException.transientFailure(
                    ErrorCode.WRITE_FAILED,
                    "table " + table + " was changed while rows were on their way",
                    new IOException(table.toString()));
        }
        targets.isAsItHasToBe(stream, into.fit(), shape);
    }

    private void endCopy() throws SQLException {
        if (copying.isPresent()) {
            CopyIn copy = copying.get().copy();
            copying = Optional.empty();
            OutputBuffer trailer = new OutputBuffer();
            CopyEncoder.end(trailer);
            copy.writeToCopy(trailer.array(), 0, trailer.length());
            // indexes, triggers and checks of many rows
            Connection in = connection.orElseThrow();
            connections.mayWork(in);
            long unused = copy.endCopy();
            connections.answersSoon(in);
        }
    }

    private Connection open() throws SQLException {
        if (connection.isEmpty()) {
            Connection taken = connections.takePatiently(() -> unwanted);
            connection = Optional.of(taken);
            // The server tells each change of it, one that is rolled back, too.
            if (!name.equals(Session.driver(taken).getParameterStatus("application_name"))) {
                try (Statement statement = taken.createStatement()) {
                    statement.execute("SET application_name = " + Session.literal(name));
                }
            }
            backend = connections.backend(taken);
        }
        return connection.get();
    }

    /// Nobody waits for it any more; from any thread. [#lose] follows.
    void unwanted() {
        unwanted = true;
    }

    /// Ends it without a commit.
    void lose() {
        gone = true;
        copying = Optional.empty();
        connection.ifPresent(Connections::end);
        connection = Optional.empty();
    }

    /// Its transaction has ended by COMMIT or ROLLBACK; the connection goes back.
    void ended() {
        gone = true;
        connection.ifPresent(connections::give);
        connection = Optional.empty();
    }
}
