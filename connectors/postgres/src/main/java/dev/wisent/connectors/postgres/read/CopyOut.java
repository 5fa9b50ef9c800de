package dev.wisent.connectors.postgres.read;

import dev.wisent.connectors.postgres.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

/// One `COPY (SELECT …) TO STDOUT (FORMAT binary)`: rows as they come, each as the bytes of its tuple. One thread.
final class CopyOut {
    private final org.postgresql.copy.CopyOut copy;
    private boolean begun;

    private CopyOut(org.postgresql.copy.CopyOut copy) {
        this.copy = copy;
    }

    static CopyOut of(Connection connection, String select) throws SQLException {
        return new CopyOut(
                Session.driver(connection).getCopyAPI().copyOut("COPY (" + select + ") TO STDOUT (FORMAT binary)"));
    }

    /// The next row; empty: that was all, and the statement has ended.
    Optional<byte[]> next() throws SQLException {
        while (true) {
            byte[] message = copy.readFromCopy();
            if (message == null) {
                return Optional.empty();
            }
            // the server sends the header together with what follows it, and each row as a message of its own
            byte[] rows = begun ? message : withoutHeader(message);
            begun = true;
            if (rows.length > 0 && BigEndian.shortAt(rows, 0) != Tuple.TRAILER) {
                return Optional.of(rows);
            }
        }
    }

    private static byte[] withoutHeader(byte[] message) throws SQLException {
        if (message.length < Tuple.HEADER_BYTES
                || Arrays.mismatch(message, 0, Tuple.SIGNATURE.length, Tuple.SIGNATURE, 0, Tuple.SIGNATURE.length)
                        >= 0) {
            throw new SQLException("the server's answer to COPY is not in its binary format");
        }
        int extension = BigEndian.intAt(message, Tuple.HEADER_BYTES - Integer.BYTES);
        return Arrays.copyOfRange(message, Tuple.HEADER_BYTES + extension, message.length);
    }
}
