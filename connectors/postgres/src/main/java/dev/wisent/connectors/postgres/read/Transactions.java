package dev.wisent.connectors.postgres.read;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.connectors.postgres.PostgresTable;
import dev.wisent.connectors.postgres.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Looks at the server's open transactions.
final class Transactions {
    /// A backend takes the time of a transaction's start first and shows it then; it may be stopped between the two for as
    /// long as it takes to get a processor again.
    private static final long SHOWING_MILLIS = 100;

    private static final String NOW = "SELECT (extract(epoch FROM transaction_timestamp()) * 1000000)::bigint";

    /// Those of other sessions of the database. Workers that clean up write no row anybody reads.
    private static final String OPEN = """
            SELECT (extract(epoch FROM xact_start) * 1000000)::bigint AS began,
                   coalesce(usename::text, backend_type) || ', process ' || pid
                     || CASE WHEN application_name <> '' THEN ', ' || application_name ELSE '' END
                     || ', since ' || xact_start::text AS who,
                   state = 'disabled' AS hidden
            FROM pg_catalog.pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
              AND backend_type NOT IN ('autovacuum worker', 'autovacuum launcher')
              AND (xact_start IS NOT NULL OR state = 'disabled')""";

    /// Those that hold a lock a writer of the table takes; its partitions and children count as the table. Without a table:
    /// all of the database. The locks of one transaction have the same `virtualtransaction`, which means nothing else here;
    /// the one on its own number tells which.
    private static final String PREPARED = """
            WITH RECURSIVE family (oid) AS (
              SELECT ?::oid UNION SELECT i.inhrelid FROM pg_catalog.pg_inherits i JOIN family f ON i.inhparent = f.oid)
            SELECT p.gid FROM pg_catalog.pg_prepared_xacts p
            LEFT JOIN pg_catalog.pg_locks x
              ON x.locktype = 'transactionid' AND x.pid IS NULL AND x.transactionid = p.transaction
            WHERE p.database = current_database()
              AND (? = 0 OR x.virtualtransaction IS NULL OR EXISTS (
                SELECT 1 FROM pg_catalog.pg_locks l JOIN family f ON l.relation = f.oid
                WHERE l.pid IS NULL AND l.locktype = 'relation' AND l.virtualtransaction = x.virtualtransaction
                  AND l.mode IN ('RowExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')))""";

    private Transactions() {}

    /// The server's clock now, to be given to [#frontier].
    static long now(Connection connection) throws SQLException {
        return Sql.one(connection, NOW, row -> row.getLong(1));
    }

    /// @param lookedAt what [#now] said
    static Frontier frontier(Connection connection, Relation relation, long lookedAt) throws SQLException {
        pause();
        List<Frontier.Open> open = Sql.list(connection, OPEN, row -> {
            if (row.getBoolean("hidden")) {
                throw blind("track_activities is off for " + row.getString("who"));
            }
            return new Frontier.Open(row.getLong("began"), row.getString("who"));
        });
        // after the open ones: one that is being prepared is in one of the two lists at any time
        Optional<PostgresTable> plain = relation.table().filter(table -> "rp".indexOf(table.kind()) >= 0);
        long oid = plain.map(PostgresTable::oid).orElse(0L);
        List<String> prepared = Sql.list(connection, PREPARED, row -> row.getString(1), oid, oid);
        return Frontier.of(new Frontier.Seen(lookedAt, open, prepared));
    }

    private static void pause() {
        try {
            Thread.sleep(SHOWING_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw WisentException.of(ErrorCode.INTERRUPTED, "interrupted while waiting for open transactions to show");
        }
    }

    /// @throws WisentException where open transactions can't be seen
    static void refuseBlind(Connection connection, ReadOptions options) throws SQLException {
        if (Sql.is(connection, "SELECT pg_is_in_recovery()")) {
            throw blind("the server is a replica, and the transactions of its primary don't show there");
        }
        if (!Sql.is(connection, "SELECT pg_has_role(current_user, 'pg_read_all_stats', 'USAGE')")) {
            String user = options.address().user().orElse("");
            throw blind("user '" + user + "' can't see when the transactions of other users began")
                    .hint("GRANT pg_read_all_stats TO " + Session.quoted(user)
                            + "; or say frontier: none, and merge what is read again from time to time");
        }
        if (!Sql.is(connection, "SELECT current_setting('track_activities')::boolean")) {
            throw blind("the server does not show its open transactions: track_activities is off");
        }
    }

    private static WisentException blind(String why) {
        return CursorColumn.unsafe("rows that are committed late could be lost: " + why);
    }
}
