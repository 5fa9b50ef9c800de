package dev.wisent.connectors.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;

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

    @Test
    void who_asks_before_a_run_learns_that_open_transactions_are_not_known_unless_there_is_a_lag() {
        run("CREATE TABLE public.own (id INT PRIMARY KEY, seen_at TIMESTAMP)");
        Reads own = untold(reads("own")).by("seen_at");

        assertThat(own.open().unknownFrontier(own.id()))
                .hasValueSatisfying(why -> assertThat(why).contains("can't be known through JDBC", "'seen_at'"));
        assertThat(own.with("cursor_lag", "10m").open().unknownFrontier(own.id()))
                .isEmpty();
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
