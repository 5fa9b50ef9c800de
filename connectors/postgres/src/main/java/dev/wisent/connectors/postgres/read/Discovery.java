package dev.wisent.connectors.postgres.read;

import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.postgres.PostgresColumn;
import dev.wisent.connectors.postgres.PostgresTable;
import dev.wisent.connectors.postgres.Wire;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The streams of a database: the one a pipeline reads first, then its tables and views by name.
final class Discovery {
    /// With so many tables nobody reads the list for their columns.
    private static final int MOST_WITH_COLUMNS = 500;

    private static final Set<Wire> CURSORS =
            EnumSet.of(Wire.TIMESTAMPTZ, Wire.TIMESTAMP, Wire.DATE, Wire.INT4, Wire.INT8);

    private Discovery() {}

    static List<StreamInfo> streams(Connection connection, ReadOptions options) throws SQLException {
        if (options.query().isPresent()) {
            Relation query = Relation.find(connection, options);
            return List.of(info(options.stream(), query.columns(), query.key(), options));
        }
        TableName wanted = TableName.parse(options.stream().name());
        List<StreamInfo> streams = new ArrayList<>();
        for (PostgresTable table : PostgresTable.all(connection, MOST_WITH_COLUMNS)) {
            if (!new TableName(table.schema(), table.name()).equals(wanted)) {
                StreamId id = new StreamId(table.schema() + "." + table.name());
                streams.add(of(table, info(id, columns(table), table.primaryKey(), options)));
            }
        }
        Optional<PostgresTable> read = PostgresTable.find(connection, wanted.schema(), wanted.table());
        if (read.isPresent()) {
            Relation relation = Relation.find(connection, options);
            streams.addFirst(of(read.get(), info(options.stream(), relation.columns(), relation.key(), options)));
        }
        return streams;
    }

    private static StreamInfo of(PostgresTable table, StreamInfo info) {
        boolean isCounted = table.kind() != 'v' && table.estimatedRows() >= 0;
        return info.with(isCounted ? OptionalLong.of(table.estimatedRows()) : OptionalLong.empty(), table.rights());
    }

    private static List<ReadColumn> columns(PostgresTable table) {
        List<ReadColumn> columns = new ArrayList<>();
        for (PostgresColumn column : table.columns()) {
            columns.add(ReadColumn.of(column, column.type().reading()));
        }
        return columns;
    }

    private static StreamInfo info(StreamId id, List<ReadColumn> columns, List<String> key, ReadOptions options) {
        List<String> cursors = columns.stream()
                .filter(column -> !column.isList() && CURSORS.contains(column.wire()))
                .map(ReadColumn::name)
                .toList();
        Optional<Schema> schema = columns.isEmpty()
                ? Optional.empty()
                : Optional.of(Schema.of(columns.stream().map(ReadColumn::field).toList()));
        boolean incremental = !cursors.isEmpty() || options.cursor().isPresent() || columns.isEmpty();
        return new StreamInfo(
                id,
                schema,
                key,
                cursors,
                incremental ? Set.of(SyncMode.FULL_REFRESH, SyncMode.INCREMENTAL) : Set.of(SyncMode.FULL_REFRESH),
                SyncMode.FULL_REFRESH);
    }
}
