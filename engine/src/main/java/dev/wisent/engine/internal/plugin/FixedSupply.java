package dev.wisent.engine.internal.plugin;

import dev.wisent.engine.plugin.Kind;
import dev.wisent.engine.plugin.Offer;
import dev.wisent.engine.plugin.Origin;
import java.util.List;
import java.util.Map;

/// Factories that were handed over.
public record FixedSupply(Map<Kind<?>, List<?>> factories) implements Supply {
    @Override
    public <F> List<Offer<F>> offers(Kind<F> kind) {
        return offers(
                kind,
                factories.getOrDefault(kind, List.of()).stream()
                        .map(kind.type()::cast)
                        .toList(),
                new Origin.Core());
    }

    static <F> List<Offer<F>> offers(Kind<F> kind, List<F> factories, Origin origin) {
        return factories.stream()
                .map(f -> new Offer<>(kind.name().apply(f), kind.summary().apply(f), origin, () -> f))
                .toList();
    }
}
