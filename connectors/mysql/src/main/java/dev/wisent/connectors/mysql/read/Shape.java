package dev.wisent.connectors.mysql.read;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// The types of the columns of a statement's rows, to see that they stay what they were when a stream was planned: a value of
/// another type would be taken for one of the planned type.
record Shape(List<String> types) {
    Shape {
        types = List.copyOf(types);
    }

    /// As the server says without reading a row.
    static Shape of(Connection in, Relation relation) throws SQLException {
        try (Statement statement = in.createStatement()) {
            statement.setEscapeProcessing(false);
            SplitSpec none = new SplitSpec("1 = 0", List.of(), 0, "");
            try (ResultSet rows = statement.executeQuery(new Select(relation, none).text(List.of(), 1))) {
                return of(rows, relation);
            }
        }
    }

    private static Shape of(ResultSet rows, Relation relation) throws SQLException {
        ResultSetMetaData data = rows.getMetaData();
        List<String> types = new ArrayList<>();
        for (int i = 1; i <= relation.columns().size(); i++) {
            String name = data.getColumnTypeName(i);
            types.add(data.getColumnLabel(i) + " " + name
                    + (name.startsWith("DECIMAL") ? data.getPrecision(i) + "," + data.getScale(i) : ""));
        }
        return new Shape(types);
    }

    /// @throws WisentException when they are others in `rows`
    void refuseOther(ResultSet rows, Relation relation) throws SQLException {
        List<String> now = new ArrayList<>(of(rows, relation).types());
        now.removeAll(types);
        if (!now.isEmpty()) {
            throw WisentException.of(
                            ErrorCode.SOURCE_FAILED,
                            relation.from() + " was changed while it was read: " + String.join(", ", now)
                                    + " had another type before")
                    .hint("nothing of what was read since is taken; run it again, a full refresh then begins anew");
        }
    }
}
