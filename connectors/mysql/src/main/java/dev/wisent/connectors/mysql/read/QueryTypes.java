package dev.wisent.connectors.mysql.read;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Locale;

/// The types of a query's columns, as the driver tells them.
final class QueryTypes {
    private QueryTypes() {}

    static ColumnType of(ResultSetMetaData data, int column) throws SQLException {
        String name = data.getColumnTypeName(column).toLowerCase(Locale.ROOT);
        boolean unsigned = name.endsWith(" unsigned") || !data.isSigned(column);
        String plain = name.replace(" unsigned", "").replaceFirst("\\(.*", "");
        return new ColumnType(
                plain,
                name,
                unsigned ? ColumnType.Sign.UNSIGNED : ColumnType.Sign.SIGNED,
                data.getPrecision(column),
                data.getScale(column));
    }
}
