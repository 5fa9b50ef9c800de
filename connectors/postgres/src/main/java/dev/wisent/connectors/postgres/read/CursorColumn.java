package dev.wisent.connectors.postgres.read;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.Nullability;
import dev.wisent.connectors.postgres.PostgresColumn;
import dev.wisent.connectors.postgres.PostgresTable;
import dev.wisent.connectors.postgres.Session;
import dev.wisent.connectors.postgres.Wire;
import dev.wisent.connectors.sql.cursor.Windows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The column an incremental stream is read by, and what is known of who gives it its values.
///
/// @param type as the server spells it
/// @param kind how its frontier is found
/// @param sequence the one it takes its values from, quoted; empty: none
/// @param looseMicros by how much a value may lie before the moment it was taken from, because it is rounded
/// @param isMadeByServer whether a default or a trigger may give it its values
/// @param hasIndex whether an index begins with it
record CursorColumn(
        ReadColumn column,
        String type,
        Kind kind,
        Optional<String> sequence,
        long looseMicros,
        boolean isMadeByServer,
        boolean hasIndex) {
    enum Kind {
        INSTANT,
        WALL_CLOCK,
        DATE,
        SEQUENCE,
        /// Its values say nothing of when they were given.
        OTHER
    }

    private static final int MICRO_DIGITS = 6;

    private static final String SEQUENCE = """
            SELECT pg_get_serial_sequence(?, ?) FROM pg_catalog.pg_sequence
            WHERE seqrelid = pg_get_serial_sequence(?, ?)::regclass AND seqcache = 1 AND seqincrement > 0 AND NOT seqcycle""";

    private static final String MADE_BY_SERVER = """
            SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_attribute WHERE attrelid = ?::oid AND attname = ?
                           AND (atthasdef OR attidentity <> ''))
                OR EXISTS (SELECT 1 FROM pg_catalog.pg_trigger WHERE tgrelid = ?::oid AND NOT tgisinternal)""";

    private static final String INDEXED = """
            SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_index i JOIN pg_catalog.pg_attribute a
                           ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
                           WHERE i.indrelid = ?::oid AND a.attname = ? AND i.indisvalid AND i.indpred IS NULL)""";

    static CursorColumn of(Connection connection, Relation relation, ReadOptions options) throws SQLException {
        String name = options.cursor()
                .orElseThrow(() -> WisentException.of(
                        ErrorCode.CONFIG_INVALID, "an incremental read needs a 'cursor_field' under source"));
        ReadColumn column = relation.columns().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow();
        if (column.isList()) {
            throw WisentException.of(ErrorCode.SOURCE_FAILED, "cursor_field '" + name + "' is a list");
        }
        Optional<PostgresTable> table = relation.table();
        Optional<PostgresColumn> known = table.flatMap(t -> t.column(name));
        Optional<String> sequence = table.isPresent()
                        && (column.wire() == Wire.INT2 || column.wire() == Wire.INT4 || column.wire() == Wire.INT8)
                ? sequence(connection, table.get(), name)
                : Optional.empty();
        int modifier = known.map(c -> c.type().modifier()).orElse(-1);
        boolean server = table.isEmpty()
                || Sql.is(
                        connection,
                        MADE_BY_SERVER,
                        table.get().oid(),
                        name,
                        table.get().oid());
        boolean indexed =
                table.isPresent() && Sql.is(connection, INDEXED, table.get().oid(), name);
        return new CursorColumn(
                column,
                known.map(c -> c.type().spelled()).orElse(column.type().text()),
                kind(column, sequence),
                sequence,
                loose(column.wire(), modifier),
                server,
                indexed);
    }

    private static Optional<String> sequence(Connection connection, PostgresTable table, String name)
            throws SQLException {
        List<String> found =
                Sql.list(connection, SEQUENCE, row -> row.getString(1), table.quoted(), name, table.quoted(), name);
        return found.stream().findFirst();
    }

    private static Kind kind(ReadColumn column, Optional<String> sequence) {
        return switch (column.wire()) {
            case TIMESTAMPTZ -> Kind.INSTANT;
            case TIMESTAMP -> Kind.WALL_CLOCK;
            case DATE -> Kind.DATE;
            default -> sequence.isPresent() ? Kind.SEQUENCE : Kind.OTHER;
        };
    }

    /// `timestamptz(0)` rounds to the nearest second, so a value may lie half a second before its moment.
    private static long loose(Wire wire, int digits) {
        boolean rounds = (wire == Wire.TIMESTAMPTZ || wire == Wire.TIMESTAMP) && digits >= 0 && digits < MICRO_DIGITS;
        return rounds ? Math.round(Math.pow(10, MICRO_DIGITS - digits)) / 2 : 0;
    }

    boolean isNullable() {
        return column.nullability() == Nullability.NULLABLE;
    }

    String quoted() {
        return ReadColumn.qualified(column.name());
    }

    /// @throws WisentException when late commits could be lost, or it can't be known
    void refuseUnsafe(Connection connection, Relation relation, ReadOptions options) throws SQLException {
        if (options.late().lag().isPresent()) {
            new LateTable(connection, relation, this, options).refuseUnfit();
            return;
        }
        if (options.frontier() == ReadOptions.Frontier.NONE) {
            return;
        }
        if (kind == Kind.OTHER) {
            throw unsafe("values of cursor_field '" + column.name() + "' (" + type
                    + ") say nothing of when a row was written, so rows that are committed late could be lost");
        }
        if ((kind == Kind.WALL_CLOCK || kind == Kind.DATE) && options.zone().isEmpty()) {
            throw unsafe("cursor_field '" + column.name() + "' (" + type + ") has no zone, so it can't be compared with"
                            + " the starts of open transactions")
                    .hint("cursor_zone says what the sessions that write it are set to: UTC, or an offset");
        }
        Transactions.refuseBlind(connection, options);
        if (sequence.isPresent()) {
            refuseUndrawn(connection, relation);
        }
    }

    /// Numbers above the last one drawn come from somewhere else: nobody knows which of them are still to come. The rows are
    /// looked at first, so each number that was drawn for one of them shows.
    private void refuseUndrawn(Connection connection, Relation relation) throws SQLException {
        long highest = Sql.one(
                connection,
                "SELECT coalesce(max(" + quoted() + "), 0)::bigint FROM " + relation.from() + " AS t",
                row -> row.getLong(1));
        Optional<Long> drawn = lastDrawn(connection);
        if (drawn.orElse(0L) >= highest) {
            return;
        }
        throw unsafe("there are rows with '" + column.name() + "' up to " + highest + ", but sequence "
                        + sequence.orElseThrow()
                        + drawn.map(last -> " has drawn numbers up to " + last + " only")
                                .orElse(" has drawn none"))
                .hint("if the rows were restored or copied, SELECT setval("
                        + Session.literal(sequence.orElseThrow()) + ", " + highest
                        + "); if writers bring their own numbers, use another cursor_field, or say frontier: none, and merge"
                        + " what is read again from time to time");
    }

    /// Numbers that are drawn again lie in windows that were read.
    ///
    /// @param last the window before
    void refuseSetBack(Connection connection, Windows.Window last, Relation relation) throws SQLException {
        String edge = last.edge().value();
        Optional<Long> drawn = kind == Kind.SEQUENCE ? lastDrawn(connection) : Optional.empty();
        boolean back = kind == Kind.SEQUENCE && edge.matches("\\d{1,18}") && drawn.orElse(0L) < Long.parseLong(edge);
        if (back) {
            throw WisentException.of(
                            ErrorCode.SOURCE_EXPIRED,
                            "sequence " + sequence.orElseThrow() + " was set back: it has drawn "
                                    + drawn.map(number -> "numbers up to " + number)
                                            .orElse("none") + ", and '"
                                    + column.name() + "' was read up to " + edge)
                    .where(relation.from())
                    .hint(
                            "rows with numbers that are given out again would be taken for read; a reset of the stream reads"
                                    + " the table anew")
                    .next("wisent stream reset FILE");
        }
    }

    /// @return empty: none yet
    Optional<Long> lastDrawn(Connection connection) throws SQLException {
        return Sql.one(
                connection,
                "SELECT pg_sequence_last_value(?::regclass)::text",
                row -> Optional.ofNullable(row.getString(1)).map(Long::valueOf),
                sequence.orElseThrow());
    }

    static WisentException unsafe(String what) {
        return WisentException.of(ErrorCode.NOT_SUPPORTED, what)
                .hint("use a timestamptz that a default or trigger sets to now(), or an identity column; or say by"
                        + " cursor_lag how late rows may be committed, with lag_rows to read them at once; or frontier: none,"
                        + " and merge what is read again from time to time");
    }

    /// The first value that is not final when all transactions that began before `micros` have ended.
    String valueAt(long micros, ReadOptions options) {
        long offset =
                options.zone().map(zone -> zone.getTotalSeconds() * 1_000_000L).orElse(0L);
        return switch (kind) {
            case INSTANT -> FieldText.timestamp(micros - Wire.EPOCH_MICROS - looseMicros, "+00");
            case WALL_CLOCK -> FieldText.timestamp(micros + offset - Wire.EPOCH_MICROS - looseMicros, "");
            case DATE ->
                FieldText.date(
                        Math.toIntExact(Math.floorDiv(micros + offset, FieldReader.MICROS_A_DAY) - Wire.EPOCH_DAYS));
            case SEQUENCE, OTHER -> throw new IllegalStateException("no clock gives values of " + type);
        };
    }

    /// An index that reads windows fast.
    String index(Relation relation) {
        return "CREATE INDEX ON " + relation.from() + " (" + Session.quoted(column.name()) + ")";
    }
}
