package dev.wisent.api.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// The keys of a section, in the order to show them. Immutable.
public final class ConfigShape {
    public static final ConfigShape EMPTY = of();

    private final SequencedMap<String, Key<?>> byName = new LinkedHashMap<>();
    private final Map<String, Key<?>> byAlias = new LinkedHashMap<>();

    private ConfigShape(List<Key<?>> keys) {
        for (Key<?> key : keys) {
            if (byName.putIfAbsent(key.name(), key) != null) {
                throw new IllegalArgumentException("two keys are named '" + key.name() + "'");
            }
            key.aliases().forEach(alias -> byAlias.put(alias, key));
        }
    }

    public static ConfigShape of(Key<?>... keys) {
        return new ConfigShape(List.of(keys));
    }

    /// These keys and those of another shape.
    public ConfigShape and(ConfigShape more) {
        List<Key<?>> all = new ArrayList<>(byName.values());
        all.addAll(more.byName.values());
        return new ConfigShape(all);
    }

    public ConfigShape and(Key<?>... more) {
        return and(of(more));
    }

    /// In order.
    public List<Key<?>> keys() {
        return List.copyOf(byName.values());
    }

    /// The key of that name or alias.
    public Optional<Key<?>> key(String name) {
        return Optional.<Key<?>>ofNullable(byName.get(name)).or(() -> Optional.ofNullable(byAlias.get(name)));
    }

    boolean declares(Key<?> key) {
        return byName.get(key.name()) == key;
    }

    /// Everything that may be written, aliases too.
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>(byName.sequencedKeySet());
        names.addAll(byAlias.keySet());
        return names;
    }
}
