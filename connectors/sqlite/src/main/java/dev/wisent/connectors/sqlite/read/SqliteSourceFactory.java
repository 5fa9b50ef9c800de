package dev.wisent.connectors.sqlite.read;

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
import dev.wisent.connectors.sqlite.SqliteFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `name: sqlite`.
public final class SqliteSourceFactory implements SourceFactory {
    private static final Key<String> DATABASE =
            Key.text("database").about("the database's file").example("shop.db").required();
    private static final Key<Optional<String>> QUERY =
            Key.text("query").about("a SELECT to read instead of a table").optional();

    private static final Key<Optional<Long>> SPLITS = ReadOptions.splits("one for each 32 MB of the file, at most 64");

    @Override
    public String name() {
        return "sqlite";
    }

    @Override
    public String summary() {
        return "tables of a SQLite file";
    }

    @Override
    public List<StreamInfo> knownStreams() {
        return List.of();
    }

    @Override
    public ConfigShape keys() {
        return ConfigShape.of(DATABASE, QUERY, SPLITS, ReadOptions.CURSOR_LAG, Lateness.LAG_ROWS, TableContract.KEY);
    }

    @Override
    public Source create(ConfigSection config, SourceSettings settings) {
        SqliteFile file = new SqliteFile(Path.of(config.read(DATABASE)), SqliteFile.Access.READ_ONLY);
        ReadOptions options = new ReadOptions(
                settings.stream(),
                config.read(QUERY),
                settings.cursorField(),
                settings.primaryKey(),
                TableContract.read(config, settings),
                Lateness.read(config, ReadOptions.CURSOR_LAG),
                config.read(SPLITS));
        config.done();
        return new TableSource(new SqliteTables(file), options);
    }
}
