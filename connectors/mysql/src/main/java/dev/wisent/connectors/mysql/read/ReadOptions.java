package dev.wisent.connectors.mysql.read;

import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.connectors.mysql.Address;
import dev.wisent.connectors.mysql.ConnectionKeys;
import dev.wisent.connectors.sql.cursor.CursorLag;
import dev.wisent.connectors.sql.cursor.CursorZone;
import dev.wisent.connectors.sql.cursor.Lateness;
import dev.wisent.connectors.sql.read.TableContract;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// The keys of the source.
///
/// @param query what is read in place of the table that `stream` names
/// @param asText columns that are read as their texts
/// @param splits how many key ranges a full read is cut into; empty: by size
/// @param late how late rows may be committed; NONE: a run reads what open transactions can't add to
/// @param zone of cursors that have none
/// @param contract what may become of the table between two runs
record ReadOptions(
        Address address,
        StreamId stream,
        Optional<SyncMode> mode,
        Optional<String> query,
        Optional<String> cursor,
        List<String> primaryKey,
        List<String> asText,
        Optional<Integer> splits,
        ZeroDates zeroDates,
        Lateness late,
        Optional<ZoneOffset> zone,
        TableContract contract,
        long maxRecordBytes) {
    /// What becomes of `0000-00-00` and dates without month or day.
    enum ZeroDates {
        /// The row is a reject.
        REJECT,
        NULL
    }

    private static final int MOST_SPLITS = 1_000;

    private static final Key<Optional<String>> QUERY = Key.text("query")
            .about("a SELECT to read in place of the table that `stream` names; `stream` is then only a name")
            .example("SELECT * FROM orders WHERE country = 'IS'")
            .optional();
    private static final Key<List<String>> AS_TEXT = Key.texts("as_text")
            .about(
                    "columns to read as their texts, for values their own type can't hold elsewhere: times of more than 24"
                            + " hours, zero dates")
            .orEmpty();
    private static final Key<Optional<Long>> SPLITS = Key.whole("splits", 1, MOST_SPLITS)
            .about("how many ranges of its key a table is cut into, each read by one worker at a time, where the key"
                    + " begins with an integer")
            .optional("one for each 32 MB, at most 64");
    private static final Key<ZeroDates> ZERO_DATES = Key.choice("zero_dates", ZeroDates.class)
            .about("what becomes of `0000-00-00`, and of dates without month or day: `reject` the row, or `null`")
            .standard(ZeroDates.REJECT);

    private static final Key<Optional<ZoneOffset>> CURSOR_ZONE = Key.text("cursor_zone")
            .about(
                    "the zone of a `cursor_field` whose type has none (datetime, date): what the sessions that write it are"
                            + " set to, `UTC` or an offset such as `+02:00`")
            .as("UTC or an offset such as +02:00", ZoneOffset.UTC, CursorZone::parse)
            .optional();

    static final ConfigShape KEYS = ConnectionKeys.SHAPE
            .and(QUERY, AS_TEXT, SPLITS, ZERO_DATES, CURSOR_ZONE)
            .and(Lateness.CURSOR_LAG, Lateness.LAG_ROWS, TableContract.KEY);

    ReadOptions {
        primaryKey = List.copyOf(primaryKey);
        asText = List.copyOf(asText);
    }

    /// How far an incremental run stays behind the highest cursor; empty: it does not.
    Optional<CursorLag> lag() {
        return late.lag();
    }

    /// Reports every problem to `config`.
    static ReadOptions read(ConfigSection config, SourceSettings settings) {
        if (settings.syncMode().equals(Optional.of(SyncMode.INCREMENTAL))
                && settings.cursorField().isEmpty()) {
            config.problem("cursor_field", "an incremental read needs a 'cursor_field'", "");
        }
        ReadOptions options = new ReadOptions(
                ConnectionKeys.read(config),
                settings.stream(),
                settings.syncMode(),
                config.read(QUERY),
                settings.cursorField(),
                settings.primaryKey(),
                config.read(AS_TEXT),
                config.read(SPLITS).map(Math::toIntExact),
                config.read(ZERO_DATES),
                Lateness.read(config),
                config.read(CURSOR_ZONE),
                TableContract.read(config, settings),
                settings.maxRecordBytes());
        config.done();
        return options;
    }

    /// What decides which records there are.
    String fingerprint() {
        return stream + " of " + address + query.map(text -> " query " + text).orElse("") + " as text " + asText + " "
                + zeroDates + cursor.map(field -> " by " + field).orElse("");
    }
}
