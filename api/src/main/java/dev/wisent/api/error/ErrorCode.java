package dev.wisent.api.error;

/// Every failure a user can meet has one of these. `W1…` configuration, `W2…` data, `W3…` source, `W4…` destination,
/// `W5…` engine, `W6…` state, `W7…` object stores.
///
/// Each says what to tell people where the place that failed knows nothing better: `docs/errors.md` is made from it.
public enum ErrorCode {
    CONFIG_SYNTAX(
            "W1001",
            Fault.CONFIGURATION,
            "the file is not valid YAML or JSON",
            "The file could not be parsed, so nothing in it was looked at.",
            new Advice(
                    "reading it as YAML, or as JSON if its name ends in .json",
                    "mend the line that is named: usually indentation, a missing quote or a tab",
                    "wisent check FILE")),
    CONFIG_INVALID(
            "W1002",
            Fault.CONFIGURATION,
            "the configuration has errors",
            "The file is well-formed, but keys are unknown or missing, or values don't fit. All problems are told at once, each with line and column.",
            new Advice(
                    "all keys and values, before anything is opened",
                    "mend each line that is named",
                    "wisent check FILE")),
    CONFIG_FILE(
            "W1003",
            Fault.CONFIGURATION,
            "the configuration file can't be read",
            "There is no such file, or it may not be read.",
            new Advice("opening the file", "the path is relative to the working folder", "wisent check FILE")),
    CONFIG_REFERENCE(
            "W1004",
            Fault.CONFIGURATION,
            "a reference can't be resolved",
            "A `${VAR}`, `env://` or similar reference names something that is not set.",
            new Advice(
                    "the environment, --env-file, then .env in the working folder",
                    "set the variable, or give it a default: ${VAR:-default}",
                    "wisent check FILE")),
    USAGE(
            "W1005",
            Fault.CONFIGURATION,
            "the command can't be used like this",
            "A command, option or argument is unknown, missing or has a wrong value. Nothing was done.",
            new Advice("reading the command line", "the help shows the options, with examples", "wisent --help")),
    NOT_SUPPORTED(
            "W1006",
            Fault.CONFIGURATION,
            "these parts don't work together",
            "Each part exists, but not in this combination, or not in this version.",
            new Advice(
                    "matching source, stream, destination and engine",
                    "change one of the parts that are named",
                    "wisent check FILE")),
    UNKNOWN_CONNECTOR(
            "W1007",
            Fault.CONFIGURATION,
            "no such connector",
            "No source or destination of that name is installed.",
            new Advice(
                    "the connectors that are installed", "look at the lists for the right name", "wisent source list")),
    UNKNOWN_STREAM(
            "W1008",
            Fault.CONFIGURATION,
            "no such stream",
            "The source has no stream of that name.",
            new Advice(
                    "the streams the source offers",
                    "look up the streams and name one in source.stream",
                    "wisent discover FILE")),
    PLUGIN_UNUSABLE(
            "W1009",
            Fault.CONFIGURATION,
            "a family or plug-in can't be used",
            "A jar can't be opened, lacks a library, was built for another version, or two parts have the same name.",
            new Advice(
                    "opening the jars with a class loader of their own",
                    "put a plug-in's libraries beside its jar, and build it with this version's wisent-api",
                    "wisent source list")),
    TRANSFORM_INVALID(
            "W1020",
            Fault.CONFIGURATION,
            "a transform can't work on this stream",
            "A step of `transforms` names columns that don't exist, has an expression that can't be understood, or one that would give other rows on a second reading.",
            new Advice(
                    "the step on the columns that reach it",
                    "mend the step that is named; 'wisent discover FILE' shows the columns of the source",
                    "wisent check FILE")),

