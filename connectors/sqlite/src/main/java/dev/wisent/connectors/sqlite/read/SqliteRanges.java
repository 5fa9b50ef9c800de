package dev.wisent.connectors.sqlite.read;

import dev.wisent.connectors.sql.read.EvenRanges;
import dev.wisent.connectors.sql.read.OrderColumn;
import dev.wisent.connectors.sql.read.ReadTable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/// Cuts a table into ranges of the integer it is read in the order of: see [EvenRanges]. SQLite does not say how many rows lie
/// in a range, so a few at its both ends are looked at, which an index finds at once.
record SqliteRanges(Connection in, ReadTable table) {
    private static final long BYTES_A_RANGE = 32L << 20;
    private static final long ROWS_A_RANGE = 10_000;
    private static final long MOST_RANGES = 64;
    private static final int LOOKED_AT = 100;
    /// Where a gap is taken for rows.
    private static final long MOST_ROWS = 1L << 50;

    private record Ends(BigInteger low, BigInteger high) {}

    /// @param ranges empty: by the number of rows, and that of bytes
    /// @param bytes no table of the database is larger
    List<String> bounds(Optional<Long> ranges, long bytes) throws SQLException {
        Optional<Ends> ends = ends();
        if (ends.isEmpty()) {
            return List.of();
        }
        BigInteger low = ends.get().low();
        BigInteger high = ends.get().high();
        long count = ranges.isPresent() ? ranges.get() : suiting(bytes, rows(low.subtract(BigInteger.ONE), high));
        return count == 1
                ? List.of()
                : EvenRanges.bounds(low, high, count, this::rows).stream()
                        .map(BigInteger::toString)
                        .toList();
    }

    private static long suiting(long bytes, long rows) {
        return Math.clamp(Math.min(bytes / BYTES_A_RANGE, rows / ROWS_A_RANGE), 1, MOST_RANGES);
    }

    /// Empty: there are no rows, or some have no integer, which stand in no range.
    private Optional<Ends> ends() throws SQLException {
        String name = first().name();
        try (Statement select = in.createStatement();
                ResultSet row = select.executeQuery("SELECT typeof(low), low, typeof(high), high, no FROM (SELECT"
                        + " (SELECT MIN(" + name + ") FROM " + table.from() + ") AS low,"
                        + " (SELECT MAX(" + name + ") FROM " + table.from() + ") AS high,"
                        + " EXISTS (SELECT 1 FROM " + table.from() + " WHERE " + name + " IS NULL) AS no)")) {
            boolean whole = row.next()
                    && row.getString(1).equals("integer")
                    && row.getString(3).equals("integer")
                    && !row.getBoolean(5);
            return whole
                    ? Optional.of(new Ends(BigInteger.valueOf(row.getLong(2)), BigInteger.valueOf(row.getLong(4))))
                    : Optional.empty();
        }
    }

    private OrderColumn first() {
        return table.order().getFirst();
    }

    /// As many as there would be if all lay as close as those at its ends.
    private long rows(BigInteger above, BigInteger to) throws SQLException {
        return Math.max(rows(above, to, "ASC"), rows(above, to, "DESC"));
    }

    private long rows(BigInteger above, BigInteger to, String direction) throws SQLException {
        String name = first().name();
        try (PreparedStatement select = in.prepareStatement("SELECT COUNT(*), MAX(k), MIN(k) FROM (SELECT " + name
                + " AS k FROM " + table.from() + " WHERE " + name + " >= ? AND " + name + " <= ? ORDER BY " + name + " "
                + direction + " LIMIT " + LOOKED_AT + ")")) {
            select.setLong(1, above.add(BigInteger.ONE).longValueExact());
            select.setLong(2, to.longValueExact());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next() || row.getLong(1) < LOOKED_AT) {
                    return row.getLong(1);
                }
                BigDecimal taken = new BigDecimal(row.getLong(2))
                        .subtract(new BigDecimal(row.getLong(3)))
                        .add(BigDecimal.ONE);
                return new BigDecimal(to.subtract(above))
                        .multiply(BigDecimal.valueOf(LOOKED_AT))
                        .divide(taken, RoundingMode.CEILING)
                        .min(BigDecimal.valueOf(MOST_ROWS))
                        .longValue();
            }
        }
    }
}
