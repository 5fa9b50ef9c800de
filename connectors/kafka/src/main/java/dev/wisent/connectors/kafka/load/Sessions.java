package dev.wisent.connectors.kafka.load;

import dev.wisent.api.LaneId;
import dev.wisent.api.StreamId;
import dev.wisent.api.commit.Head;
import dev.wisent.api.destination.WriteRequest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The rows that wait for their commits, by the ids that fragments carry. Any thread.
final class Sessions {
    private record Waiting(StreamId stream, LaneId lane, Rows rows) {}

    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final AtomicLong counter = new AtomicLong();

    /// @param isLive whether they are for the topics people read
    Rows begin(WriteRequest request, boolean isLive) {
        String id = request.run() + "-" + request.lane() + "-" + request.claim() + "-" + request.worker() + "-"
                + counter.incrementAndGet();
        Rows rows = new Rows(id, request.claim(), isLive);
        waiting.put(id, new Waiting(request.stream(), request.lane(), rows));
        return rows;
    }

    Optional<Rows> find(String id) {
        return Optional.ofNullable(waiting.get(id)).map(Waiting::rows);
    }

    void forget(String id) {
        waiting.remove(id);
    }

    /// Rows of earlier claims on the lane are of no use: their commits would be refused.
    void forgetBefore(Head claim) {
        waiting.values()
                .removeIf(each -> each.stream().equals(claim.stream())
                        && each.lane().equals(claim.lane())
                        && each.rows().claim < claim.n());
    }
}
