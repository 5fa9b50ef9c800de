package dev.wisent.connectors.postgres.read;

import dev.wisent.api.SyncMode;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.SourceContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A table with a key of two columns, cut into ranges, and rows that come later.
class PostgresSourceContractTest extends SourceContract {
    private static final int ROWS = 12_000;
    private static final int MORE = 300;

    private final PostgresServer.Database database = PostgresServer.shared().database();

    PostgresSourceContractTest() {
        database.run("""
                CREATE TABLE orders (region text, id int, amount numeric(12,2), tags text[], note text,
                                     updated_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (region, id));
                CREATE INDEX ON orders (updated_at)""");
        insert(1, ROWS);
        database.run("ANALYZE orders");
    }

    private void insert(int from, int to) {
        database.run("""
                INSERT INTO orders SELECT 'r' || i %% 7, i, i / 7.0, ARRAY['a', NULL, i::text],
                       CASE WHEN i %% 5 > 0 THEN repeat('é', i %% 40) END
                FROM generate_series(%d, %d) i""".formatted(from, to));
    }

    @Override
    protected Source open() {
        return orders(Map.of("splits", 5));
    }

    private Source orders(Map<String, ?> keys) {
        SourceSettings plain = Configured.settings("orders", Optional.of(SyncMode.FULL_REFRESH));
        SourceSettings settings = new SourceSettings(
                plain.pipelineId(),
                plain.stream(),
                plain.syncMode(),
                Optional.of("updated_at"),
                List.of(),
                plain.maxRecordBytes(),
                plain.stores());
        return Configured.source(new PostgresSourceFactory(), settings, database.keys(keys));
    }

    @Override
    protected SyncMode mode(StreamInfo stream) {
        return SyncMode.FULL_REFRESH;
    }

    @Override
    protected List<String> expected() {
        return rows(1, ROWS);
    }

    /// As the server itself makes JSON of them.
    private List<String> rows(int from, int to) {
        return database.list("""
                SELECT json_build_object('region', region, 'id', id, 'amount', amount, 'tags', tags, 'note', note,
                       'updated_at', to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || 'Z')
                FROM orders WHERE id BETWEEN %d AND %d""".formatted(from, to));
    }

    @Override
    protected Optional<List<String>> grow() {
        insert(ROWS + 1, ROWS + MORE);
        return Optional.of(rows(ROWS + 1, ROWS + MORE));
    }

    @Override
    protected Optional<Unusable> unusable() {
        String user = PostgresServer.name();
        PostgresServer.shared().role(user, "right");
        return Optional.of(
                new Unusable(orders(Map.of("username", user, "password", "wr@ng:/%")), List.of("wr@ng:/%", "right")));
    }
}
