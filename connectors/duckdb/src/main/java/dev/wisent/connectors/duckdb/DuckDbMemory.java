package dev.wisent.connectors.duckdb;

import dev.wisent.api.config.Key;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.connectors.sql.staged.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// What DuckDB may take in memory. It keeps what it has read and written as long as it may, by itself up to four fifths of the
/// machine's; rows that are added or read need little of that. Rows that are merged, or wide, may need more: what shows it is
/// tried again without a limit of ours. For several threads.
public final class DuckDbMemory {
    /// What memory is needed for.
    public enum Use {
        LOAD(512, ErrorCode.COMMIT_FAILED, "commit", "commit fewer rows at once by 'commit_interval'"),
        READ(256, ErrorCode.OUT_OF_MEMORY, "statement", "cut the table into more ranges by 'splits'");

        private final long megabytes;
        private final ErrorCode code;
        private final String unit;
        private final String less;

        Use(long megabytes, ErrorCode code, String unit, String less) {
            this.megabytes = megabytes;
            this.code = code;
            this.unit = unit;
            this.less = less;
        }

        /// The key for a limit that is firm.
        public Key<Optional<Long>> key() {
            return Key.whole("memory_mb", 1, 1 << 20)
                    .about("the most memory DuckDB takes; a " + unit + " that needs more of it fails")
                    .optional(megabytes + ", and what a " + unit + " needs if that is not enough");
        }

        /// How much there is where nothing is firm, until more is needed.
        public long megabytes() {
            return megabytes;
        }
    }

    private final Use use;
    private final Optional<Long> firm;
    private final long first;
    private volatile boolean lifted;

    /// Both in megabytes.
    ///
    /// @param firm however much is needed
    /// @param first where nothing is firm, until more is needed
    public DuckDbMemory(Use use, Optional<Long> firm, long first) {
        this.use = use;
        this.firm = firm;
        this.first = first;
    }

    /// Tells DuckDB; what was said before, to whatever connection of the file, no longer holds.
    public void limit(Connection in) throws SQLException {
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
    public Optional<WisentException> failure(SQLException cause, String what, String where) {
        if (!isShort(cause)) {
            return Optional.empty();
        }
        if (firm.isEmpty() && (!lifted || isOfLimit(cause))) {
            lifted = true;
            return Optional.of(WisentException.transientFailure(
                            use.code,
                            what + " needs more memory than the " + first
                                    + " MB DuckDB may take: now it takes what it needs",
                            cause)
                    .where(where));
        }
        return Optional.of(WisentException.of(use.code, what + " failed: " + firstLine(cause))
                .where(where)
                .hint(
                        firm.isPresent()
                                ? "raise 'memory_mb', or leave it out; or " + use.less
                                : use.less + ", or give the machine more memory")
                .causedBy(cause));
    }

    /// DuckDB says how much there was: another thread may have lifted the limit by now.
    private boolean isOfLimit(SQLException cause) {
        return firstLine(cause).contains("/" + first + ".0 MiB used");
    }

    /// Memory, or the folder beside the database that takes what does not fit: it can't be made, or its disk is full.
    private static boolean isShort(SQLException cause) {
        String line = firstLine(cause);
        return line.startsWith("Out of Memory Error") || (line.startsWith("IO Error") && line.contains(".tmp"));
    }

    private static String firstLine(SQLException cause) {
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
