package dev.wisent.connectors.jdbc;

import dev.wisent.connectors.sql.read.RangesContract;
import dev.wisent.connectors.sql.read.ReadDatabase;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

class JdbcRangesTest extends RangesContract {
    private final H2 database = H2.inMemory("ranges" + UUID.randomUUID());

    @AfterEach
    void forget() throws SQLException {
        database.run("SHUTDOWN");
    }

    @Override
    protected ReadDatabase database() {
        return new JdbcDatabase(
                new JdbcAddress(database.url(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of()),
                H2.DRIVERS);
    }

    @Override
    protected void run(String... statements) throws SQLException {
        database.run(statements);
    }

    @Override
    protected String stream() {
        return "PUBLIC.T";
    }

    @Override
    protected String column(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    @Override
    protected boolean isEven() {
        return false;
    }
}
