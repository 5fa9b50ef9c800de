package dev.wisent.connectors.jdbc;

import dev.wisent.api.SyncMode;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceFactory;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.connectors.sql.cursor.Lateness;
import dev.wisent.connectors.sql.read.ReadOptions;
import dev.wisent.connectors.sql.read.TableContract;
import dev.wisent.connectors.sql.read.TableSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `name: jdbc`.
public final class JdbcSourceFactory implements SourceFactory {
    private static final Key<String> URL = Key.text("url")
            .about("the database, as its driver wants it; best without a password")
            .example("jdbc:mariadb://db1:3306/shop")
            .secret()
            .required();
    private static final Key<Optional<String>> DRIVER = Key.text("driver")
            .about("the driver's class, where several drivers of `plugins/` take the url")
            .example("org.mariadb.jdbc.Driver")
            .optional();
    private static final Key<Optional<String>> USERNAME =
            Key.text("username").about("who connects").optional();
    private static final Key<Optional<String>> PASSWORD = Key.text("password")
            .about("best as a reference: `env://DB_PASSWORD`. Any character may stand in it")
            .secret()
            .optional();
    private static final Key<Map<String, String>> PROPERTIES = Key.textMap("properties")
            .about("more of what the driver understands, by its own names; they are treated as secrets")
            .secret()
            .standard(Map.of());
    private static final Key<Optional<String>> QUERY = Key.text("query")
            .about("a SELECT to read in place of the table that `stream` names; `stream` is then only a name")
            .optional();

    private static final Key<Optional<Long>> SPLITS = ReadOptions.splits("1");

    @Override
    public String name() {
        return "jdbc";
    }

    @Override
    public String summary() {
        return "tables, views and queries of any database whose JDBC driver is in plugins/";
    }

    @Override
    public List<StreamInfo> knownStreams() {
        return List.of();
    }

    @Override
    public ConfigShape keys() {
        return ConfigShape.of(
                URL,
                DRIVER,
                USERNAME,
                PASSWORD,
                PROPERTIES,
                QUERY,
                SPLITS,
                ReadOptions.CURSOR_LAG,
                Lateness.LAG_ROWS,
                TableContract.KEY);
    }

    @Override
    public Source create(ConfigSection config, SourceSettings settings) {
        JdbcAddress address = new JdbcAddress(
                config.read(URL),
                config.read(DRIVER),
                config.read(USERNAME),
                config.read(PASSWORD),
                config.read(PROPERTIES));
        Lateness late = Lateness.read(config, ReadOptions.CURSOR_LAG);
        if (settings.syncMode().equals(Optional.of(SyncMode.INCREMENTAL))
                && !config.has(ReadOptions.CURSOR_LAG.name())) {
            config.problem(
                    "cursor_lag",
                    "an incremental read needs 'cursor_lag': which transactions are still open can't be known of a database"
                            + " that is only reached through JDBC",
                    "a time longer than any transaction that writes the table (cursor_lag: 10m), or 0 where rows are never"
                            + " committed late");
        }
        ReadOptions options = new ReadOptions(
                settings.stream(),
                config.read(QUERY),
                settings.cursorField(),
                settings.primaryKey(),
                TableContract.read(config, settings),
                late,
                config.read(SPLITS));
        config.done();
        return new TableSource(new JdbcDatabase(address, settings.drivers()), options);
    }
}
