package dev.wisent.connectors.duckdb.read;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceFactory;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.connectors.duckdb.DuckDbFile;
import dev.wisent.connectors.duckdb.DuckDbMemory;
import dev.wisent.connectors.sql.cursor.Lateness;
import dev.wisent.connectors.sql.read.ReadOptions;
import dev.wisent.connectors.sql.read.TableContract;
import dev.wisent.connectors.sql.read.TableSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `name: duckdb`.
public final class DuckDbSourceFactory implements SourceFactory {
    private static final Key<String> DATABASE = Key.text("database")
            .about("the database's file")
            .example("warehouse.duckdb")
            .required();
    private static final Key<Optional<String>> QUERY =
            Key.text("query").about("a SELECT to read instead of a table").optional();
    private static final Key<DuckDbFile.Access> ACCESS = Key.choice("access", DuckDbFile.Access.class)
            .about(
                    "`read_only` lets other programs read at the same time; `read_write` is for a pipeline that writes into the"
                            + " same file")
            .standard(DuckDbFile.Access.READ_ONLY);

    private static final Key<Optional<Long>> MEMORY = DuckDbMemory.Use.READ.key();
    private static final Key<Optional<Long>> SPLITS = ReadOptions.splits("one for each 1,000,000 rows, at most 64");

    @Override
    public String name() {
        return "duckdb";
    }

    @Override
    public String summary() {
        return "tables of a DuckDB file";
    }

    @Override
    public List<StreamInfo> knownStreams() {
        return List.of();
    }

    @Override
    public ConfigShape keys() {
        return ConfigShape.of(
                DATABASE, QUERY, ACCESS, SPLITS, MEMORY, ReadOptions.CURSOR_LAG, Lateness.LAG_ROWS, TableContract.KEY);
    }

    @Override
    public Source create(ConfigSection config, SourceSettings settings) {
        DuckDbFile file = new DuckDbFile(Path.of(config.read(DATABASE)), config.read(ACCESS));
        ReadOptions options = new ReadOptions(
                settings.stream(),
                config.read(QUERY),
                settings.cursorField(),
                settings.primaryKey(),
                TableContract.read(config, settings),
                Lateness.read(config, ReadOptions.CURSOR_LAG),
                config.read(SPLITS));
        Reading reading = new Reading(config.read(MEMORY));
        config.done();
        return new TableSource(new DuckDbTables(file, reading), options);
    }
}
