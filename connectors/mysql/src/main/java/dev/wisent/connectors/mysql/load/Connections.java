package dev.wisent.connectors.mysql.load;

import dev.wisent.api.error.WisentException;
import dev.wisent.connectors.mysql.Address;
import dev.wisent.connectors.mysql.MysqlFailure;
import dev.wisent.connectors.mysql.Session;
import dev.wisent.connectors.mysql.Side;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.OptionalLong;

/// The session that commits, and the one beside it that makes and changes tables. Of each there is one at a time: before
/// another takes its place, the server is told to end the old one, which may still be at a COMMIT that was not answered (R4).
/// One thread at a time.
final class Connections {
    /// There is no such session any more.
    private static final int NO_SESSION = 1094;

    private final Address address;
    private OptionalLong session = OptionalLong.empty();
    private OptionalLong besideSession = OptionalLong.empty();
    private Optional<Connection> beside = Optional.empty();

    Connections(Address address) {
        this.address = address;
    }

    /// A session that commits, in the place of the last one.
    Connection connect() {
        try {
            close();
            Connection in = Session.writing(address);
            try {
                end(in, session);
                end(in, besideSession);
                session = id(in);
                besideSession = OptionalLong.empty();
                return in;
            } catch (SQLException failed) {
                in.close();
                throw failed;
            }
        } catch (SQLException failed) {
            throw failure(failed);
        }
    }

    /// The session beside it, which commits by itself.
    Connection beside() throws SQLException {
        if (beside.isEmpty()) {
            Connection made = Session.writing(address);
            besideSession = id(made);
            beside = Optional.of(made);
        }
        return beside.get();
    }

    private static OptionalLong id(Connection in) throws SQLException {
        return OptionalLong.of(in.unwrap(org.mariadb.jdbc.Connection.class).getThreadId());
    }

    private static void end(Connection in, OptionalLong session) throws SQLException {
        if (session.isEmpty()) {
            return;
        }
        try (Statement kill = in.createStatement()) {
            kill.execute("KILL " + session.getAsLong());
        } catch (SQLException failed) {
            if (failed.getErrorCode() != NO_SESSION) {
                throw failed;
            }
        }
    }

    WisentException failure(SQLException failed) {
        return MysqlFailure.of(failed, Side.DESTINATION, address);
    }

    /// Closes the session beside.
    void close() {
        beside.ifPresent(open -> {
            try {
                open.close();
            } catch (SQLException gone) {
                // It is given up in any case.
                return;
            }
        });
        beside = Optional.empty();
    }
}
