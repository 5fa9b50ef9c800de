package dev.wisent.connectors.postgres.read;

import dev.wisent.columnar.Nullability;
import dev.wisent.connectors.postgres.PostgresColumn;
import dev.wisent.connectors.postgres.PostgresType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The columns of a query, asked of the server without running it. Domains are what they are made of there.
final class QueryColumns {
    private QueryColumns() {}

    /// The query without what would end it inside another statement.
    static String trimmed(String query) {
        String text = query.strip();
        while (text.endsWith(";")) {
            text = text.substring(0, text.length() - 1).stripTrailing();
        }
        return text;
    }

    static List<PostgresColumn> of(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT t.* FROM (" + query + "\n) AS t")) {
            ResultSetMetaData data = statement.getMetaData();
            List<PostgresColumn> columns = new ArrayList<>();
            for (int i = 1; i <= data.getColumnCount(); i++) {
                columns.add(new PostgresColumn(data.getColumnLabel(i), type(data, i), Nullability.NULLABLE, "", ""));
            }
            return columns;
        }
    }

    private static PostgresType type(ResultSetMetaData data, int column) throws SQLException {
        String name = data.getColumnTypeName(column);
        boolean array = name.startsWith("_");
        String element = array ? name.substring(1) : name;
        int modifier = -1;
        if (element.equals("numeric") && data.getPrecision(column) > 0) {
            modifier = PostgresType.numericModifier(data.getPrecision(column), data.getScale(column));
        }
        // the driver's names for what serial columns are made of
        String plain = switch (element) {
            case "serial" -> "int4";
            case "bigserial" -> "int8";
            case "smallserial" -> "int2";
            default -> element;
        };
        return new PostgresType(name, plain, modifier, array ? PostgresType.Kind.ARRAY : PostgresType.Kind.PLAIN);
    }
}
