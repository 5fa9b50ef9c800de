package dev.wisent.cli.internal.config;

import dev.wisent.api.config.ConfigNode;
import dev.wisent.api.config.ConfigNode.Entry;
import dev.wisent.api.config.ConfigNode.Kind;
import dev.wisent.api.config.ConfigNode.Origin;
import dev.wisent.api.config.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// A mapping while it is put into other words. Values keep the places where they were written.
final class Branch {
    private final SequencedMap<String, Entry> entries;
    private final Place place;

    private Branch(SequencedMap<String, Entry> entries, Place place) {
        this.entries = entries;
        this.place = place;
    }

    static Branch of(ConfigNode.Mapping mapping) {
        return new Branch(new LinkedHashMap<>(mapping.entries()), mapping.place());
    }

    static Branch empty(Place place) {
        return new Branch(new LinkedHashMap<>(), place);
    }

    /// Takes the mapping under `key` away; an empty one when there is none.
    Branch branch(String key) {
        if (find(key).orElse(null) instanceof ConfigNode.Mapping mapping) {
            entries.remove(key);
            return of(mapping);
        }
        return empty(place);
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    List<String> keys() {
        return List.copyOf(entries.keySet());
    }

    Place place(String key) {
        Entry entry = entries.get(key);
        return entry == null ? place : entry.keyPlace();
    }

    Optional<ConfigNode> find(String key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    Optional<Entry> take(String key) {
        return Optional.ofNullable(entries.remove(key));
    }

    /// A text, as it is written; empty for anything else.
    Optional<String> text(String key) {
        return find(key).filter(ConfigNode.Scalar.class::isInstance).map(node -> ((ConfigNode.Scalar) node).text());
    }

    void put(String key, Entry entry) {
        entries.put(key, entry);
    }

    /// Unless there is one.
    void standard(String key, String text) {
        entries.putIfAbsent(key, new Entry(place, scalar(text, place)));
    }

    void put(String key, String text) {
        Place at = place(key);
        entries.put(key, new Entry(at, scalar(text, at)));
    }

    void put(String key, Branch branch) {
        entries.put(key, new Entry(branch.place, branch.mapping()));
    }

    void put(String key, List<String> texts) {
        Place at = place(key);
        List<ConfigNode> items =
                texts.stream().map(text -> (ConfigNode) scalar(text, at)).toList();
        entries.put(key, new Entry(at, new ConfigNode.Sequence(items, at)));
    }

    void putAll(Branch other) {
        entries.putAll(other.entries);
    }

    /// Gives the value of `key` another name; false: there is none, or the other name is taken.
    boolean rename(String key, String to) {
        if (!has(key) || has(to)) {
            return false;
        }
        take(key).ifPresent(entry -> entries.put(to, entry));
        return true;
    }

    ConfigNode.Mapping mapping() {
        return new ConfigNode.Mapping(entries, place);
    }

    private static ConfigNode.Scalar scalar(String text, Place place) {
        Kind kind = CoreScalars.kind(text);
        return new ConfigNode.Scalar(text, kind, Origin.FILE, place);
    }
}