    BAD_RECORD(
            "W2001",
            Fault.RUN,
            "a record can't be read",
            "The bytes of a record break the rules of their format. By default it becomes a reject and the run goes on.",
            new Advice(
                    "reading the record strictly by its format",
                    "mend the input, or let such records go to the rejects: error_handling: {on_bad_record: reject}",
                    "wisent rejects list FILE")),
    RECORD_TOO_LARGE(
            "W2002",
            Fault.RUN,
            "a record is larger than max_record_bytes",
            "Found while scanning, before memory was taken for it.",
            new Advice(
                    "finding the record's end within max_record_bytes",
                    "raise source.max_record_bytes if such records are meant to be",
                    "wisent rejects list FILE")),
    TYPE_MISMATCH(
            "W2003",
            Fault.RUN,
            "a value does not fit its column",
            "The value can't be held by the column's type without loss.",
            new Advice(
                    "exact conversion to the column's type",
                    "widen the column's type, or let such rows go to the rejects",
                    "wisent rejects list FILE")),
    MISSING_VALUE(
            "W2004",
            Fault.RUN,
            "a required value is missing",
            "A column that must have a value has none in this record.",
            new Advice(
                    "the record's own value, then the column's default",
                    "make the column NULLABLE, or give it a default",
                    "wisent rejects list FILE")),
    CONTRACT(
            "W2005",
            Fault.RUN,
            "the stream broke its contract",
            "The stream has a new column or a changed type, and its contract says `freeze`.",
            new Advice(
                    "the contract of the stream",
                    "loosen the contract (evolve, discard_row, discard_value), or change the schema",
                    "wisent plan FILE")),
    TOO_MANY_REJECTS(
            "W2006",
            Fault.TOO_MANY_REJECTS,
            "too many rejects",
            "More records or inputs could not be read than `error_handling.max_failures` allows. What was committed before stays.",
            new Advice(
                    "keeping the bad ones as rejects, up to max_failures",
                    "look at the rejects; then mend the input or raise error_handling.max_failures",
                    "wisent rejects list FILE --last")),
    BAD_FILE(
            "W2007",
            Fault.RUN,
            "an input can't be read",
            "A whole input is unusable: gone, cut off, or damaged in a way that leaves no place to go on.",
            new Advice(
                    "reading it from its start",
                    "bring a good copy of the input, or leave it out",
                    "wisent rejects list FILE")),
    REWRITTEN_FILE(
            "W2008",
            Fault.RUN,
            "an input that was read before has changed",
            "A file of that name was read already, with other content.",
            new Advice(
                    "comparing size and time with what was read",
                    "on_rewrite: append reads it once more, on_rewrite: ignore leaves it out",
                    "wisent plan FILE")),
    TRANSFORM_FAILED(
            "W2020",
            Fault.RUN,
            "a transform can't process a record",
            "The record was read, but a step of `transforms` has no answer for it: a cast that is not exact, a division by zero, a wrong kind of value.",
            new Advice(
                    "the steps in order, up to the one that is named",
                    "make the step take such records, or let them go to the rejects: error_handling: {on_bad_record: reject}",
                    "wisent rejects list FILE")),

    SOURCE_CONNECTION(
            "W3001",
            Fault.CONNECTION,
            "the source can't be reached",
            "The service, folder or file records come from does not answer, or may not be read.",
            new Advice(
                    "opening the source, as often as engine.retry.budget allows where it may help",
                    "check address, rights and network of the source",
                    "wisent check FILE")),
    SOURCE_FAILED(
            "W3002",
            Fault.RUN,
            "the source failed",
            "Reading began and then failed in a way that trying again does not mend.",
            new Advice(
                    "reading on from the last position",
                    "the message is the source's own; what was committed stays, the next run goes on from there",
                    "wisent run FILE")),
    SOURCE_EXPIRED(
            "W3003",
            Fault.RUN,
            "the source can't resume where the last run stopped",
            "The source no longer knows the committed position: a log was cut, a token expired.",
            new Advice(
                    "resuming at the committed position",
                    "reading it all again would repeat rows; a reset of the stream begins it anew",
                    "wisent state FILE")),
    SOURCE_REGRESSED(
            "W3004",
            Fault.RUN,
            "the source went backwards",
            "The source gave a position before one it gave already. Going on could lose or repeat rows.",
            new Advice(
                    "comparing each position with the one before",
                    "was the source restored from a copy? a reset of the stream begins it anew",
                    "wisent state FILE")),

