package dev.wisent.connectors.kafka.load;

import dev.wisent.api.TargetId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/// The rows of one cut, as messages: a session that lives in memory until its commit sends them. Written by one thread, then
/// read by the committer.
final class Rows {
    final String id;
    /// Under which claim they were written.
    final long claim;
    /// Whether they are for the topics people read.
    final boolean isLive;
    private final List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
    /// Rows and bytes, by target.
    private final Map<TargetId, long[]> counts = new LinkedHashMap<>();
    private long bytes;

    Rows(String id, long claim, boolean isLive) {
        this.id = id;
        this.claim = claim;
        this.isLive = isLive;
    }

    void add(TargetId target, ProducerRecord<byte[], byte[]> message) {
        messages.add(message);
        long size = (message.key() == null ? 0 : message.key().length)
                + (message.value() == null ? 0 : message.value().length);
        long[] count = counts.computeIfAbsent(target, t -> new long[2]);
        count[0]++;
        count[1] += size;
        bytes += size;
    }

    List<ProducerRecord<byte[], byte[]>> messages() {
        return messages;
    }

    Map<TargetId, long[]> counts() {
        return counts;
    }

    long bytes() {
        return bytes;
    }
}
