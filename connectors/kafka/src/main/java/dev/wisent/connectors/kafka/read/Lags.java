package dev.wisent.connectors.kafka.read;

import dev.wisent.api.SplitId;
import dev.wisent.api.source.Lag;
import dev.wisent.api.source.Split;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// How far each partition of one source is committed, and where it ends: the planner says what is there, readers say what is
/// new. Any thread.
final class Lags {
    private final Map<Part, Known> parts = new ConcurrentSkipListMap<>();
    private final Map<SplitId, Part> bySplit = new ConcurrentHashMap<>();

    /// A partition, in the order people read them.
    private record Part(String topic, int partition) implements Comparable<Part> {
        @Override
        public int compareTo(Part other) {
            int byTopic = topic.compareTo(other.topic);
            return byTopic != 0 ? byTopic : Integer.compare(partition, other.partition);
        }
    }

    private record Known(SplitId split, String label, long position, OptionalLong end) {}

    private static Part part(Window window) {
        return new Part(window.topic(), window.partition());
    }

    /// A window that is read, or read to its end.
    ///
    /// @param position up to which it is committed
    /// @param end where its partition ends now; empty: nobody asked
    void planned(Split split, long position, OptionalLong end) {
        Window window = Window.of(split);
        OptionalLong known = window.end().isPresent() ? window.end() : end;
        bySplit.put(split.id(), part(window));
        parts.put(part(window), new Known(split.id(), window.label(), Math.max(position, window.from()), known));
    }

    /// Forgets nothing: an older place than the one that is known changes nothing.
    void committed(SplitId split, long position) {
        Part part = bySplit.get(split);
        if (part != null) {
            parts.computeIfPresent(
                    part,
                    (same, known) -> known.split().equals(split) && position > known.position()
                            ? new Known(split, known.label(), position, known.end())
                            : known);
        }
    }

    /// A partition that is read without end ends there now.
    void ends(Window window, long end) {
        if (window.end().isPresent()) {
            return;
        }
        parts.computeIfPresent(
                part(window),
                (part, known) -> known.split().equals(window.id())
                        ? new Known(known.split(), known.label(), known.position(), OptionalLong.of(end))
                        : known);
    }

    /// Of those whose end is known.
    List<Lag> all() {
        return parts.values().stream()
                .filter(known -> known.end().isPresent())
                .map(known ->
                        new Lag(known.label(), known.position(), known.end().getAsLong()))
                .toList();
    }
}
