package dev.wisent.connectors.mysql.read;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.connectors.sql.cursor.CursorLag;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The column an incremental stream is read by, and what is known of who gives it its values.
///
/// @param kind how its frontier is found
/// @param given who gives it its values
/// @param nulls whether it may be null
/// @param index whether one begins with it
record CursorColumn(ReadColumn column, Kind kind, Given given, Nulls nulls, Index index) {
    enum Kind {
        INSTANT,
        WALL_CLOCK,
        DATE,
        /// AUTO_INCREMENT.
        DRAWN,
        /// Its values say nothing of when they were given.
        OTHER
    }

    enum Given {
        BY_SERVER,
        BY_WRITERS
    }

    enum Nulls {
        NONE,
        POSSIBLE
    }

    enum Index {
        THERE,
        MISSING
    }

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private static final String GIVEN = """
            SELECT CONCAT(COALESCE(column_default, ''), ' ', extra), is_nullable
            FROM information_schema.columns WHERE table_schema = ? AND table_name = ? AND column_name = ?""";

    private static final String INDEXED = """
            SELECT 1 FROM information_schema.statistics
            WHERE table_schema = ? AND table_name = ? AND column_name = ? AND seq_in_index = 1 AND sub_part IS NULL LIMIT 1""";

    static CursorColumn of(Connection in, Relation relation, ReadOptions options) throws SQLException {
        ReadColumn column = relation.column(options.cursor()
                .orElseThrow(() -> WisentException.of(
                        ErrorCode.CONFIG_INVALID, "an incremental read needs a 'cursor_field' under source")));
        if (!column.isOrdered()) {
            throw WisentException.of(
                    ErrorCode.NOT_SUPPORTED,
                    "cursor_field '" + column.name() + "' (" + column.type() + ") has no order rows can be read in");
        }
        if (relation.order().isEmpty()) {
            throw WisentException.of(
                            ErrorCode.NOT_SUPPORTED,
                            relation.from() + " has no key that tells rows of one cursor apart")
                    .hint("give the table a primary key; of a view or a query name it: source: {primary_key: [id]}");
        }
        if (relation.table().isEmpty()) {
            return new CursorColumn(column, kind(column, ""), Given.BY_SERVER, Nulls.POSSIBLE, Index.THERE);
        }
        TableName table = relation.table().get();
        List<String> known = Asked.one(
                        in,
                        GIVEN,
                        row -> List.of(row.getString(1).toLowerCase(Locale.ROOT), row.getString(2)),
                        table.database(),
                        table.table(),
                        column.name())
                .orElse(List.of("", "YES"));
        String given = known.getFirst();
        boolean server = given.contains("current_timestamp") || given.contains("auto_increment");
        boolean indexed = Asked.one(in, INDEXED, row -> row.getInt(1), table.database(), table.table(), column.name())
                .isPresent();
        return new CursorColumn(
                column,
                kind(column, given),
                server ? Given.BY_SERVER : Given.BY_WRITERS,
                known.getLast().equals("NO") ? Nulls.NONE : Nulls.POSSIBLE,
                indexed ? Index.THERE : Index.MISSING);
    }

    private static Kind kind(ReadColumn column, String given) {
        String type = column.type().toLowerCase(Locale.ROOT);
        if (column.form() == Form.DATETIME) {
            return type.startsWith("timestamp") ? Kind.INSTANT : Kind.WALL_CLOCK;
        }
        boolean whole = column.form() == Form.WHOLE || column.form() == Form.DECIMAL;
        return column.form() == Form.DATE
                ? Kind.DATE
                : whole && given.contains("auto_increment") ? Kind.DRAWN : Kind.OTHER;
    }

    boolean isTime() {
        return kind == Kind.INSTANT || kind == Kind.WALL_CLOCK || kind == Kind.DATE;
    }

    String quoted() {
        return column.quoted();
    }

    /// @throws WisentException when late commits could be lost, or it can't be known
    void refuseUnsafe(Connection in, Relation relation, ReadOptions options) throws SQLException {
        if (options.lag().isPresent()) {
            refuseLag(options.lag().get());
            return;
        }
        if (kind == Kind.OTHER) {
            throw unsafe("values of cursor_field '" + column.name() + "' (" + column.type()
                    + ") say nothing of when a row was written, so rows that are committed late could be lost");
        }
        if ((kind == Kind.WALL_CLOCK || kind == Kind.DATE) && options.zone().isEmpty()) {
            throw unsafe("cursor_field '" + column.name() + "' (" + column.type()
                            + ") has no zone, so it can't be compared with the server's clock")
                    .hint("cursor_zone says what the sessions that write it are set to: UTC, or an offset");
        }
        Transactions.refuseBlind(in, relation, options);
    }

