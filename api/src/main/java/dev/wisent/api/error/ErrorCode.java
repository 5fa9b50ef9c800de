package dev.wisent.api.error;

/// Every failure a user can meet has one of these. `W1…` configuration, `W2…` data, `W3…` source, `W4…` destination,
/// `W5…` engine, `W6…` state.
public enum ErrorCode {
    CONFIG_SYNTAX("W1001", Fault.CONFIGURATION, "the file is not valid YAML or JSON"),
    CONFIG_INVALID("W1002", Fault.CONFIGURATION, "the configuration has errors"),
    CONFIG_FILE("W1003", Fault.CONFIGURATION, "the configuration file can't be read"),
    CONFIG_REFERENCE("W1004", Fault.CONFIGURATION, "a reference can't be resolved"),
    USAGE("W1005", Fault.CONFIGURATION, "the command can't be used like this"),
    NOT_SUPPORTED("W1006", Fault.CONFIGURATION, "these parts don't work together"),
    UNKNOWN_CONNECTOR("W1007", Fault.CONFIGURATION, "no such connector"),
    UNKNOWN_STREAM("W1008", Fault.CONFIGURATION, "no such stream"),

    BAD_RECORD("W2001", Fault.RUN, "a record can't be read"),
    RECORD_TOO_LARGE("W2002", Fault.RUN, "a record is larger than max_record_bytes"),
    TYPE_MISMATCH("W2003", Fault.RUN, "a value does not fit its column"),
    MISSING_VALUE("W2004", Fault.RUN, "a required value is missing"),
    CONTRACT("W2005", Fault.RUN, "the stream broke its contract"),
    TOO_MANY_REJECTS("W2006", Fault.TOO_MANY_REJECTS, "too many rejects"),
    BAD_FILE("W2007", Fault.RUN, "an input can't be read"),
    REWRITTEN_FILE("W2008", Fault.RUN, "an input that was read before has changed"),

    SOURCE_CONNECTION("W3001", Fault.CONNECTION, "the source can't be reached"),
    SOURCE_FAILED("W3002", Fault.RUN, "the source failed"),
    SOURCE_EXPIRED("W3003", Fault.RUN, "the source can't resume where the last run stopped"),
    SOURCE_REGRESSED("W3004", Fault.RUN, "the source went backwards"),

    DESTINATION_CONNECTION("W4001", Fault.CONNECTION, "the destination can't be reached"),
    WRITE_FAILED("W4002", Fault.RUN, "writing failed"),
    COMMIT_FAILED("W4003", Fault.RUN, "a commit failed"),
    COMMIT_UNKNOWN("W4004", Fault.RUN, "it is not known whether a commit got in"),
    DISK_FULL("W4005", Fault.RUN, "no space left"),
    DESTINATION_CORRUPT("W4006", Fault.RUN, "the destination's bookkeeping is damaged"),
    DESTINATION_FOREIGN(
            "W4007", Fault.REFUSED, "the destination belongs to another pipeline, or was changed by someone"),
    SCHEMA_REFUSED("W4008", Fault.RUN, "the destination can't take this schema"),

    TAKEN_OVER("W5001", Fault.REFUSED, "another run took over"),
    LEASE_HELD("W5002", Fault.REFUSED, "another run holds the lease"),
    NO_PROGRESS("W5003", Fault.RUN, "the run makes no progress"),
    LEDGER("W5004", Fault.RUN, "the counts don't add up"),
    INTERNAL("W5005", Fault.RUN, "a defect in Wisent"),
    INTERRUPTED("W5006", Fault.INTERRUPTED, "the run was interrupted"),

    STATE_STORE("W6001", Fault.RUN, "the state store failed"),
    STATE_NEWER("W6002", Fault.REFUSED, "the state was written by a newer version");

    private final String id;
    private final Fault fault;
    private final String title;

    ErrorCode(String id, Fault fault, String title) {
        this.id = id;
        this.fault = fault;
        this.title = title;
    }

    /// Stable, never reused: `W` and four digits.
    public String id() {
        return id;
    }

    public Fault fault() {
        return fault;
    }

    public String title() {
        return title;
    }
}
