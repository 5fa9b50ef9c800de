package dev.wisent.connectors.kafka.load;

import dev.wisent.api.TargetId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// The rows of one cut, as messages: a session that lives in memory until its commit sends them. Written by one thread, then,
/// behind [#close], read by the committer.
final class Rows implements AutoCloseable {
    final String id;
    /// Under which claim they were written.
    final long claim;
    /// Whether they are for the topics people read.
    final boolean isLive;
    private final Map<TargetId, Part> parts = new LinkedHashMap<>();

    /// What goes to one target.
    static final class Part {
        final Messages messages;
        long rows;

        private Part(String topic) {
            this.messages = new Messages(topic);
        }
    }

    Rows(String id, long claim, boolean isLive) {
        this.id = id;
        this.claim = claim;
        this.isLive = isLive;
    }

    Part of(TargetId target, String topic) {
        return parts.computeIfAbsent(target, each -> new Part(topic));
    }

    Map<TargetId, Part> parts() {
        return parts;
    }

    long bytes() {
        long sum = 0;
        for (Part part : parts.values()) {
            sum += part.messages.bytes();
        }
        return sum;
    }

    void send(Consumer<ProducerRecord<byte[], byte[]>> to) {
        parts.values().forEach(part -> part.messages.forEach(to));
    }

    @Override
    public void close() {
        parts.values().forEach(part -> part.messages.close());
    }
}
