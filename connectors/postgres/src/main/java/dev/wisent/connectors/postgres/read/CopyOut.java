package dev.wisent.connectors.postgres.read;

import dev.wisent.connectors.postgres.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;

/// One `COPY (SELECT …) TO STDOUT (FORMAT binary)`: its rows one behind the other, each as the bytes of its tuple. One thread.
final class CopyOut {
    private final org.postgresql.copy.CopyOut copy;
    private boolean begun;
    private byte[] rows = {};
    private int at;
    private int end;

    private CopyOut(org.postgresql.copy.CopyOut copy) {
        this.copy = copy;
    }

    static CopyOut of(Connection connection, String select) throws SQLException {
        return new CopyOut(
                Session.driver(connection).getCopyAPI().copyOut("COPY (" + select + ") TO STDOUT (FORMAT binary)"));
    }

    /// Goes to the next row; false: that was all, and the statement has ended.
    boolean next() throws SQLException {
        at = end;
        while (at == rows.length || BigEndian.shortAt(rows, at) == Tuple.TRAILER) {
            byte[] message = copy.readFromCopy();
            if (message == null) {
                return false;
            }
            // the server sends the header together with what follows it; a message holds whole rows
            at = begun ? 0 : behindHeader(message);
            rows = message;
            begun = true;
        }
        end = Tuple.end(rows, at);
        return true;
    }

    /// What the row is in, valid for good.
    byte[] data() {
        return rows;
    }

    /// Where the row begins.
    int at() {
        return at;
    }

    int length() {
        return end - at;
    }

    private static int behindHeader(byte[] message) throws SQLException {
        if (message.length < Tuple.HEADER_BYTES
                || Arrays.mismatch(message, 0, Tuple.SIGNATURE.length, Tuple.SIGNATURE, 0, Tuple.SIGNATURE.length)
                        >= 0) {
            throw new SQLException("the server's answer to COPY is not in its binary format");
        }
        return Tuple.HEADER_BYTES + BigEndian.intAt(message, Tuple.HEADER_BYTES - Integer.BYTES);
    }
}
