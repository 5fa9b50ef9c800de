package dev.wisent.connectors.mysql;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Set;

/// What went wrong, in our words. The server's own text is quoted where it helps: it names users, databases, tables and
/// values, never a password.
public final class MysqlFailure {
    /// MySQL error message reference and MariaDB error codes.
    private static final int WRONG_PASSWORD = 1045;

    private static final int NO_RIGHT_TO_DATABASE = 1044;
    private static final int NO_DATABASE = 1049;
    private static final int NO_TABLE = 1146;
    private static final int NO_COLUMN = 1054;
    private static final int PACKET_TOO_LARGE = 1153;
    private static final int INTERRUPTED = 1317;
    private static final int TOO_LONG = 1969;
    private static final int TOO_LONG_IN_MYSQL = 3024;
    private static final Set<Integer> NO_RIGHT = Set.of(1142, 1143, 1227, 1370, NO_RIGHT_TO_DATABASE);
    private static final Set<Integer> TOO_MANY_CONNECTIONS = Set.of(1040, 1203, 1226);
    private static final Set<Integer> DISK_FULL = Set.of(1021, 1114, 1041, 3);
    private static final Set<Integer> READ_ONLY = Set.of(1290, 1836, 1792);
    /// A server that is being shut down, or that ended the session.
    private static final Set<Integer> GOING =
            Set.of(1053, 1077, 1079, 1152, 1158, 1159, 1160, 1161, 1927, 2006, 2013, 4031);
    /// Deadlocks and locks that were not to be had in time.
    private static final Set<Integer> AGAIN = Set.of(1205, 1213, 3572);

    private static final String CONNECTION_CLASS = "08";

    private final Side side;
    private final Address address;

    private MysqlFailure(Side side, Address address) {
        this.side = side;
        this.address = address;
    }

    /// Whether the connection is gone, or none is to be had now, and a later one may work.
    public static boolean isLost(SQLException failed) {
        String state = failed.getSQLState() == null ? "" : failed.getSQLState();
        return state.startsWith(CONNECTION_CLASS)
                || GOING.contains(failed.getErrorCode())
                || TOO_MANY_CONNECTIONS.contains(failed.getErrorCode());
    }

    /// @return transient where the same may work later: the connection was lost, a deadlock, a lock that was not to be had
    public static WisentException of(SQLException failed, Side side, Address address) {
        return new MysqlFailure(side, address).told(failed).where(address.toString());
    }

    /// The failure's text in one line, without the number of the connection that the driver puts in front.
    public static String text(SQLException failed) {
        return String.valueOf(failed.getMessage())
                .strip()
                .replaceFirst("^\\(conn=\\d+\\) ", "")
                .replaceAll("\\s*\\n\\s*", ", ");
    }

    private WisentException told(SQLException failed) {
        String user = address.user().orElse("");
        int code = failed.getErrorCode();
        if (isCausedByUnknownHost(failed)) {
            return lost("there is no host '" + address.hosts() + "'", failed)
                    .hint("check host in " + side.section() + "; it is looked up by this machine");
        }
        if (DISK_FULL.contains(code)) {
            return WisentException.of(ErrorCode.DISK_FULL, "no space left in the server: " + text(failed))
                    .hint("free some space there")
                    .causedBy(failed);
        }
        if (NO_RIGHT.contains(code)) {
            return unreachable("user '" + user + "' may not do this: " + text(failed), failed)
                    .hint(
                            side == Side.SOURCE
                                    ? "GRANT SELECT ON …"
                                    : "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, CREATE TEMPORARY TABLES"
                                            + " ON …");
        }
        if (TOO_MANY_CONNECTIONS.contains(code)) {
            return lost("the server has no connection left: " + text(failed), failed)
                    .hint("raise max_connections, or use fewer workers");
        }
        if (READ_ONLY.contains(code)) {
            return failed("the server only reads: " + text(failed), failed).hint("is this a replica? Name the primary");
        }
        if (AGAIN.contains(code)) {
            return WisentException.transientFailure(
                            side.failed(), "the server asked to try again: " + text(failed), failed)
                    .hint(
                            "somebody else holds a lock; SHOW FULL PROCESSLIST and information_schema.innodb_trx tell who");
        }
        return switch (code) {
            case WRONG_PASSWORD ->
                unreachable("the password of user '" + user + "' is wrong, or there is no such user", failed)
                        .hint("check username and password in " + side.section()
                                + "; a user is let in from certain hosts only");
            case NO_DATABASE ->
                unreachable("there is no database '" + address.database() + "'", failed)
                        .hint("make it: CREATE DATABASE " + Session.quoted(address.database()));
            case NO_TABLE, NO_COLUMN ->
                failed("the database has not what was asked for: " + text(failed), failed)
                        .hint("was it dropped or renamed?");
            case PACKET_TOO_LARGE ->
                failed("a value is longer than the server takes: " + text(failed), failed)
                        .hint("raise max_allowed_packet of the server");
            case INTERRUPTED, TOO_LONG, TOO_LONG_IN_MYSQL ->
                failed("the server ended a statement: " + text(failed), failed)
                        .hint("max_statement_time of the user or the server, or a person");
            default -> others(failed, code);
        };
    }

    private WisentException others(SQLException failed, int code) {
        if (isLost(failed)) {
            return String.valueOf(failed.getMessage()).contains("ssl not enabled in the server")
                    ? unreachable("the server can't encrypt, and sslmode asks for it", failed)
                            .hint("sslmode: prefer or disable in " + side.section()
                                    + ", or give the server a certificate")
                    : lost("the server does not answer: " + text(failed), failed)
                            .hint("is it running, and reachable from here? Check host and port in " + side.section());
        }
        return failed("the server refused: " + text(failed), failed)
                .hint("error " + code + " of the server; its log may tell more");
    }

    private WisentException unreachable(String what, SQLException failed) {
        return WisentException.of(side.connection(), what).causedBy(failed);
    }

    private WisentException lost(String what, SQLException failed) {
        return WisentException.transientFailure(side.connection(), what, failed);
    }

    private WisentException failed(String what, SQLException failed) {
        return WisentException.of(side.failed(), what).causedBy(failed);
    }

    private static boolean isCausedByUnknownHost(SQLException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }
}
