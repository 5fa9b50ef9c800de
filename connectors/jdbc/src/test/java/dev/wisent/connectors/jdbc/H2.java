package dev.wisent.connectors.jdbc;

import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.source.JdbcDrivers;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.testkit.connector.Configured;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.h2.Driver;

/// A database of H2: one that Wisent knows nothing of but its driver.
record H2(String url) {
    static final JdbcDrivers DRIVERS = () -> List.of(new Driver());

    static H2 inMemory(String name) {
        return new H2("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
    }

    static H2 file(Path file) {
        return new H2("jdbc:h2:file:" + file.toAbsolutePath());
    }

    /// The driver's jar.
    static Path jar() throws URISyntaxException {
        return Path.of(
                Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    void run(String... statements) throws SQLException {
        try (Connection connection = new Driver().connect(url, new Properties());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    Source source(String stream, Optional<String> cursor, List<String> key, Map<String, ?> more) {
        SourceSettings plain = Configured.settings(stream, Optional.<SyncMode>empty());
        SourceSettings settings = new SourceSettings(
                        plain.pipelineId(),
                        new StreamId(stream),
                        plain.syncMode(),
                        cursor,
                        key,
                        plain.maxRecordBytes(),
                        plain.stores())
                .with(DRIVERS);
        Map<String, Object> keys = new HashMap<>(more);
        keys.putIfAbsent("url", url);
        return Configured.source(new JdbcSourceFactory(), settings, keys);
    }
}
