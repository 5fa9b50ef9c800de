package dev.wisent.connectors.kafka.read;

import dev.wisent.api.SplitId;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.commit.SplitView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;

/// The windows that were read, by partition, as the progress has them. The next window of a partition begins where its last
/// one ended; one that has not ended goes on.
final class Windows {
    private record Partition(Uuid topicId, int partition) {}

    private record Known(SplitId id, SplitView view) {}

    private final Map<Partition, TreeMap<Long, Known>> windows = new HashMap<>();

    static Windows of(GenerationView progress) {
        Windows all = new Windows();
        progress.splits()
                .forEach((id, view) -> Window.Name.of(id)
                        .ifPresent(name -> all.windows
                                .computeIfAbsent(new Partition(name.topicId(), name.partition()), p -> new TreeMap<>())
                                .put(name.from(), new Known(id, view))));
        return all;
    }

    boolean isEmpty() {
        return windows.isEmpty();
    }

    boolean knows(Topic topic, int partition) {
        return windows.containsKey(new Partition(topic.id(), partition));
    }

    /// The window to read of a partition now.
    ///
    /// @param first where a partition is begun that was never read
    /// @param end the offset behind the last message to read; empty: it does not end
    /// @return empty: there is nothing new
    Optional<Window> next(Topic topic, int partition, long first, OptionalLong end) {
        TreeMap<Long, Known> known = windows.get(new Partition(topic.id(), partition));
        long from = first;
        if (known != null) {
            Known last = known.lastEntry().getValue();
            long at = last.view().position().ordinal();
            if (!last.view().finished()) {
                OptionalLong until = end.isPresent() ? OptionalLong.of(Math.max(end.getAsLong(), at)) : end;
                return Optional.of(new Window(topic.id(), topic.name(), partition, known.lastKey(), until));
            }
            from = at;
        }
        if (end.isPresent() && end.getAsLong() <= from) {
            return Optional.empty();
        }
        return Optional.of(new Window(topic.id(), topic.name(), partition, from, end));
    }

    /// Windows nobody asks for any more: those before the last one of their partition.
    List<SplitId> outdated() {
        List<SplitId> outdated = new ArrayList<>();
        windows.values()
                .forEach(known -> known.headMap(known.lastKey()).values().stream()
                        .filter(each -> each.view().finished())
                        .forEach(each -> outdated.add(each.id())));
        return outdated;
    }

    /// How many partitions of topics there are that are none of `topics`.
    long strangers(Set<Uuid> topics) {
        return windows.keySet().stream()
                .filter(each -> !topics.contains(each.topicId()))
                .count();
    }
}
