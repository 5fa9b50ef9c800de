package dev.wisent.connectors.postgres.read;

import dev.wisent.api.SyncMode;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.connectors.postgres.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/// Proves that a stream can be read the way it is asked for, without reading rows.
record Check(Connection connection, ReadOptions options) {
    /// `FETCH FIRST … WITH TIES` is from 13.
    private static final int OLDEST = 13;

    private static final int OLDEST_FOR_SNAPSHOT = 14;

    /// @return what was looked at
    Relation run() throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        boolean snapshot = options.reading() == ReadOptions.Reading.SNAPSHOT;
        int oldest = snapshot ? OLDEST_FOR_SNAPSHOT : OLDEST;
        if (version < oldest) {
            throw WisentException.of(
                            ErrorCode.NOT_SUPPORTED,
                            "the server is PostgreSQL " + version + "; "
                                    + (snapshot ? "snapshot: true needs " : "this source needs ") + oldest)
                    .where(options.address().toString());
        }
        Relation relation = Relation.find(connection, options);
        try (Statement statement = connection.createStatement()) {
            statement.execute("EXPLAIN " + relation.spec().select(java.util.List.of(), 1));
            // EXPLAIN looks at no rights
            statement.execute("SELECT 1 FROM " + relation.from() + " AS t LIMIT 0");
        }
        rights(relation);
        FullPlanner.refuseNulls(connection, relation);
        if (options.mode().equals(Optional.of(SyncMode.INCREMENTAL))) {
            CursorColumn.of(connection, relation, options).refuseUnsafe(connection, relation, options);
        }
        return relation;
    }

    private void rights(Relation relation) throws SQLException {
        if (relation.table().isEmpty()) {
            return;
        }
        for (ReadColumn column : relation.columns()) {
            if (!Sql.is(
                    connection,
                    "SELECT has_column_privilege(?::oid, ?, 'SELECT')",
                    relation.table().get().oid(),
                    column.name())) {
                String user = Session.quoted(options.address().user().orElse(""));
                throw WisentException.of(
                                ErrorCode.SOURCE_CONNECTION,
                                "user " + user + " may not read column '" + column.name() + "' of " + relation.from())
                        .where(options.address().toString())
                        .hint("GRANT SELECT ON " + relation.from() + " TO " + user);
            }
        }
    }
}