    DESTINATION_CONNECTION(
            "W4001",
            Fault.CONNECTION,
            "the destination can't be reached",
            "The service or folder rows go to does not answer, or may not be written.",
            new Advice(
                    "opening the destination, as often as engine.retry.budget allows where it may help",
                    "check address, rights and network of the destination",
                    "wisent check FILE")),
    WRITE_FAILED(
            "W4002",
            Fault.RUN,
            "writing failed",
            "Rows, rejects or output could not be written. Nothing of the commit in the making is visible.",
            new Advice(
                    "writing, and again where that may help",
                    "look at disk, rights and network; the next run goes on from the last commit",
                    "wisent run FILE")),
    COMMIT_FAILED(
            "W4003",
            Fault.RUN,
            "a commit failed",
            "The destination answered that the commit did not get in.",
            new Advice(
                    "the commit, and again where that may help",
                    "nothing of it is visible; the next run goes on from the last commit",
                    "wisent run FILE")),
    COMMIT_UNKNOWN(
            "W4004",
            Fault.RUN,
            "it is not known whether a commit got in",
            "The destination never answered. Nothing was deleted, so either answer is safe.",
            new Advice(
                    "the identical commit, again and again within engine.retry.budget",
                    "run again when the destination answers: it finds out and goes on from what is there",
                    "wisent run FILE")),
    DISK_FULL(
            "W4005",
            Fault.RUN,
            "no space left",
            "A disk that rows, rejects or state go to is full.",
            new Advice(
                    "writing and syncing the file",
                    "make room and run again; it goes on where it stopped",
                    "wisent doctor FILE")),
    DESTINATION_CORRUPT(
            "W4006",
            Fault.RUN,
            "the destination's bookkeeping is damaged",
            "What the destination keeps about its commits can't be read or contradicts itself.",
            new Advice(
                    "reading the bookkeeping beside the data",
                    "restore it from a copy; without it nobody knows which rows are there",
                    "wisent state FILE")),
    DESTINATION_FOREIGN(
            "W4007",
            Fault.REFUSED,
            "the destination belongs to another pipeline, or was changed by someone",
            "Rows that this pipeline did not write are there, or rows it wrote were changed. Nothing was touched.",
            new Advice(
                    "comparing owner, lengths and checksums with what was committed",
                    "give the pipeline a place of its own, or restore what was there",
                    "wisent runs FILE")),
    SCHEMA_REFUSED(
            "W4008",
            Fault.RUN,
            "the destination can't take this schema",
            "The stream's columns changed in a way the destination can't follow without touching what is written.",
            new Advice(
                    "adding or widening columns",
                    "refuse new columns with a contract, or write to another target",
                    "wisent plan FILE")),

    TAKEN_OVER(
            "W5001",
            Fault.REFUSED,
            "another run took over",
            "Another run claimed the stream; this one's later commits are refused, so nothing is written twice.",
            new Advice(
                    "going on under the claim this run had",
                    "one run of a pipeline at a time is enough: the other one goes on",
                    "wisent runs FILE")),
    LEASE_HELD(
            "W5002",
            Fault.REFUSED,
            "another run holds the lease",
            "The pipeline is running already.",
            new Advice(
                    "taking the lease in the state store", "wait for the other run, or stop it", "wisent runs FILE")),
    NO_PROGRESS(
            "W5003",
            Fault.RUN,
            "the run makes no progress",
            "Several attempts in a row committed nothing, or no byte moved for too long.",
            new Advice(
                    "beginning again from what is committed",
                    "the message says what each attempt ended with",
                    "wisent doctor FILE")),
    LEDGER(
            "W5004",
            Fault.RUN,
            "the counts don't add up",
            "Records read and records accounted for differ. The run counts as failed, so that nobody trusts it.",
            new Advice(
                    "adding up read, written, rejected, filtered and deduplicated",
                    "this is not your fault: please report it with the run's output",
                    "wisent run FILE --log-level debug")),
    INTERNAL(
            "W5005",
            Fault.RUN,
            "a defect in Wisent",
            "Something happened that must not happen.",
            new Advice(
                    "going on as designed",
                    "this is not your fault: please report it, with what 'wisent --version' says and the text of --log-level debug",
                    "wisent doctor")),
    INTERRUPTED(
            "W5006",
            Fault.INTERRUPTED,
            "the run was interrupted",
            "A signal or the end of the process stopped the run. What was committed stays.",
            new Advice(
                    "bringing what was open to a safe place",
                    "the next run goes on from the last commit",
                    "wisent run FILE")),
    PLUGIN_FAILED(
            "W5007",
            Fault.RUN,
            "a defect in a plug-in",
            "The code of a plug-in failed with something it should not have thrown.",
            new Advice(
                    "running the plug-in's code",
                    "its author should see the text of --log-level debug",
                    "wisent run FILE --log-level debug")),
    STREAMS_FAILED(
            "W5008",
            Fault.RUN,
            "some streams of the run failed",
            "A pipeline has several streams, and some of them failed; the others were run to their ends. The run's record tells each stream's own error.",
            new Advice(
                    "running every stream, whatever became of the others",
                    "run it again when the causes are mended: streams that are finished have nothing left to read, or begin a new refresh",
                    "wisent runs show last")),

