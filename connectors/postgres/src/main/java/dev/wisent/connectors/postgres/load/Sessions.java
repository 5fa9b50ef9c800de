package dev.wisent.connectors.postgres.load;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.destination.WriteRequest;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.sql.staged.ChildTables;
import dev.wisent.connectors.sql.staged.Merging;
import dev.wisent.connectors.sql.staged.RowChanges;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The sessions of a destination that hold rows, by their ids. Any thread.
final class Sessions {
    /// How long a server is asked at once to end a process.
    private static final int END_MILLIS = 5_000;

    private final PostgresOptions options;
    private final Connections connections;
    private final Targets targets;
    private final Map<String, CopySession> open = new ConcurrentHashMap<>();
    private final AtomicLong counter = new AtomicLong();

    Sessions(PostgresOptions options, Connections connections, Targets targets) {
        this.options = options;
        this.connections = connections;
        this.targets = targets;
    }

    /// Whether people see where rows go.
    enum Placement {
        LIVE,
        /// Until the generation is published.
        HIDDEN
    }

    /// What becomes of rows.
    enum Arrival {
        APPENDED,
        /// Merged by their key, with their commit.
        MERGED,
        /// Merged by their key, when their generation is published.
        WAITING
    }

    CopySession begin(WriteRequest request) {
        String id = request.run() + "-" + request.lane() + "-" + request.claim() + "-" + request.worker() + "-"
                + counter.incrementAndGet();
        String name = Mark.of(options, request.stream()).sessions(request.lane()) + request.claim();
        CopySession session = new CopySession(id, name, request, connections, targets);
        open.put(id, session);
        return session;
    }

    /// Where rows of `target` go: its own table, or, of a generation that is not published, a hidden one.
    CopySession.Into into(WriteRequest request, Placement placement, Arrival arrival, TargetId target, Schema rows) {
        Schema schema = switch (arrival) {
            case APPENDED -> rows;
            case MERGED -> Merging.columns(rows, options.merging());
            case WAITING -> RowChanges.waiting(rows);
        };
        TableFit fit = fit(request, placement, target, schema);
        TableName stage = new TableName("pg_temp", "_wisent_stage_" + counter.incrementAndGet());
        TableFit sent = arrival == Arrival.MERGED ? fit.staged(rows, stage) : fit;
        return new CopySession.Into(target, rows, fit, sent, placement);
    }

    private TableFit fit(WriteRequest request, Placement placement, TargetId target, Schema schema) {
        TableName table = targets.name(target);
        if (placement == Placement.LIVE) {
            connections.callAgain("looking at table " + table, in -> {
                targets.recognize(in, request.stream(), target);
                return true;
            });
            return targets.fit(request.stream(), target, schema, key(request, schema));
        }
        TableName hidden = table.hidden(Mark.of(options, request.stream()), request.generation());
        return targets.fitHidden(hidden, schema, target.name(), key(request, schema));
    }

    /// Elements of lists are not merged.
    private static List<String> key(WriteRequest request, Schema columns) {
        return ChildTables.isChild(columns) ? List.of() : request.primaryKey();
    }

    Optional<CopySession> find(String id) {
        return Optional.ofNullable(open.get(id));
    }

    void giveUp(CopySession session) {
        open.remove(session.id());
        session.lose();
    }

    /// Its transaction ended; the connection is used again.
    void ended(CopySession session) {
        open.remove(session.id());
        session.ended();
    }

    /// Makes sure that a session whose commit was not answered does nothing any more (R4): the server's process that served it
    /// is ended. What it did before, it did.
    void end(CopySession session) {
        session.lose();
        session.backend()
                .ifPresent(backend -> connections.call("ending session " + session.id(), in -> {
                    try (PreparedStatement end = in.prepareStatement("SELECT pg_terminate_backend(pid, " + END_MILLIS
                            + ") FROM pg_catalog.pg_stat_activity WHERE pid = ? AND backend_start = ?::timestamptz")) {
                        end.setInt(1, backend.pid());
                        end.setString(2, backend.since());
                        allEnded(end);
                    }
                    return true;
                }));
    }

    private static void allEnded(PreparedStatement end) throws SQLException {
        try (ResultSet rows = end.executeQuery()) {
            while (rows.next()) {
                if (!rows.getBoolean(1)) {
                    throw new SQLException("a session of an earlier attempt does not end", "08006");
                }
            }
        }
    }

    /// Ends what claims older than `held` left behind.
    void sweep(Commit.Claim held) {
        String mark =
                Mark.of(options, held.head().stream()).sessions(held.head().lane());
        connections.callAgain("ending sessions that older runs left", in -> {
            try (PreparedStatement end = in.prepareStatement("SELECT pg_terminate_backend(pid, " + END_MILLIS
                    + ") FROM pg_catalog.pg_stat_activity WHERE datname = current_database() AND usename = current_user"
                    + " AND left(application_name, ?) = ? AND substr(application_name, ?) ~ '^[0-9]+$'"
                    + " AND substr(application_name, ?)::numeric < ? AND pid <> pg_backend_pid()")) {
                end.setInt(1, mark.length());
                end.setString(2, mark);
                end.setInt(3, mark.length() + 1);
                end.setInt(4, mark.length() + 1);
                end.setLong(5, held.head().n());
                try (ResultSet rows = end.executeQuery()) {
                    return rows.next();
                }
            }
        });
    }

    void close() {
        open.values().forEach(this::giveUp);
    }
}
