package dev.wisent.connectors.postgres.read;

import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.connectors.postgres.Address;
import dev.wisent.connectors.postgres.ConnectionKeys;
import dev.wisent.connectors.sql.cursor.CursorZone;
import dev.wisent.connectors.sql.cursor.Lateness;
import dev.wisent.connectors.sql.read.TableContract;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The keys of the source.
///
/// @param query what is read in place of the table that `stream` names
/// @param asText columns that are read as their texts
/// @param splits how many key ranges a full read is cut into; empty: by size
/// @param zone of cursors that have none
/// @param late how late rows may be committed; NONE: the frontier says
/// @param contract what may become of the table between two runs
/// @param unread columns that are left out
record ReadOptions(
        Address address,
        StreamId stream,
        Optional<SyncMode> mode,
        Optional<String> query,
        Optional<String> cursor,
        List<String> primaryKey,
        List<String> asText,
        Optional<Integer> splits,
        Reading reading,
        Frontier frontier,
        Optional<ZoneOffset> zone,
        Lateness late,
        TableContract contract,
        Set<String> unread,
        long maxRecordBytes) {
    /// How a full read sees the table.
    enum Reading {
        /// By ranges of its key, each chunk as of the time it is read.
        CHUNKS,
        /// By blocks, all as of one point in time; not resumable.
        SNAPSHOT
    }

    /// Below what an incremental run reads.
    enum Frontier {
        /// What no open transaction can add to any more.
        OPEN_TRANSACTIONS,
        /// Whatever is visible: rows that are committed late are lost.
        NONE
    }

    private static final int MOST_SPLITS = 1_000;

    private static final Key<Optional<String>> QUERY = Key.text("query")
            .about("a SELECT to read in place of the table that `stream` names; `stream` is then only a name")
            .example("SELECT * FROM public.orders WHERE country = 'IS'")
            .optional();
    private static final Key<List<String>> AS_TEXT = Key.texts("as_text")
            .about(
                    "columns to read as their texts, for values their own type can't hold elsewhere: infinity, NaN, years"
                            + " before 1")
            .orEmpty();
    private static final Key<Optional<Long>> SPLITS = Key.whole("splits", 1, MOST_SPLITS)
            .about("how many ranges of its key a table is cut into, each read by one worker at a time")
            .optional("one for each 32 MB, at most 64");
    private static final Key<Boolean> SNAPSHOT = Key.truth("snapshot")
            .about(
                    "a full read of the whole table as of one point in time: one transaction stays open until it is read, and a"
                            + " run that is interrupted begins again")
            .standard(false);
    private static final Key<Frontier> FRONTIER = Key.choice("frontier", Frontier.class)
            .about(
                    "below what an incremental run reads: `open_transactions` leaves out what a transaction that is still open"
                            + " can add to, `none` reads what is visible and loses rows that are committed late")
            .standard(Frontier.OPEN_TRANSACTIONS);
    private static final Key<Optional<ZoneOffset>> CURSOR_ZONE = Key.text("cursor_zone")
            .about(
                    "the zone of a `cursor_field` whose type has none: what the sessions that write it are set to, `UTC` or"
                            + " an offset such as `+02:00`")
            .as("UTC or an offset such as +02:00", ZoneOffset.UTC, CursorZone::parse)
            .optional();

    static final ConfigShape KEYS = ConnectionKeys.SHAPE
            .and(QUERY, AS_TEXT, SPLITS, SNAPSHOT, FRONTIER, CURSOR_ZONE)
            .and(Lateness.CURSOR_LAG, Lateness.LAG_ROWS, TableContract.KEY);

    ReadOptions {
        primaryKey = List.copyOf(primaryKey);
        asText = List.copyOf(asText);
        unread = Set.copyOf(unread);
    }

    /// Where neither lateness nor a contract is given.
    ReadOptions(
            Address address,
            StreamId stream,
            Optional<SyncMode> mode,
            Optional<String> query,
            Optional<String> cursor,
            List<String> primaryKey,
            List<String> asText,
            Optional<Integer> splits,
            Reading reading,
            Frontier frontier,
            Optional<ZoneOffset> zone,
            long maxRecordBytes) {
        this(
                address,
                stream,
                mode,
                query,
                cursor,
                primaryKey,
                asText,
                splits,
                reading,
                frontier,
                zone,
                Lateness.NONE,
                TableContract.EVOLVE,
                Set.of(),
                maxRecordBytes);
    }

    /// The same, less these columns.
    ReadOptions without(Set<String> columns) {
        return new ReadOptions(
                address,
                stream,
                mode,
                query,
                cursor,
                primaryKey,
                asText,
                splits,
                reading,
                frontier,
                zone,
                late,
                contract,
                columns,
                maxRecordBytes);
    }

    /// Reports every problem to `config`.
    static ReadOptions read(ConfigSection config, SourceSettings settings) {
        Optional<String> query = config.read(QUERY);
        boolean snapshot = config.read(SNAPSHOT);
        boolean incremental = settings.syncMode().equals(Optional.of(SyncMode.INCREMENTAL));
        if (snapshot && incremental) {
            config.problem(SNAPSHOT.name(), "is for full reads", "leave it out, or use sync_mode: full_refresh");
        }
        if (snapshot && query.isPresent()) {
            config.problem(
                    SNAPSHOT.name(), "is for tables, not for a query", "a query is read in one transaction anyway");
        }
        if (incremental && settings.cursorField().isEmpty()) {
            config.problem("cursor_field", "an incremental read needs a 'cursor_field'", "");
        }
        return new ReadOptions(
                ConnectionKeys.read(config),
                settings.stream(),
                settings.syncMode(),
                query,
                settings.cursorField(),
                settings.primaryKey(),
                config.read(AS_TEXT),
                config.read(SPLITS).map(Math::toIntExact),
                snapshot ? Reading.SNAPSHOT : Reading.CHUNKS,
                config.read(FRONTIER),
                config.read(CURSOR_ZONE),
                Lateness.read(config),
                TableContract.read(config, settings),
                Set.of(),
                settings.maxRecordBytes());
    }

    /// What decides which records there are.
    String fingerprint() {
        return stream + " of " + address + query.map(text -> " query " + text).orElse("") + " as text " + asText + " "
                + reading + cursor.map(field -> " by " + field).orElse("");
    }
}
