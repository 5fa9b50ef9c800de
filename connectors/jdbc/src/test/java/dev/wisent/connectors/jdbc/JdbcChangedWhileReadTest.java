package dev.wisent.connectors.jdbc;

import dev.wisent.connectors.sql.read.ChangedWhileReadContract;
import dev.wisent.connectors.sql.read.ReadDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

class JdbcChangedWhileReadTest extends ChangedWhileReadContract {
    private final H2 database = H2.inMemory("changed" + UUID.randomUUID());

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
    protected List<String> statements(Drift drift) {
        return switch (drift) {
            case COLUMN_RENAMED -> List.of("ALTER TABLE t ALTER COLUMN note RENAME TO remark");
            case TYPE_WIDENED -> List.of("ALTER TABLE t ALTER COLUMN n BIGINT");
            case TYPE_TO_FRACTIONS -> List.of("ALTER TABLE t ALTER COLUMN n DECIMAL(9, 1)", "UPDATE t SET n = n + 0.5");
            case TYPE_TO_TEXT -> List.of("ALTER TABLE t ALTER COLUMN n VARCHAR(20)");
            default -> super.statements(drift);
        };
    }
}
