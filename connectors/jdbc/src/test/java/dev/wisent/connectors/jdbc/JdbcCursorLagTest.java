package dev.wisent.connectors.jdbc;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceFactory;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.connectors.sql.Reads;
import dev.wisent.connectors.sql.cursor.TableLagContract;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

class JdbcCursorLagTest extends TableLagContract {
    private final H2 database = H2.inMemory("lag" + UUID.randomUUID() + ";DATABASE_TO_LOWER=TRUE");

    @AfterEach
    void forget() throws SQLException {
        database.run("SHUTDOWN");
    }

    @Override
    protected void run(String statement) {
        try {
            database.run(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected Reads reads(String stream) {
        return Reads.of(new WithDriver(), "public." + stream, Map.of("url", database.url()));
    }

    /// Without a lag it is refused.
    @Override
    protected Reads untold(Reads reads) {
        return reads.with("cursor_lag", "0");
    }

    @Override
    protected String timeType() {
        return "timestamp(6)";
    }

    /// H2's is in no folder `plugins/`.
    private static final class WithDriver implements SourceFactory {
        private final SourceFactory jdbc = new JdbcSourceFactory();

        @Override
        public String name() {
            return jdbc.name();
        }

        @Override
        public String summary() {
            return jdbc.summary();
        }

        @Override
        public List<StreamInfo> knownStreams() {
            return jdbc.knownStreams();
        }

        @Override
        public ConfigShape keys() {
            return jdbc.keys();
        }

        @Override
        public Source create(ConfigSection config, SourceSettings settings) {
            return jdbc.create(config, settings.with(H2.DRIVERS));
        }
    }
}
