package dev.wisent.engine.internal.plugin;

import dev.wisent.api.error.WisentException;
import dev.wisent.engine.plugin.Kind;
import dev.wisent.engine.plugin.PluginFailure;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/// The factories of one family or plug-in, loaded by a loader of its own.
final class OpenJars {
    private final Map<Kind<?>, List<?>> factories;

    private OpenJars(Map<Kind<?>, List<?>> factories) {
        this.factories = factories;
    }

    /// Loads every factory the jars name. Jars that are refused are closed.
    ///
    /// @param who what messages call it
    /// @param shared what is ours to lend, to who brings none along
    /// @param kinds of factories
    static OpenJars open(
            String who, List<Path> jars, Optional<Path> natives, Set<SharedLibrary> shared, List<Kind<?>> kinds) {
        ClassJars classes = ClassJars.open(who, jars);
        PluginLoader loader = new PluginLoader(who, jars, classes, natives, lent(shared, classes.files()));
        try {
            classes.files().forEach(jar -> NativeLibrary.refuseCopies(who, jar));
            return new OpenJars(load(who, kinds, loader));
        } catch (WisentException refused) {
            ClassJars.closeAfter(refused, loader);
            throw refused;
        }
    }

    private static Set<SharedLibrary> lent(Set<SharedLibrary> shared, List<JarFile> jars) {
        return shared.stream()
                .filter(library -> jars.stream().noneMatch(library::isIn))
                .collect(Collectors.toSet());
    }

    private static Map<Kind<?>, List<?>> load(String who, List<Kind<?>> kinds, PluginLoader loader) {
        Map<Kind<?>, List<?>> factories = new LinkedHashMap<>();
        try {
            kinds.forEach(kind -> factories.put(kind, load(kind, loader)));
        } catch (ServiceConfigurationError | LinkageError | RuntimeException broken) {
            throw PluginFailure.unusable(who, broken);
        }
        return factories;
    }

    /// Asks each for its name and summary too, so that those can't fail later.
    private static <F> List<F> load(Kind<F> kind, PluginLoader loader) {
        List<F> loaded = ServiceLoader.load(kind.type(), loader).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        for (F factory : loaded) {
            Objects.requireNonNull(kind.summary().apply(factory), "summary()");
            if (kind.name().apply(factory).isBlank()) {
                throw new ServiceConfigurationError(factory.getClass().getName() + " has no name");
            }
        }
        return loaded;
    }

    <F> List<F> factories(Kind<F> kind) throws WisentException {
        return factories.getOrDefault(kind, List.of()).stream()
                .map(kind.type()::cast)
                .toList();
    }
}
