package dev.wisent.connectors.statepostgres;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Set;

/// What went wrong, in our words. The server's own text is quoted where it helps: it names users, databases and tables,
/// never a password.
final class Failure {
    /// PostgreSQL documentation, appendix A: SQLSTATE.
    private static final String WRONG_PASSWORD = "28P01";

    private static final String NOT_LET_IN = "28000";
    private static final String NO_DATABASE = "3D000";
    private static final String NO_RIGHT = "42501";
    private static final String DISK_FULL = "53100";
    private static final String TOO_MANY_CONNECTIONS = "53300";
    private static final String READ_ONLY = "25006";
    private static final String CONNECTION_CLASS = "08";
    /// A server that is being shut down, has crashed, or is starting.
    private static final Set<String> GOING = Set.of("57P01", "57P02", "57P03");

    private Failure() {}

    /// Whether the connection is gone, or none is to be had now, and a later one may work.
    static boolean isLost(SQLException failed) {
        String state = state(failed);
        return state.startsWith(CONNECTION_CLASS) || GOING.contains(state) || state.equals(TOO_MANY_CONNECTIONS);
    }

    static WisentException of(SQLException failed, PostgresOptions options) {
        return told(failed, options).where(options.location());
    }

    private static WisentException told(SQLException failed, PostgresOptions options) {
        Address address = options.address();
        String user = address.user().orElse("");
        String state = state(failed);
        if (cause(failed) instanceof UnknownHostException) {
            return lost("there is no host '" + address.hosts() + "'", failed)
                    .hint("check engine.backend.host; it is looked up by this machine");
        }
        return switch (state) {
            case WRONG_PASSWORD ->
                unreachable("the password of user '" + user + "' is wrong, or there is no such user", failed)
                        .hint("check username and password in engine.backend; 'wisent secrets check FILE' shows whether"
                                + " references resolve");
            case NOT_LET_IN ->
                unreachable("the server does not let user '" + user + "' in: " + text(failed), failed)
                        .hint("its pg_hba.conf decides who may come from where, with TLS (?sslmode=require in 'url') or"
                                + " without");
            case NO_DATABASE ->
                unreachable("there is no database '" + address.database() + "'", failed)
                        .hint("make it: CREATE DATABASE " + Session.quoted(address.database()));
            case NO_RIGHT -> noRight(failed, options, user);
            case TOO_MANY_CONNECTIONS ->
                lost("the server has no connection left: " + text(failed), failed)
                        .hint("each running pipeline needs one; raise max_connections, or put a pooler in front");
            case READ_ONLY ->
                WisentException.of(ErrorCode.STATE_STORE, "the server only reads: " + text(failed))
                        .hint("is this a replica? Name the primary, or several hosts with"
                                + " ?targetServerType=primary in 'url'")
                        .causedBy(failed);
            case DISK_FULL ->
                WisentException.of(ErrorCode.DISK_FULL, "no space left in the state store's server: " + text(failed))
                        .hint("free some space there")
                        .causedBy(failed);
            default ->
                isLost(failed)
                        ? lost("the state store does not answer: " + text(failed), failed)
                                .hint("is the server running, and reachable from here? Check host and port in"
                                        + " engine.backend")
                        : WisentException.of(ErrorCode.STATE_STORE, "the state store failed: " + text(failed))
                                .hint("SQLSTATE " + state + "; the server's log may tell more")
                                .causedBy(failed);
        };
    }

    private static WisentException noRight(SQLException failed, PostgresOptions options, String user) {
        String schema = Session.quoted(options.schema());
        String role = Session.quoted(user);
        return WisentException.of(
                        ErrorCode.STATE_STORE,
                        "user '" + user + "' may not use schema '" + options.schema() + "': " + text(failed))
                .hint("let somebody who may run: CREATE SCHEMA IF NOT EXISTS " + schema + " AUTHORIZATION " + role
                        + "; for a schema that is there: GRANT USAGE, CREATE ON SCHEMA " + schema + " TO " + role
                        + "; for its tables: GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA " + schema
                        + " TO " + role)
                .causedBy(failed);
    }

    private static WisentException unreachable(String what, SQLException failed) {
        return WisentException.of(ErrorCode.STATE_UNREACHABLE, what).causedBy(failed);
    }

    private static WisentException lost(String what, SQLException failed) {
        return WisentException.transientFailure(ErrorCode.STATE_UNREACHABLE, what, failed);
    }

    private static String state(SQLException failed) {
        return failed.getSQLState() == null ? "" : failed.getSQLState();
    }

    private static Throwable cause(Throwable failed) {
        Throwable cause = failed.getCause();
        return cause == null ? failed : cause(cause);
    }

    /// In one line.
    private static String text(SQLException failed) {
        return String.valueOf(failed.getMessage()).strip().replaceAll("\\s*\\n\\s*", ", ");
    }
}
