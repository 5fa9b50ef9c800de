package dev.wisent.connectors.jdbc;

import dev.wisent.api.SyncMode;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.testkit.connector.SourceContract;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A table of more rows than a statement reads, read incrementally: many rows have the same cursor.
class JdbcSourceContractTest extends SourceContract {
    private static final int ROWS = 25_000;
    private static final int CURSORS = 1_000;

    private final H2 database = H2.inMemory("contract" + UUID.randomUUID());

    @BeforeEach
    void fill() throws SQLException {
        database.run(
                "CREATE TABLE orders (id INT PRIMARY KEY, name VARCHAR(50), changed BIGINT, price DOUBLE PRECISION)",
                "INSERT INTO orders SELECT x, 'order ' || x, MOD(x, 1000), CASE WHEN MOD(x, 7) = 0 THEN NULL ELSE x * 0.5 END"
                        + " FROM SYSTEM_RANGE(1, 25000)");
    }

    @AfterEach
    void forget() throws SQLException {
        database.run("SHUTDOWN");
    }

    @Override
    protected Source open() {
        return database.source("PUBLIC.ORDERS", Optional.of("CHANGED"), List.of(), config());
    }

    Map<String, ?> config() {
        return Map.of("cursor_lag", "0");
    }

    @Override
    protected SyncMode mode(StreamInfo stream) {
        return SyncMode.INCREMENTAL;
    }

    private static String row(int id, int changed) {
        return "{\"ID\":" + id + ",\"NAME\":\"order " + id + "\",\"CHANGED\":" + changed + ",\"PRICE\":"
                + (id % 7 == 0 ? "null" : Double.toString(id * 0.5)) + "}";
    }

    @Override
    protected List<String> expected() {
        List<String> rows = new ArrayList<>();
        for (int id = 1; id <= ROWS; id++) {
            rows.add(row(id, id % CURSORS));
        }
        return rows;
    }

    /// One of the highest cursor there is, and one above it.
    @Override
    protected Optional<List<String>> grow() throws SQLException {
        int tie = ROWS + 1;
        int above = ROWS + 2;
        for (int id : List.of(tie, above)) {
            int changed = id == tie ? CURSORS - 1 : CURSORS;
            database.run("INSERT INTO orders VALUES (" + id + ", 'order " + id + "', " + changed + ", "
                    + (id % 7 == 0 ? "NULL" : Double.toString(id * 0.5)) + ")");
        }
        return Optional.of(List.of(row(tie, CURSORS - 1), row(above, CURSORS)));
    }

    @Override
    protected Optional<Unusable> unusable() {
        String password = "p@ss/w:rd%25";
        Source source = H2.inMemory("gone")
                .source(
                        "orders",
                        Optional.empty(),
                        List.of(),
                        Map.of("url", "jdbc:h2:mem:gone;IFEXISTS=TRUE;PASSWORD=" + password, "password", password));
        return Optional.of(new Unusable(source, List.of(password)));
    }
}
