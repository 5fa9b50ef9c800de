package dev.wisent.connectors.mysql.read;

import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.columnar.DataType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The streams of a server: the one a pipeline reads first, then the tables and views of its database, then those of others.
final class Discovery {
    /// With so many tables nobody reads the list for their columns; those of other databases are listed by name.
    private static final int MOST_WITH_COLUMNS = 200;

    private Discovery() {}

    static List<StreamInfo> streams(Catalog catalog, ReadOptions options) throws SQLException {
        if (options.query().isPresent()) {
            return List.of(info(options.stream(), Optional.of(catalog.relation())));
        }
        String database = options.address().database();
        TableName wanted = TableName.parse(options.stream().name(), database);
        List<StreamInfo> streams = new ArrayList<>();
        for (TableName table : catalog.tables()) {
            if (table.equals(wanted)) {
                streams.addFirst(described(options.stream(), catalog.relation(), catalog));
                continue;
            }
            boolean own = table.database().equals(database);
            StreamId id = new StreamId(own && table.table().indexOf('.') < 0 ? table.table() : table.toString());
            boolean described = own && streams.size() < MOST_WITH_COLUMNS;
            streams.add(described ? described(id, catalog.table(table), catalog) : info(id, Optional.empty()));
        }
        return streams;
    }

    private static StreamInfo described(StreamId id, Relation relation, Catalog catalog) throws SQLException {
        return info(id, Optional.of(relation)).with(catalog.estimatedRows(relation), catalog.rights(relation));
    }

    private static StreamInfo info(StreamId id, Optional<Relation> relation) {
        return new StreamInfo(
                id,
                relation.map(Relation::schema),
                relation.map(Relation::keys).orElse(List.of()),
                relation.map(Discovery::cursors).orElse(List.of()),
                relation.filter(r -> !r.order().isEmpty()).isPresent()
                        ? Set.of(SyncMode.FULL_REFRESH, SyncMode.INCREMENTAL)
                        : Set.of(SyncMode.FULL_REFRESH),
                SyncMode.FULL_REFRESH);
    }

    private static List<String> cursors(Relation relation) {
        return relation.columns().stream()
                .filter(c -> isCursor(c.wisentType()))
                .map(ReadColumn::name)
                .toList();
    }

    private static boolean isCursor(DataType type) {
        return switch (type) {
            case DataType.Int(int bits) -> bits >= 32;
            case DataType.Date d -> true;
            case DataType.Timestamp t -> true;
            case DataType.TimestampNtz t -> true;
            default -> false;
        };
    }
}