    VALIDATION_FAILED(
            "W5009",
            Fault.RUN,
            "source and target differ",
            "`wisent validate` read both, and they do not hold the same rows. Rows that came or changed after the last run, rejects, and rows a target had before are differences, too.",
            new Advice(
                    "counting the rows, and summing the values of each column in an order-independent way",
                    "run the pipeline and compare again; a full refresh, or a reset of the stream, replaces what is there",
                    "wisent run FILE")),

    OUT_OF_MEMORY(
            "W5010",
            Fault.RUN,
            "the memory was not enough",
            "The JVM's heap had no room left. What was committed stays, and the next run goes on from there.",
            new Advice(
                    "keeping what is fetched and shipped within engine.memory_budget; a record is held whole, by each worker one",
                    "give the JVM more memory (WISENT_JAVA_OPTS=-Xmx2g), or lower engine.workers or engine.memory_budget",
                    "wisent run FILE")),

    STATE_STORE(
            "W6001",
            Fault.RUN,
            "the state store failed",
            "Leases, run records and copies of progress can't be read or written. Rows are not affected: the destination knows how far it is.",
            new Advice(
                    "reading and writing the state store",
                    "check the file or database that engine.backend names",
                    "wisent doctor FILE")),
    STATE_NEWER(
            "W6002",
            Fault.REFUSED,
            "the state was written by a newer version",
            "This version does not know the format and leaves it alone.",
            new Advice(
                    "comparing the format's number with the newest known one",
                    "use the version that wrote it, or a newer one",
                    "wisent --version")),
    STATE_UNREACHABLE(
            "W6003",
            Fault.CONNECTION,
            "the state store can't be reached",
            "The database that keeps leases, run records and copies of progress does not answer, or does not let us in. Rows are not affected: the destination knows how far it is.",
            new Advice(
                    "connecting to the state store",
                    "check host, port, database, username and password in engine.backend",
                    "wisent check FILE")),
    LOG_UNREADABLE(
            "W6010",
            Fault.RUN,
            "a log can't be read",
            "The log of a run is there, but the system refuses to read it. Runs and rows are not affected.",
            new Advice(
                    "opening the log and reading its lines",
                    "check the rights of the folder that engine.logs.folder names",
                    "wisent runs")),

