package dev.wisent.connectors.duckdb.load;

import dev.wisent.api.config.Key;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.connectors.sql.staged.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// What DuckDB may take in memory while it loads. It keeps what it has read and written as long as it may, by itself up to four
/// fifths of the machine's; rows that are added need little of that. Rows that are merged, or wide, may need more:
/// the commit that shows it is tried again without a limit of ours. For several threads.
final class LoadMemory {
    static final Key<Optional<Long>> KEY = Key.whole("memory_mb", 1, 1 << 20)
            .about("the most memory DuckDB takes; a commit that needs more of it fails")
            .optional("512, and what a commit needs if that is not enough");

    static final long FIRST_MB = 512;

    private final Optional<Long> firm;
    private final long first;
    private volatile boolean lifted;

    /// Both in megabytes.
    ///
    /// @param firm however much a commit needs
    /// @param first where nothing is firm, until a commit needs more
    LoadMemory(Optional<Long> firm, long first) {
        this.firm = firm;
        this.first = first;
    }

    /// Tells DuckDB; what was said before, to whatever connection of the file, no longer holds.
    void limit(Connection in) throws SQLException {
        Sql sql = new Sql(in);
        if (!lifted) {
            try {
                sql.run("SET memory_limit = '" + firm.orElse(first) + "MiB'");
                return;
            } catch (SQLException failed) {
                if (firm.isPresent() || !isShort(failed)) {
                    throw failed;
                }
                lifted = true; // another connection of the file has more than that in use
            }
        }
        sql.run("RESET memory_limit");
    }

    /// What it means that DuckDB had too little; empty: that is not what happened.
    Optional<WisentException> failure(SQLException cause, String what, String where) {
        if (!isShort(cause)) {
            return Optional.empty();
        }
        if (firm.isEmpty() && !lifted) {
            lifted = true;
            return Optional.of(WisentException.transientFailure(
                            ErrorCode.COMMIT_FAILED,
                            what + " needs more memory than the " + first
                                    + " MB DuckDB may take: now it takes what it needs",
                            cause)
                    .where(where));
        }
        return Optional.of(WisentException.of(ErrorCode.COMMIT_FAILED, what + " failed: " + firstLine(cause))
                .where(where)
                .hint(
                        firm.isPresent()
                                ? "raise 'memory_mb' of the destination, or leave it out; or commit fewer rows at once by 'commit_interval'"
                                : "commit fewer rows at once by 'commit_interval', or give the machine more memory")
                .causedBy(cause));
    }

    private static boolean isShort(SQLException cause) {
        return firstLine(cause).startsWith("Out of Memory Error");
    }

    private static String firstLine(SQLException cause) {
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
