package dev.wisent.engine.internal.plugin;

import dev.wisent.engine.plugin.Kind;
import dev.wisent.engine.plugin.Offer;
import dev.wisent.engine.plugin.Origin;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;

/// What is on Wisent's own class path.
public final class ClassPathSupply implements Supply {
    private final Map<Kind<?>, List<?>> found = new ConcurrentHashMap<>();

    @Override
    public <F> List<Offer<F>> offers(Kind<F> kind) {
        List<?> factories = found.computeIfAbsent(
                kind,
                k -> ServiceLoader.load(k.type(), ClassPathSupply.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList());
        return FixedSupply.offers(
                kind, factories.stream().map(kind.type()::cast).toList(), new Origin.Core());
    }
}
