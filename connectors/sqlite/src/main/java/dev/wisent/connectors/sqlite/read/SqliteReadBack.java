package dev.wisent.connectors.sqlite.read;

import dev.wisent.api.TargetId;
import dev.wisent.api.destination.ReadBack;
import dev.wisent.connectors.sql.read.ReadOptions;
import dev.wisent.connectors.sql.read.SourceReadBack;
import dev.wisent.connectors.sql.read.TableSource;
import dev.wisent.connectors.sql.staged.TableName;
import dev.wisent.connectors.sqlite.SqliteFile;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Tables of a SQLite file, read back. A file that is not there has none.
public final class SqliteReadBack {
    private SqliteReadBack() {}

    /// @param names of the tables of targets
    public static ReadBack of(SqliteFile written, Function<TargetId, TableName> names) {
        SqliteFile file = new SqliteFile(written.path(), SqliteFile.Access.READ_ONLY);
        return new SourceReadBack((target, as) -> {
            ReadOptions options = new ReadOptions(as, Optional.empty(), Optional.empty(), List.of());
            return Files.exists(file.path()) && new SqliteTables(file).has(names.apply(target))
                    ? Optional.of(new TableSource(new SqliteTables(file), options))
                    : Optional.empty();
        });
    }
}
