package dev.wisent.connectors.mysql.read;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.connectors.mysql.Session;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// Looks at the statements and transactions of the server.
final class Transactions {
    /// How long a run waits for those who were writing when it began.
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /// What is prepared is committed at once, or stands for long.
    private static final Duration PATIENCE_WITH_PREPARED = Duration.ofSeconds(2);
    /// A connection takes the time of its statement first and shows it then; it may be stopped between the two for as long as
    /// it takes to get a processor again.
    private static final long SHOWING_MILLIS = 100;
    /// InnoDB makes the list of transactions anew only if nobody has read it for 0.1 s; else it shows the old one.
    private static final long REFRESH_MILLIS = 120;
    /// All that read the list in this process take turns, or none would see a new one.
    private static final ReentrantLock LIST = new ReentrantLock();

    private static final int NO_RIGHT = 1227;
    private static final Set<Integer> NO_XA_RIGHT = Set.of(1401, NO_RIGHT);

    private static final String NOW = "SELECT CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED)";

    /// The statement's own clock is taken first, so a statement that is looked at seems to have begun earlier than it did.
    private static final String RUNNING = """
            SELECT id, %s FROM information_schema.processlist
            WHERE id <> CONNECTION_ID() AND command NOT IN ('Sleep', 'Daemon') AND command NOT LIKE 'Binlog Dump%%'""";

    private static final String BEGAN_MARIADB = "CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 - time_ms * 1000 AS SIGNED)";
    /// Whole seconds; below zero where the session has set its clock.
    private static final String BEGAN_MYSQL =
            "IF(time < 0, 0, CAST((UNIX_TIMESTAMP(NOW(6)) - time - 1) * 1000000 AS SIGNED))";

    private static final String OPEN = """
            SELECT trx_mysql_thread_id, CAST(trx_started AS CHAR), trx_rows_modified, trx_is_read_only, trx_id
            FROM information_schema.innodb_trx""";

    /// Threads that apply what another server wrote, at the times it wrote it.
    private static final String REPLICATED = """
            SELECT 1 FROM information_schema.processlist WHERE user = 'system user' AND command <> 'Daemon' LIMIT 1""";

    private final MysqlSource source;
    private final Connection in;

    Transactions(MysqlSource source, Connection in) {
        this.source = source;
        this.in = in;
    }

    /// The server's clock, in microseconds since 1970.
    long now() throws SQLException {
        return Asked.one(in, NOW, row -> row.getLong(1)).orElseThrow();
    }

    /// Waits until nobody is left who may add a row that counts as written before `moment`.
    ///
    /// @param moment what [#now] said
    /// @return who is left; empty: nobody
    Optional<String> awaitEnded(long moment) throws SQLException {
        pause(SHOWING_MILLIS);
        long begin = System.nanoTime();
        long end = begin + PATIENCE.toNanos();
        Optional<Pending.Seen> first = look(end);
        if (first.isEmpty()) {
            return Optional.of(STALE);
        }
        Pending pending = new Pending(moment, first.get());
        while (!pending.isEmpty()) {
            boolean stands = pending.isPreparedOnly() && System.nanoTime() - begin > PATIENCE_WITH_PREPARED.toNanos();
            Optional<Pending.Seen> next = stands ? Optional.empty() : look(end);
            if (next.isEmpty()) {
                return Optional.of(pending.connections().isEmpty() ? pending.toString() : who(pending));
            }
            pending.look(next.get());
        }
        return Optional.empty();
    }

    private static final String STALE =
            "the list of open transactions does not come up to date, as others read it all the time";

    private String who(Pending pending) throws SQLException {
        List<String> users = Asked.list(
                in,
                "SELECT CONCAT('connection ', id, ' of user ', user) FROM information_schema.processlist WHERE id IN ("
                        + String.join(
                                ", ",
                                pending.connections().stream()
                                        .map(String::valueOf)
                                        .toList()) + ") ORDER BY id",
                row -> row.getString(1));
        return users.isEmpty() ? pending.toString() : String.join(", ", users);
    }

