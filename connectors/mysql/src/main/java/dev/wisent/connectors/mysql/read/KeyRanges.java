package dev.wisent.connectors.mysql.read;

import dev.wisent.connectors.sql.read.EvenRanges;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// Cuts a table into ranges of the first column of its key, of about as many rows each, where that is an integer: see
/// [EvenRanges]. One range where it is not.
///
/// @param bounds the last value of each range but the last
record KeyRanges(List<String> bounds) {
    private static final long BYTES_A_RANGE = 32L << 20;
    private static final int MOST_RANGES = 64;

    KeyRanges {
        bounds = List.copyOf(bounds);
    }

    static KeyRanges of(Connection in, Relation relation, ReadOptions options) throws SQLException {
        long ranges = options.splits().isPresent()
                ? options.splits().get()
                : Math.clamp(relation.bytes() / BYTES_A_RANGE, 1, MOST_RANGES);
        if (relation.order().isEmpty() || ranges == 1) {
            return new KeyRanges(List.of());
        }
        ReadColumn first = relation.column(relation.order().getFirst());
        if (first.form() != Form.WHOLE
                && !(first.form() == Form.DECIMAL && first.type().startsWith("bigint"))) {
            return new KeyRanges(List.of());
        }
        try (Statement select = in.createStatement();
                ResultSet row = select.executeQuery("SELECT CAST(MIN(" + first.quoted() + ") AS CHAR), CAST(MAX("
                        + first.quoted() + ") AS CHAR) FROM " + relation.from() + " AS t")) {
            if (!row.next() || row.getString(1) == null) {
                return new KeyRanges(List.of());
            }
            BigInteger low = new BigInteger(row.getString(1));
            BigInteger high = new BigInteger(row.getString(2));
            return new KeyRanges(
                    EvenRanges.bounds(low, high, ranges, (above, to) -> rows(in, relation, above, to)).stream()
                            .map(BigInteger::toString)
                            .toList());
        }
    }

    /// As the server thinks before it reads: it looks at two places of the index.
    private static long rows(Connection in, Relation relation, BigInteger above, BigInteger to) throws SQLException {
        ReadColumn first = relation.column(relation.order().getFirst());
        try (Statement explain = in.createStatement();
                ResultSet row = explain.executeQuery("EXPLAIN SELECT 1 FROM " + relation.from() + " AS t WHERE "
                        + Select.compared(first, " > ", above.toString()) + " AND "
                        + Select.compared(first, " <= ", to.toString()))) {
            return row.next() ? row.getLong("rows") : 0;
        }
    }

    int count() {
        return bounds.size() + 1;
    }

    /// The condition of range `index`, from 0; empty: all rows.
    String where(Relation relation, int index) {
        List<String> conditions = new ArrayList<>();
        if (index > 0) {
            conditions.add(Select.compared(relation.column(relation.order().getFirst()), " > ", bounds.get(index - 1)));
        }
        if (index < bounds.size()) {
            conditions.add(Select.compared(relation.column(relation.order().getFirst()), " <= ", bounds.get(index)));
        }
        return String.join(" AND ", conditions);
    }
}
