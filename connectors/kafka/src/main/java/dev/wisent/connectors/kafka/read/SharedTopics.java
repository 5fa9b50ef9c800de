package dev.wisent.connectors.kafka.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.common.Uuid;

/// What planner and readers of one source tell each other. Any thread.
final class SharedTopics {
    private final Map<String, Uuid> ids = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> warnings = new ConcurrentLinkedQueue<>();
    private final Lags lags = new Lags();

    Lags lags() {
        return lags;
    }

    /// These are the topics now.
    void are(Iterable<Topic> topics) {
        topics.forEach(topic -> ids.put(topic.name(), topic.id()));
    }

    /// Whether `topic` is known to have another id now: it was deleted and made anew.
    boolean isOutdated(String topic, Uuid id) {
        Uuid now = ids.get(topic);
        return now != null && !now.equals(id);
    }

    void warn(String warning) {
        if (!warnings.contains(warning)) {
            warnings.add(warning);
        }
    }

    List<String> warnings() {
        return new ArrayList<>(warnings);
    }
}