    /// @return empty: no list that is new was to be had by `end`
    private Optional<Pending.Seen> look(long end) throws SQLException {
        String began = Session.isMariaDb(in) ? BEGAN_MARIADB : BEGAN_MYSQL;
        Map<Long, Long> running = new HashMap<>();
        Asked.list(in, RUNNING.formatted(began), row -> running.put(row.getLong(1), row.getLong(2)));
        try (Connection witness = source.connect();
                Statement begin = witness.createStatement()) {
            long id = Asked.one(witness, "SELECT CONNECTION_ID()", row -> row.getLong(1))
                    .orElseThrow();
            begin.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
            running.remove(id);
            while (System.nanoTime() < end) {
                Map<Long, Pending.Transaction> open = new HashMap<>();
                Set<String> detached = new HashSet<>();
                read(open, detached);
                // a list that shows the witness is newer than it
                if (open.remove(id) != null) {
                    return Optional.of(new Pending.Seen(running, open, detached, prepared(in)));
                }
            }
            return Optional.empty();
        }
    }

    private void read(Map<Long, Pending.Transaction> open, Set<String> detached) throws SQLException {
        LIST.lock();
        try {
            pause(REFRESH_MILLIS);
            Asked.list(in, OPEN, row -> add(row, open, detached));
        } finally {
            LIST.unlock();
        }
    }

    private static long add(ResultSet row, Map<Long, Pending.Transaction> open, Set<String> detached)
            throws SQLException {
        long connection = row.getLong(1);
        long modified = row.getLong(3);
        if (connection != 0) {
            open.put(
                    connection,
                    new Pending.Transaction(
                            row.getString(2),
                            modified,
                            row.getInt(4) == 1
                                    ? Pending.Transaction.Access.READ_ONLY
                                    : Pending.Transaction.Access.READ_WRITE));
        } else if (modified > 0) {
            detached.add(row.getString(5));
        }
        return connection;
    }

    private static List<String> prepared(Connection in) throws SQLException {
        return Asked.list(in, "XA RECOVER", row -> row.getString(4));
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw WisentException.of(ErrorCode.INTERRUPTED, "interrupted while waiting for open transactions to show");
        }
    }

    /// @throws WisentException where open transactions can't be seen
    static void refuseBlind(Connection in, Relation relation, ReadOptions options) throws SQLException {
        try {
            Asked.list(in, "SELECT trx_id FROM information_schema.innodb_trx LIMIT 1", row -> row.getString(1));
        } catch (SQLException refused) {
            if (refused.getErrorCode() != NO_RIGHT) {
                throw refused;
            }
            throw blindFor(options, "PROCESS").causedBy(refused);
        }
        try {
            prepared(in);
        } catch (SQLException refused) {
            if (!NO_XA_RIGHT.contains(refused.getErrorCode())) {
                throw refused;
            }
            throw blindFor(options, "XA_RECOVER_ADMIN").causedBy(refused);
        }
        if (Asked.one(in, REPLICATED, row -> row.getInt(1)).isPresent()) {
            throw blind("the server applies what another one wrote, at the times that one wrote it");
        }
        List<String> engines = engines(in, relation);
        if (!engines.isEmpty()) {
            throw blind("transactions of engine " + String.join(", ", engines) + " don't show");
        }
    }

    /// Those whose transactions InnoDB knows nothing of: of the table, else of the server.
    private static List<String> engines(Connection in, Relation relation) throws SQLException {
        if (relation.table().isPresent()) {
            List<String> own = new ArrayList<>(Asked.list(
                    in,
                    "SELECT engine FROM information_schema.tables WHERE table_schema = ? AND table_name = ?"
                            + " AND engine IS NOT NULL",
                    row -> row.getString(1),
                    relation.table().get().database(),
                    relation.table().get().table()));
            if (!own.isEmpty()) {
                own.removeAll(List.of("InnoDB", "MyISAM", "MRG_MyISAM", "Aria", "MEMORY", "ARCHIVE", "CSV"));
                return own;
            }
        }
        return Asked.list(
                in,
                "SELECT engine FROM information_schema.engines WHERE support IN ('YES', 'DEFAULT')"
                        + " AND transactions = 'YES' AND engine NOT IN ('InnoDB', 'SEQUENCE')",
                row -> row.getString(1));
    }

    private static WisentException blindFor(ReadOptions options, String right) {
        String user = options.address().user().orElse("");
        return blind("user '" + user + "' can't see the transactions of other users")
                .hint("GRANT " + right + " ON *.* TO " + user + "; or give cursor_lag, a time longer than any"
                        + " transaction that writes the table; cursor_lag: 0 with write_mode: merge, and a full refresh"
                        + " from time to time");
    }

    private static WisentException blind(String why) {
        return CursorColumn.unsafe("rows that are committed late could be lost: " + why);
    }
}
