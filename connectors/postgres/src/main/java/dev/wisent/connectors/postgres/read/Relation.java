package dev.wisent.connectors.postgres.read;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.Nullability;
import dev.wisent.connectors.postgres.PostgresColumn;
import dev.wisent.connectors.postgres.PostgresTable;
import dev.wisent.connectors.postgres.PostgresType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a stream reads: a table, a view, or a query, as it is now.
///
/// @param from as a statement names it
/// @param table empty: a query
/// @param key the columns rows are read by; empty: there are none
/// @param chunks what the key is good for
record Relation(
        String from,
        Optional<PostgresTable> table,
        List<ReadColumn> columns,
        List<String> key,
        SplitSpec.Chunks chunks) {
    static final String STANDARD_SCHEMA = "public";

    Relation {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    /// @throws WisentException when there is no such table, or the options name columns it has not
    static Relation find(Connection connection, ReadOptions options) throws SQLException {
        if (options.query().isPresent()) {
            String query = QueryColumns.trimmed(options.query().get());
            return of(options, "(" + query + "\n)", Optional.empty(), QueryColumns.of(connection, query), List.of());
        }
        TableName name = TableName.parse(options.stream().name());
        PostgresTable table =
                PostgresTable.find(connection, name.schema(), name.table()).orElseThrow(() -> unknown(name, options));
        return of(options, table.quoted(), Optional.of(table), table.columns(), UniqueKey.of(connection, table));
    }

    private static Relation of(
            ReadOptions options,
            String from,
            Optional<PostgresTable> table,
            List<PostgresColumn> known,
            List<String> unique) {
        List<ReadColumn> columns = new ArrayList<>();
        for (PostgresColumn column : known) {
            if (options.unread().contains(column.name()) && !unique.contains(column.name())) {
                continue;
            }
            columns.add(ReadColumn.of(
                    column,
                    options.asText().contains(column.name())
                            ? PostgresType.Reading.TEXT
                            : column.type().reading()));
        }
        List<String> names = columns.stream().map(ReadColumn::name).toList();
        if (names.isEmpty()) {
            throw WisentException.of(ErrorCode.SOURCE_FAILED, "stream " + options.stream() + " has no columns");
        }
        need(options.asText(), "as_text", names, options);
        need(options.primaryKey(), "primary_key", names, options);
        need(options.cursor().stream().toList(), "cursor_field", names, options);
        boolean declared = unique.isEmpty() && !options.primaryKey().isEmpty();
        List<String> key = declared ? options.primaryKey() : unique;
        SplitSpec.Chunks chunks =
                declared ? SplitSpec.Chunks.TIES : key.isEmpty() ? SplitSpec.Chunks.WHOLE : SplitSpec.Chunks.UNIQUE;
        return new Relation(from, table, columns, key, chunks);
    }

    private static void need(List<String> wanted, String key, List<String> names, ReadOptions options) {
        for (String name : wanted) {
            if (!names.contains(name)) {
                throw WisentException.of(
                                ErrorCode.SOURCE_FAILED,
                                key + " names '" + name + "', and stream " + options.stream() + " has no such column")
                        .hint("its columns are " + String.join(", ", names))
                        .where(options.address().toString());
            }
        }
    }

    private static WisentException unknown(TableName name, ReadOptions options) {
        return WisentException.of(ErrorCode.UNKNOWN_STREAM, "there is no table or view " + name)
                .where(options.address().toString())
                .hint("names are case-sensitive; 'wisent discover FILE' lists what user '"
                        + options.address().user().orElse("") + "' can see");
    }

    /// Whether rows may lack a value of the key, and so would be left out.
    boolean hasNullableKey() {
        return columns.stream().anyMatch(c -> key.contains(c.name()) && c.nullability() == Nullability.NULLABLE);
    }

    /// The cursor, then what tells rows of the same cursor apart.
    List<String> orderBehind(String cursor) {
        List<String> order = new ArrayList<>(List.of(cursor));
        key.stream().filter(name -> !order.contains(name)).forEach(order::add);
        return order;
    }

    /// All of it, before it is cut.
    SplitSpec spec() {
        SplitSpec whole = SplitSpec.whole(from, columns);
        return key.isEmpty() ? whole : whole.inOrder(chunks, key);
    }
}
