package dev.wisent.engine.internal.run;

import dev.wisent.api.Position;
import dev.wisent.api.source.Split;
import java.util.ArrayDeque;
import java.util.Optional;

/// Splits that wait for a worker, and whether more will come. Any thread.
final class SplitQueue {
    record Waiting(Split split, Position after) {}

    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private long added;
    private boolean complete;

    synchronized void add(Waiting split) {
        waiting.add(split);
        added++;
    }

    /// How many were ever added.
    synchronized long added() {
        return added;
    }

    synchronized Optional<Waiting> take() {
        return Optional.ofNullable(waiting.poll());
    }

    synchronized int size() {
        return waiting.size();
    }

    /// No more splits will be added; those that wait are still handed out.
    synchronized void complete() {
        complete = true;
    }

    /// No more splits are handed out.
    synchronized void close() {
        waiting.clear();
        complete = true;
    }

    /// Whether a worker without open splits has nothing to wait for.
    synchronized boolean isExhausted() {
        return complete && waiting.isEmpty();
    }
}
