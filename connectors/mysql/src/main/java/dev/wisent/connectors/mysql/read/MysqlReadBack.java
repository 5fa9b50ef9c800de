package dev.wisent.connectors.mysql.read;

import dev.wisent.api.StreamId;
import dev.wisent.api.TargetId;
import dev.wisent.api.destination.ReadBack;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.connectors.mysql.Address;
import dev.wisent.connectors.sql.cursor.Lateness;
import dev.wisent.connectors.sql.read.SourceReadBack;
import dev.wisent.connectors.sql.read.TableContract;
import dev.wisent.connectors.sql.staged.TableName;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Tables of a server, read back as the source reads a query.
public final class MysqlReadBack {
    private MysqlReadBack() {}

    /// @param names of the tables of targets
    public static ReadBack of(Address address, Function<TargetId, TableName> names) {
        return new SourceReadBack((target, as) -> {
            TableName table = names.apply(target);
            ReadOptions options =
                    options(address, as, "SELECT * FROM " + quoted(table.schema()) + "." + quoted(table.table()));
            MysqlSource source = new MysqlSource(options);
            boolean there = source.ask(in -> !new Catalog(in, options)
                    .columns(new dev.wisent.connectors.mysql.read.TableName(table.schema(), table.table()))
                    .isEmpty());
            return there ? Optional.of(source) : Optional.empty();
        });
    }

    /// As every session of MySQL understands it.
    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private static ReadOptions options(Address address, StreamId stream, String query) {
        return new ReadOptions(
                address,
                stream,
                Optional.empty(),
                Optional.of(query),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                ReadOptions.ZeroDates.REJECT,
                Lateness.NONE,
                Optional.empty(),
                TableContract.EVOLVE,
                SourceSettings.DEFAULT_MAX_RECORD_BYTES);
    }
}
