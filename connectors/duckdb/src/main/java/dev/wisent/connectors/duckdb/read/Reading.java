package dev.wisent.connectors.duckdb.read;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.connectors.duckdb.DuckDbFile;
import dev.wisent.connectors.duckdb.DuckDbMemory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// Connections that rows are read through: as they are asked for, with the memory there may be. Of a statement that fails
/// before its first row DuckDB's driver then says nothing: it is asked again for all of its rows at once, and says. For several
/// threads.
final class Reading {
    private static final String UNSAID = "Invalid result set";

    private final DuckDbMemory memory;
    private volatile DuckDbFile.Results results = DuckDbFile.Results.STREAMED;

    /// @param firm the most memory, in megabytes; empty: what is needed
    Reading(Optional<Long> firm) {
        this.memory = new DuckDbMemory(DuckDbMemory.Use.READ, firm, DuckDbMemory.Use.READ.megabytes());
    }

    /// Where the process writes into the file, its destination says how much memory there is.
    Connection connect(DuckDbFile file) throws SQLException {
        Connection connection = file.connect(results);
        try {
            if (file.isReadOnly()) {
                memory.limit(connection);
            }
            return connection;
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    WisentException failure(DuckDbFile file, SQLException cause, String what) {
        if (String.valueOf(cause.getMessage()).contains(UNSAID)) {
            results = DuckDbFile.Results.WHOLE;
            return WisentException.transientFailure(
                            ErrorCode.SOURCE_CONNECTION, what + " failed, and DuckDB is asked again to say why", cause)
                    .where(file.path().toString());
        }
        Optional<WisentException> tooLittle =
                memory.failure(cause, what, file.path().toString());
        if (tooLittle.isPresent()) {
            results = DuckDbFile.Results.STREAMED;
        }
        return tooLittle.orElseGet(() -> file.failure(cause, what));
    }
}
