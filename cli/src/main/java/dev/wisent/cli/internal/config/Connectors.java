package dev.wisent.cli.internal.config;

import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.format.FileFormats;
import dev.wisent.api.queue.QueueFactory;
import dev.wisent.api.source.JdbcDrivers;
import dev.wisent.api.source.SourceFactory;
import dev.wisent.api.state.StateStoreFactory;
import dev.wisent.api.storage.ObjectStores;
import dev.wisent.engine.plugin.Catalog;
import dev.wisent.engine.plugin.Families;
import dev.wisent.engine.plugin.Kind;
import dev.wisent.engine.plugin.Origin;
import dev.wisent.storage.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The sources and destinations there are, and the other parts.
public record Connectors(Catalog catalog) {
    /// Bizon's that later versions bring, so that a pipeline naming one is told more than "unknown".
    public static final List<String> LATER_SOURCES =
            List.of("hubspot", "notion", "gsheets", "gbif", "pokeapi", "cycle", "periscope", "sana_ai");

    public static final List<String> LATER_DESTINATIONS =
            List.of("bigquery", "bigquery_streaming", "bigquery_streaming_v2");

    /// Of families that come with Wisent but are not on the class path.
    static final List<String> FAMILY_DESTINATIONS = List.of("delta", "duckdb", "kafka", "mysql", "postgres", "sqlite");

    static final List<String> FAMILY_SOURCES = List.of("duckdb", "jdbc", "kafka", "mysql", "postgres", "sqlite");

    public static final List<String> LATER_STATE_STORES = List.of("bigquery");

    static final List<String> FAMILY_QUEUES = List.of("kafka", "rabbitmq");

    /// Where a user's jars are, in the working folder.
    private static final String PLUGINS = "plugins";

    /// Those of the class path, of `families`, and of the plug-ins in `plugins/` below `folder`.
    public static Connectors of(Families families, Path folder) {
        return new Connectors(Catalog.of(families).with(folder.resolve(PLUGINS)));
    }

    /// Those on the class path.
    public static Connectors installed() {
        return new Connectors(Catalog.of(Families.none()));
    }

    /// Exactly these.
    public static Connectors holding(List<SourceFactory> sources, List<DestinationFactory> destinations) {
        return new Connectors(Catalog.holding(Map.of(Kind.SOURCE, sources, Kind.DESTINATION, destinations)));
    }

    public Optional<SourceFactory> source(String name) {
        return catalog.find(Kind.SOURCE, name);
    }

    /// SQLite's are built in and not looked up.
    public Optional<StateStoreFactory> stateStore(String name) {
        return catalog.find(Kind.STATE_STORE, name);
    }

    /// `memory` is built in and not looked up.
    public Optional<QueueFactory> queue(String name) {
        return catalog.find(Kind.QUEUE, name);
    }

    /// Local disk, and the stores that families bring.
    ObjectStores stores() {
        return new Stores(name -> catalog.find(Kind.OBJECT_STORE, name), System.getenv());
    }

    /// Those that families bring.
    public FileFormats formats() {
        return name -> catalog.find(Kind.FILE_FORMAT, name)
                .orElseThrow(() -> WisentException.of(
                                ErrorCode.NOT_SUPPORTED, "files of format " + name + " can't be read here")
                        .hint("the family 'formats' is not installed: unpack the distribution again"));
    }

    /// Those that users put into plug-in folders.
    JdbcDrivers drivers() {
        return () -> catalog.offers(Kind.JDBC_DRIVER).stream()
                .filter(offer -> offer.origin() instanceof Origin.Plugin)
                .map(offer -> offer.factory().get())
                .toList();
    }

    public Optional<DestinationFactory> destination(String name) {
        return catalog.find(Kind.DESTINATION, name);
    }
}
