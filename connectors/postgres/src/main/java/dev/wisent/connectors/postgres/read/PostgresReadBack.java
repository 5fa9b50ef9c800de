package dev.wisent.connectors.postgres.read;

import dev.wisent.api.StreamId;
import dev.wisent.api.destination.ReadBack;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.connectors.postgres.Address;
import dev.wisent.connectors.postgres.PostgresTable;
import dev.wisent.connectors.postgres.Session;
import dev.wisent.connectors.sql.read.SourceReadBack;
import java.util.List;
import java.util.Optional;

/// Tables of a database, read back by COPY as the source reads a query: as of one point in time.
public final class PostgresReadBack {
    private PostgresReadBack() {}

    /// Reads the tables of `schema`, or of that which a target names: `schema.table`.
    public static ReadBack of(Address address, String schema) {
        return new SourceReadBack((target, as) -> {
            int dot = target.name().indexOf('.');
            String of = dot < 0 ? schema : target.name().substring(0, dot);
            String table = target.name().substring(dot + 1);
            ReadOptions options =
                    options(address, as, "SELECT * FROM " + Session.quoted(of) + "." + Session.quoted(table));
            boolean there = PostgresSource.ask(
                    options,
                    connection -> PostgresTable.find(connection, of, table).isPresent());
            return there ? Optional.of(new PostgresSource(options)) : Optional.empty();
        });
    }

    private static ReadOptions options(Address address, StreamId stream, String query) {
        return new ReadOptions(
                address,
                stream,
                Optional.empty(),
                Optional.of(query),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                ReadOptions.Reading.CHUNKS,
                ReadOptions.Frontier.NONE,
                Optional.empty(),
                SourceSettings.DEFAULT_MAX_RECORD_BYTES);
    }
}