    STORAGE_UNREACHABLE(
            "W7001",
            Fault.CONNECTION,
            "the object store does not answer",
            "No connection, no answer in time, too many requests, or a failure of the store itself, until the budget for retries was used up.",
            new Advice(
                    "the request, again and again within the retry budget",
                    "check URL, endpoint, region and network; storage_options can raise retry_budget",
                    "wisent check FILE")),
    STORAGE_DENIED(
            "W7002",
            Fault.CONNECTION,
            "the object store does not let us in",
            "There are no credentials, they are wrong, or they don't allow what was asked.",
            new Advice(
                    "storage_options, the environment, then what the store's own library finds",
                    "check the credentials and what they may do",
                    "wisent check FILE")),
    OBJECT_NOT_FOUND(
            "W7003",
            Fault.RUN,
            "there is no such object",
            "The store has no object, or no bucket, of that name.",
            new Advice("reading it", "check bucket and path; names are case-sensitive", "wisent check FILE")),
    OBJECT_CHANGED(
            "W7004",
            Fault.RUN,
            "an object was replaced while it was read",
            "The store holds another version of the object than the one that was listed. Nothing of the two was mixed.",
            new Advice(
                    "reading the version that was listed",
                    "write objects once, under names of their own",
                    "wisent run FILE")),
    STORAGE_FAILED(
            "W7005",
            Fault.RUN,
            "the object store refused a request",
            "The store answered with something that trying again won't mend.",
            new Advice("the request, once", "the message says what the store answered", "wisent check FILE")),
    STORAGE_UNSAFE(
            "W7006",
            Fault.REFUSED,
            "the object store does not refuse a second put",
            "Of two writers that create one object, the store lets both believe they did. Commits would be lost there.",
            new Advice(
                    "creating an object twice, on condition that it is not there",
                    "use a store, or a version of it, with conditional writes",
                    "wisent check FILE")),

    QUEUE_UNREACHABLE(
            "W8001",
            Fault.CONNECTION,
            "the queue can't be reached",
            "The broker of the queue does not answer, or does not let us in. Nothing is lost: what was extracted and not confirmed is extracted again, what was not committed is delivered again.",
            new Advice(
                    "connecting to the broker, as often as engine.retry.budget allows where it may help",
                    "check address, rights and network of engine.queue",
                    "wisent check FILE")),
    QUEUE_REFUSED(
            "W8002",
            Fault.RUN,
            "the queue refused a request",
            "The broker answered with something that trying again won't mend: a queue of that name with other settings, a message it finds too large.",
            new Advice("the request, once", "the message says what the broker answered", "wisent check FILE")),
    QUEUE_FOREIGN(
            "W8003",
            Fault.REFUSED,
            "the queue holds messages of somebody else",
            "A message is damaged, was not written by Wisent, or belongs to another pipeline or stream, and was not taken out; or messages of an extraction for another destination keep coming, and none of them was loaded.",
            new Advice(
                    "reading the message",
                    "give each pipeline a queue of its own; empty the queue if nobody needs what is in it: a new run extracts what was not committed",
                    "wisent run FILE")),
    QUEUE_GAP(
            "W8004",
            Fault.RUN,
            "a message is missing from the queue",
            "What came out of the queue does not continue where the destination stands, and what would come before it is not there. Nothing was loaded past the gap.",
            new Advice(
                    "waiting for the missing message",
                    "was the queue emptied or its retention too short? a new run extracts from where the destination stands",
                    "wisent run FILE")),
    PROCESS_DIED(
            "W8005",
            Fault.RUN,
            "a process of the run keeps dying",
            "The runner `process` starts a process again that was killed or crashed; one that dies again and again has a cause that starting it again won't mend. What was committed stays.",
            new Advice(
                    "starting it again, with growing pauses",
                    "is memory short, or does somebody kill it? what it said last stands above",
                    "wisent run FILE"));

    /// What an error of a code says where its thrower does not.
    ///
    /// @param tried what was attempted
    /// @param hint what to change
    /// @param next the next command; `FILE` stands for the pipeline file
    private record Advice(String tried, String hint, String next) {}

    private final String id;
    private final Fault fault;
    private final String title;
    private final String meaning;
    private final Advice advice;

    ErrorCode(String id, Fault fault, String title, String meaning, Advice advice) {
        this.id = id;
        this.fault = fault;
        this.title = title;
        this.meaning = meaning;
        this.advice = advice;
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

    /// What has happened, in a sentence or two.
    public String meaning() {
        return meaning;
    }

    /// What was attempted, in general.
    public String tried() {
        return advice.tried();
    }

    /// What usually helps.
    public String hint() {
        return advice.hint();
    }

    /// The command to go on with; `FILE` stands for the pipeline file.
    public String next() {
        return advice.next();
    }
}
