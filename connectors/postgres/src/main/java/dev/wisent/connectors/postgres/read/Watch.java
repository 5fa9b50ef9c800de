package dev.wisent.connectors.postgres.read;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Sees that the columns of a table stay what they were when it was planned: the bytes of a value don't tell its type, so
/// values of a column that has another type now would be taken for others. Any thread.
///
/// A query's columns are those of its tables; they are not watched.
final class Watch {
    /// The number of the table, too: one that was made anew has other rows.
    private static final String SHAPE = """
            SELECT c.oid || ' ' || string_agg(a.attname || ' ' || a.atttypid, ', ' ORDER BY a.attname)
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
            WHERE c.oid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attname = ANY (?)
            GROUP BY c.oid""";

    private final AtomicReference<Optional<String>> planned = new AtomicReference<>(Optional.empty());

    /// The table is planned now.
    void begin(Connection connection, SplitSpec spec) throws SQLException {
        planned.set(shape(connection, spec));
    }

    /// @throws WisentException when it has changed since it was planned, or first looked at
    void look(Connection connection, SplitSpec spec) throws SQLException {
        Optional<String> now = shape(connection, spec);
        if (planned.get().isEmpty()) {
            planned.compareAndSet(Optional.empty(), now);
        } else if (!planned.get().equals(now)) {
            throw WisentException.of(
                            ErrorCode.SOURCE_FAILED,
                            spec.from() + " was changed while it was read: it was made anew, or columns of it have"
                                    + " another type")
                    .hint("nothing of what was read since is taken; run it again, a full refresh then begins anew");
        }
    }

    private static Optional<String> shape(Connection connection, SplitSpec spec) throws SQLException {
        if (spec.from().startsWith("(")) {
            return Optional.empty();
        }
        String[] names = spec.columns().stream().map(ReadColumn::name).toArray(String[]::new);
        return Sql.list(
                        connection,
                        SHAPE,
                        row -> row.getString(1),
                        spec.from(),
                        connection.createArrayOf("text", names))
                .stream()
                .findFirst()
                .or(() -> Optional.of("gone"));
    }
}