    private void refuseLag(CursorLag lag) {
        boolean number = column.form() == Form.WHOLE || column.form() == Form.DECIMAL;
        boolean fits = lag.isNone()
                || (isTime() && lag.unit() == CursorLag.Unit.TIME)
                || (number && lag.unit() == CursorLag.Unit.PLAIN);
        if (!fits) {
            throw WisentException.of(
                            ErrorCode.NOT_SUPPORTED,
                            "cursor_lag can't be taken from column '" + column.name() + "': it is " + column.type())
                    .hint(
                            "a number for whole numbers (cursor_lag: 1000), a time for dates and times (cursor_lag: 10m)");
        }
    }

    /// Which rows are lost; empty: none, or a lag was given.
    Optional<String> lost(ReadOptions options) {
        return options.lag().isPresent() || given == Given.BY_SERVER
                ? Optional.empty()
                : Optional.of("no default gives '" + column.name()
                        + "' its value: rows whose writers take it before the statement that writes them are lost");
    }

    static WisentException unsafe(String what) {
        return WisentException.of(ErrorCode.NOT_SUPPORTED, what)
                .hint(
                        "use a timestamp that the server sets (DEFAULT CURRENT_TIMESTAMP), or an AUTO_INCREMENT column; or"
                                + " give cursor_lag, a time longer than any transaction that writes the table");
    }

    /// The first value that is not final when all who wrote before `micros` have ended. A writer's `NOW()` may be cut to whole
    /// seconds, whatever the column holds.
    String valueAt(long micros, ReadOptions options) {
        ZoneOffset zone = kind == Kind.INSTANT ? ZoneOffset.UTC : options.zone().orElseThrow();
        LocalDateTime second = LocalDateTime.ofInstant(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), zone)
                .truncatedTo(ChronoUnit.SECONDS);
        return kind == Kind.DATE ? second.toLocalDate().toString() : SECONDS.format(second);
    }

    /// The highest value there is, less `lag`, as [Form#literal] takes it. A moment that has not come yet would have everything
    /// that comes before it taken for late.
    Optional<String> highest(Connection in, Relation relation, CursorLag lag) throws SQLException {
        String highest = "MAX(" + quoted() + ")";
        String value = switch (kind) {
            case INSTANT, WALL_CLOCK -> highest + " - INTERVAL " + lag.amount() + " SECOND";
            case DATE -> "CAST(" + highest + " - INTERVAL " + lag.amount() + " SECOND AS DATE)";
            default -> lag.isNone() ? highest : "CAST(" + highest + " AS DECIMAL(65, 10)) - " + lag.amount();
        };
        return Asked.one(
                        in,
                        "SELECT " + column.form().key(value) + " FROM " + relation.from() + " AS t"
                                + (kind == Kind.INSTANT ? " WHERE " + quoted() + " <= NOW(6)" : ""),
                        row -> Optional.ofNullable(row.getString(1)))
                .flatMap(found -> found);
    }

    /// A value of it less `lag`, as an expression.
    ///
    /// @param value as a statement spells it
    String lagging(String value, CursorLag lag) {
        return switch (kind) {
            case INSTANT, WALL_CLOCK -> "CAST(" + value + " AS DATETIME(6)) - INTERVAL " + lag.amount() + " SECOND";
            case DATE -> "CAST(CAST(" + value + " AS DATE) - INTERVAL " + lag.amount() + " SECOND AS DATE)";
            case DRAWN, OTHER ->
                lag.isNone() && column.form() != Form.WHOLE && column.form() != Form.DECIMAL
                        ? value
                        : "CAST(" + value + " AS DECIMAL(65, 10)) - " + lag.amount();
        };
    }

    /// An index that reads windows fast.
    String index(Relation relation) {
        return "CREATE INDEX " + column.name() + "_for_reading ON " + relation.from() + " ("
                + quoted().substring(quoted().indexOf('.') + 1) + ")";
    }
}
