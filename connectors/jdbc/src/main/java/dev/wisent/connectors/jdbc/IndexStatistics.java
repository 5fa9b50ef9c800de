package dev.wisent.connectors.jdbc;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.OptionalLong;

/// What the driver says of a table's indexes (`DatabaseMetaData.getIndexInfo`), as of when the server last looked.
///
/// @param table the rows of the table, where the driver has a line for that; 0: it has none
/// @param unique the most different values of a unique index; 0: there is none, or the driver does not say it
record IndexStatistics(long table, long unique) {
    private static final IndexStatistics NONE = new IndexStatistics(0, 0);

    static IndexStatistics of(Names names, Names.Table of) throws SQLException {
        long table = 0;
        long unique = 0;
        try (ResultSet row = names.meta()
                .getIndexInfo(names.catalog().orElse(null), of.schema().orElse(null), of.name(), false, true)) {
            while (row.next()) {
                long values = row.getLong("CARDINALITY");
                if (row.getShort("TYPE") == DatabaseMetaData.tableIndexStatistic) {
                    table = Math.max(table, values);
                } else if (!row.getBoolean("NON_UNIQUE")) {
                    unique = Math.max(unique, values);
                }
            }
        } catch (SQLFeatureNotSupportedException none) {
            return NONE;
        }
        return new IndexStatistics(table, unique);
    }

    /// About how many rows the table has; empty: nothing tells. An empty table looks like one nobody looked at.
    OptionalLong rows() {
        long rows = table > 0 ? table : unique;
        return rows > 0 ? OptionalLong.of(rows) : OptionalLong.empty();
    }
}
