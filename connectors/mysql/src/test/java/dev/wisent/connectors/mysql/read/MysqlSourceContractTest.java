package dev.wisent.connectors.mysql.read;

import dev.wisent.api.SyncMode;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.connectors.mysql.MariaDbServer;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.SourceContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/// A table with a key of two columns, cut into ranges, and rows that come later.
class MysqlSourceContractTest extends SourceContract {
    private static final int ROWS = 6_000;
    private static final int MORE = 300;

    private final MariaDbServer.Database database = MariaDbServer.shared().database();

    MysqlSourceContractTest() {
        database.run("""
                CREATE TABLE orders (region varchar(9), id int, amount decimal(12,2), note text character set utf8mb4,
                                     updated_at timestamp(6) NOT NULL DEFAULT now(6), PRIMARY KEY (id, region))""");
        insert(1, ROWS);
        database.run("UPDATE orders SET updated_at = updated_at - INTERVAL 1 HOUR");
        database.run("ANALYZE TABLE orders");
    }

    private void insert(int from, int to) {
        database.run("""
                INSERT INTO orders (region, id, amount, note)
                SELECT concat('r', seq %% 7), seq, seq / 7.0,
                       CASE WHEN seq %% 5 > 0 THEN repeat(_utf8mb4 X'C3A9', seq %% 40) END
                FROM seq_%d_to_%d""".formatted(from, to));
    }

    /// A window ends before the second a run begins in.
    private void nextSecond() {
        String second = database.ask("SELECT UNIX_TIMESTAMP()");
        Awaitility.await().until(() -> !database.ask("SELECT UNIX_TIMESTAMP()").equals(second));
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
        return Configured.source(new MysqlSourceFactory(), settings, database.keys(keys));
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
                SELECT CAST(json_object('region', region, 'id', id, 'amount', amount, 'note', note, 'updated_at',
                       date_format(convert_tz(updated_at, @@time_zone, '+00:00'), '%%Y-%%m-%%dT%%H:%%i:%%s.%%fZ')) AS CHAR
                       CHARACTER SET utf8mb4)
                FROM orders WHERE id BETWEEN %d AND %d""".formatted(from, to));
    }

    @Override
    protected Optional<List<String>> grow() {
        insert(ROWS + 1, ROWS + MORE);
        nextSecond();
        return Optional.of(rows(ROWS + 1, ROWS + MORE));
    }

    @Override
    protected Optional<Unusable> unusable() {
        String user = MariaDbServer.shared().user("right");
        return Optional.of(
                new Unusable(orders(Map.of("username", user, "password", "wr@ng:/%")), List.of("wr@ng:/%", "right")));
    }
}
