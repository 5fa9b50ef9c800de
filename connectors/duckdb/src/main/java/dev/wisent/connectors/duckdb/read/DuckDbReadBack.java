package dev.wisent.connectors.duckdb.read;

import dev.wisent.api.StreamId;
import dev.wisent.api.TargetId;
import dev.wisent.api.destination.ReadBack;
import dev.wisent.connectors.duckdb.DuckDbFile;
import dev.wisent.connectors.sql.read.ReadOptions;
import dev.wisent.connectors.sql.read.SourceReadBack;
import dev.wisent.connectors.sql.read.TableSource;
import dev.wisent.connectors.sql.staged.TableName;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Tables of a DuckDB file, read back: as the file was opened to write, for a process opens a file in one way. A file that is
/// not there has none.
public final class DuckDbReadBack {
    private DuckDbReadBack() {}

    /// @param names of the tables of targets
    public static ReadBack of(DuckDbFile file, Function<TargetId, TableName> names) {
        return new SourceReadBack((target, as) -> {
            if (!Files.exists(file.path())) {
                return Optional.empty();
            }
            DuckDbTables tables = new DuckDbTables(file);
            StreamId table = new StreamId(names.apply(target).toString());
            ReadOptions options = new ReadOptions(
                    as, Optional.of("SELECT * FROM " + names.apply(target).sql()), Optional.empty(), List.of());
            return tables.has(table) ? Optional.of(new TableSource(tables, options)) : Optional.empty();
        });
    }
}
