package dev.wisent.connectors.kafka.load;

import dev.wisent.api.StreamId;
import dev.wisent.api.destination.WriteRequest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The rows that wait for their commits, by the ids that fragments carry. Any thread.
final class Sessions {
    private record Waiting(StreamId stream, Rows rows) {}

    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final AtomicLong counter = new AtomicLong();

    Rows begin(WriteRequest request) {
        String id = request.run() + "-" + request.claim() + "-" + request.worker() + "-" + counter.incrementAndGet();
        Rows rows = new Rows(id, request.claim());
        waiting.put(id, new Waiting(request.stream(), rows));
        return rows;
    }

    Optional<Rows> find(String id) {
        return Optional.ofNullable(waiting.get(id)).map(Waiting::rows);
    }

    void forget(String id) {
        waiting.remove(id);
    }

    /// Rows of earlier claims are of no use: their commits would be refused.
    void forgetBefore(StreamId stream, long claim) {
        waiting.values().removeIf(each -> each.stream().equals(stream) && each.rows().claim < claim);
    }
}
