package dev.wisent.connectors.postgres;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Set;

/// What went wrong, in our words. The server's own text is quoted where it helps: it names users, databases, tables and
/// values, never a password.
public final class PostgresFailure {
    /// PostgreSQL documentation, appendix A: SQLSTATE.
    private static final String WRONG_PASSWORD = "28P01";

    private static final String NOT_LET_IN = "28000";
    private static final String NO_DATABASE = "3D000";
    private static final String NO_SCHEMA = "3F000";
    private static final String NO_RIGHT = "42501";
    private static final String NO_TABLE = "42P01";
    private static final String NO_COLUMN = "42703";
    private static final String TOO_MANY_CONNECTIONS = "53300";
    private static final String READ_ONLY = "25006";
    private static final String CANCELLED = "57014";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String TRANSACTION_TOO_LONG = "25P03";
    private static final String TRANSACTION_TIMEOUT = "25P04";
    private static final String CONNECTION_CLASS = "08";
    private static final String SYNTAX_CLASS = "42";
    private static final Set<String> DISK_FULL = Set.of("53100", "53000", "58030");
    /// A server that is being shut down, has crashed, or is starting.
    private static final Set<String> GOING = Set.of("57P01", "57P02", "57P03");
    /// Serialization failures and deadlocks: the same transaction may succeed when it is tried again.
    private static final Set<String> AGAIN = Set.of("40001", "40P01");

    private final Side side;
    private final Address address;

    private PostgresFailure(Side side, Address address) {
        this.side = side;
        this.address = address;
    }

    /// Whether the connection is gone, or none is to be had now, and a later one may work.
    public static boolean isLost(SQLException failed) {
        String state = state(failed);
        return state.startsWith(CONNECTION_CLASS)
                || GOING.contains(state)
                || state.equals(TOO_MANY_CONNECTIONS)
                || state.equals(TRANSACTION_TOO_LONG)
                || state.equals(TRANSACTION_TIMEOUT);
    }

    /// @return transient where the same may work later: the connection was lost, a deadlock, a lock that was not to be had
    public static WisentException of(SQLException failed, Side side, Address address) {
        return new PostgresFailure(side, address).told(failed).where(address.toString());
    }

    /// The server's code of the failure; empty when the driver has none.
    public static String state(SQLException failed) {
        return failed.getSQLState() == null ? "" : failed.getSQLState();
    }

    /// The failure's text in one line.
    public static String text(SQLException failed) {
        return String.valueOf(failed.getMessage()).strip().replaceAll("\\s*\\n\\s*", ", ");
    }

    private WisentException told(SQLException failed) {
        String user = address.user().orElse("");
        String state = state(failed);
        if (isCausedByUnknownHost(failed)) {
            return lost("there is no host '" + address.hosts() + "'", failed)
                    .hint("check host in " + side.section() + "; it is looked up by this machine");
        }
        if (DISK_FULL.contains(state)) {
            return WisentException.of(ErrorCode.DISK_FULL, "no space left in the server: " + text(failed))
                    .hint("free some space there")
                    .causedBy(failed);
        }
        return switch (state) {
            case WRONG_PASSWORD ->
                unreachable("the password of user '" + user + "' is wrong, or there is no such user", failed)
                        .hint("check username and password in " + side.section()
                                + "; 'wisent secrets check FILE' shows whether references resolve");
            case NOT_LET_IN ->
                unreachable("the server does not let user '" + user + "' in: " + text(failed), failed)
                        .hint(
                                "its pg_hba.conf decides who may come from where, with TLS (sslmode: require) or without");
            case NO_DATABASE ->
                unreachable("there is no database '" + address.database() + "'", failed)
                        .hint("make it: CREATE DATABASE " + Session.quoted(address.database()));
            case NO_SCHEMA ->
                failed("there is no such schema: " + text(failed), failed)
                        .hint("names are case-sensitive here; make it: CREATE SCHEMA …");
            case NO_RIGHT ->
                unreachable("user '" + user + "' may not do this: " + text(failed), failed)
                        .hint(
                                side == Side.SOURCE
                                        ? "GRANT USAGE ON SCHEMA … and GRANT SELECT ON … TO " + Session.quoted(user)
                                        : "GRANT USAGE, CREATE ON SCHEMA … TO " + Session.quoted(user)
                                                + "; tables it did not make itself: GRANT SELECT, INSERT, UPDATE, DELETE"
                                                + " ON … TO " + Session.quoted(user));
            case NO_TABLE, NO_COLUMN ->
                failed("the database has not what was asked for: " + text(failed), failed)
                        .hint("names are case-sensitive here; was it dropped or renamed?");
            case TOO_MANY_CONNECTIONS ->
                lost("the server has no connection left: " + text(failed), failed)
                        .hint("raise max_connections, use fewer workers, or put a pooler of sessions in front");
            case READ_ONLY ->
                failed("the server only reads: " + text(failed), failed)
                        .hint(
                                "is this a replica? Name the primary, or several hosts in 'url' with ?targetServerType=primary");
            case CANCELLED ->
                failed("the server ended a statement: " + text(failed), failed)
                        .hint(
                                "a statement_timeout of the role or the server, or a person; a timeout can be raised for this"
                                        + " user alone: ALTER ROLE " + Session.quoted(user)
                                        + " SET statement_timeout = …");
            case LOCK_NOT_AVAILABLE ->
                again("a lock was not to be had in time: " + text(failed), failed)
                        .hint("somebody else keeps the table locked; pg_locks and pg_stat_activity tell who");
            default -> others(failed, state);
        };
    }

    private WisentException others(SQLException failed, String state) {
        if (AGAIN.contains(state)) {
            return again("the server asked to try again: " + text(failed), failed);
        }
        if (isLost(failed)) {
            return lost("the server does not answer: " + text(failed), failed)
                    .hint("is it running, and reachable from here? Check host and port in " + side.section());
        }
        return failed("the server refused: " + text(failed), failed)
                .hint(
                        state.startsWith(SYNTAX_CLASS)
                                ? "SQLSTATE " + state + ": the statement does not fit this server or this database"
                                : "SQLSTATE " + state + "; the server's log may tell more");
    }

    private WisentException unreachable(String what, SQLException failed) {
        return WisentException.of(side.connection(), what).causedBy(failed);
    }

    private WisentException lost(String what, SQLException failed) {
        return WisentException.transientFailure(side.connection(), what, failed);
    }

    private WisentException again(String what, SQLException failed) {
        return WisentException.transientFailure(side.failed(), what, failed);
    }

    private WisentException failed(String what, SQLException failed) {
        return WisentException.of(side.failed(), what).causedBy(failed);
    }

    private static boolean isCausedByUnknownHost(SQLException failed) {
        return failed.getCause() instanceof UnknownHostException;
    }
}
