package dev.wisent.cli.internal.config;

import dev.wisent.api.TargetId;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.columnar.Schema;
import dev.wisent.engine.plugin.Kind;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads `destination:` but for the keys of its own factory.
final class DestinationReader {
    private static final long BUFFER_BYTES = 50L << 20;
    private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(600);
    /// `buffer_flush_timeout: 0` switches it off, as in Bizon: longer than any run.
    private static final Duration NEVER = Duration.ofDays(36_500);

    private static final int THREADS = 10;
    private static final int MOST_THREADS = 1024;
    private static final double DEFAULT_COMMIT_SECONDS = 60;

    private final ConfigSection destination;
    private final Warnings warnings;
    private final Connectors connectors;

    DestinationReader(ConfigSection destination, Warnings warnings, Connectors connectors) {
        this.destination = destination;
        this.warnings = warnings;
        this.connectors = connectors;
    }

    /// What was read before the factory is asked for the rest of `config`.
    record Common(
            String connector,
            String alias,
            Optional<DestinationFactory> factory,
            DestinationSettings settings,
            ConfigSection config) {}

    /// @param standardTarget `<source>_<stream>`
    Common read(String pipelineId, String standardTarget, ConfigSection absentConfig, OutputStream console) {
        String connector = Names.required(destination, "name");
        Optional<DestinationFactory> factory = destination.has("name") ? factory(connector) : Optional.empty();
        String alias = destination.text("alias", connector);
        ConfigSection config = destination.section("config").orElse(absentConfig);
        if (config.has("destination_id")) {
            Names.required(config, "destination_id");
        }
        TargetId target = new TargetId(config.optionalText("destination_id")
                .filter(id -> !id.isBlank())
                .orElse(standardTarget));
        Map<TargetId, Schema> schemas = new RecordSchemas(warnings).read(config);
        boolean unnest = config.truth("unnest", false);
        if (unnest && schemas.isEmpty()) {
            config.problem("unnest", "needs record_schemas: the columns to write", "");
        }
        if (!unnest && !schemas.isEmpty()) {
            warnings.add(config, "record_schemas", "is used only with unnest: true");
        }
        Map<TargetId, Schema> used = unnest ? Map.copyOf(schemas) : Map.of();
        Duration timeout = config.seconds("buffer_flush_timeout", FLUSH_TIMEOUT);
        Duration standardCommit =
                seconds(factory.map(DestinationFactory::commitIntervalSeconds).orElse(DEFAULT_COMMIT_SECONDS));
        DestinationSettings settings = new DestinationSettings(
                pipelineId,
                target,
                used,
                Optional.ofNullable(used.get(target))
                        .or(() -> used.size() == 1 ? used.values().stream().findFirst() : Optional.empty()),
                // 0 writes through, as in Bizon: every batch is larger than one byte
                Math.max(1, config.megabytes("buffer_size", BUFFER_BYTES)),
                timeout.isZero() ? NEVER : timeout,
                config.seconds("commit_interval", standardCommit),
                (int) config.integer("max_concurrent_threads", THREADS, 1, MOST_THREADS),
                console);
        if (!config.has("authentication")) {
            config.ignore("authentication");
        }
        destination.done();
        return new Common(connector, alias, factory, settings, config);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private Optional<DestinationFactory> factory(String name) {
        Optional<DestinationFactory> factory = connectors.destination(name);
        List<String> names = connectors.catalog().names(Kind.DESTINATION);
        if (factory.isEmpty() && Connectors.LATER_DESTINATIONS.contains(name)) {
            destination.problem(
                    "name",
                    "destination '" + name + "' is not available in this version yet",
                    "wisent destination list");
        } else if (factory.isEmpty()) {
            String hint = Names.guess(destination, "name", name, names, "there are: " + String.join(", ", names));
            destination.problem("name", "there is no destination" + destination.quoted("name"), hint);
        }
        return factory;
    }
}
