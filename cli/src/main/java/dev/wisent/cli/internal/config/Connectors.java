package dev.wisent.cli.internal.config;

import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.api.source.SourceFactory;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/// The sources and destinations there are.
public record Connectors(List<SourceFactory> sources, List<DestinationFactory> destinations) {
    /// Bizon's that later versions bring, so that a pipeline naming one is told more than "unknown".
    static final List<String> LATER_SOURCES =
            List.of("kafka", "hubspot", "notion", "gsheets", "gbif", "pokeapi", "cycle", "periscope", "sana_ai");

    static final List<String> LATER_DESTINATIONS = List.of("bigquery", "bigquery_streaming", "bigquery_streaming_v2");

    /// Those on the class path, by name.
    public static Connectors installed() {
        return new Connectors(
                ServiceLoader.load(SourceFactory.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .sorted(Comparator.comparing(SourceFactory::name))
                        .toList(),
                ServiceLoader.load(DestinationFactory.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .sorted(Comparator.comparing(DestinationFactory::name))
                        .toList());
    }

    public Optional<SourceFactory> source(String name) {
        return sources.stream().filter(f -> f.name().equals(name)).findFirst();
    }

    public Optional<DestinationFactory> destination(String name) {
        return destinations.stream().filter(f -> f.name().equals(name)).findFirst();
    }
}
