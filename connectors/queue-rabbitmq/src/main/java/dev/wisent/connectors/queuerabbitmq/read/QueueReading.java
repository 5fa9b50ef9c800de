package dev.wisent.connectors.queuerabbitmq.read;

import com.rabbitmq.client.ShutdownSignalException;
import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.Stand;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Payload;
import dev.wisent.api.source.Split;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Reads a window of one queue. A message stays the broker's until the commit that holds it: then it is acknowledged (R2), and
/// whoever dies before gets it again. Which of those that come again were committed, their ids tell, of which the position
/// holds the last ones; which are on their way to a commit, is kept here.
///
/// The broker delivers at most `prefetch` messages that are not acknowledged, and acknowledgements reach it in order, so those
/// it may deliver again after their commit are among the last `prefetch` that were committed. One thread.
final class QueueReading {
    /// Small enough that several are on their way at once, large enough for full batches.
    private static final long CHUNK_BYTES = 1 << 20;
    /// Streams of RabbitMQ mark their messages.
    private static final String OF_STREAM = "x-stream-offset";

    /// A message that was handed on and is not committed.
    private static final class Pending {
        private final long ordinal;
        private final Optional<String> id;
        private Subscription by;
        private Arrival arrival;

        Pending(long ordinal, Optional<String> id, Subscription by, Arrival arrival) {
            this.ordinal = ordinal;
            this.id = id;
            this.by = by;
            this.arrival = arrival;
        }
    }

    private final SplitId split;
    private final ReadOptions options;
    private final Notes notes;
    private final Supplier<Subscription> subscribing;
    private final String queue;
    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private final Map<String, Pending> onTheirWay = new HashMap<>();
    private Optional<Subscription> subscription = Optional.empty();
    private QueueWindow.Until until = QueueWindow.Until.STOPPED;
    private SeenIds seen;
    private long ordinal;
    /// Up to where commits were asked for.
    private long due;
    private State state = State.READ;

    private enum State {
        READ,
        PAUSED,
        /// Removed, or at its end.
        LEFT
    }

    /// @param subscribing makes what it reads by, on a connection that works
    QueueReading(Split split, ReadOptions options, Notes notes, Supplier<Subscription> subscribing) {
        this.split = split.id();
        this.queue = QueueWindow.of(split).queue();
        this.options = options;
        this.notes = notes;
        this.subscribing = subscribing;
        this.seen = SeenIds.of("", options.window());
    }

    /// Reads after `after`: what was handed on behind it comes again.
    void begin(Split of, Position after) throws IOException {
        QueueWindow window = QueueWindow.of(of);
        until = window.until();
        seen = seen(window.known(after));
        ordinal = after.ordinal();
        state = State.READ;
        List<Pending> behind = new ArrayList<>();
        while (!pending.isEmpty() && pending.getLast().ordinal > ordinal) {
            behind.add(pending.removeLast());
            behind.getLast().id.ifPresent(onTheirWay::remove);
        }
        due = pending.isEmpty() ? ordinal : pending.getFirst().ordinal - 1;
        for (Pending each : behind) {
            if (each.by.isOpen()) {
                each.by.giveBack(each.arrival);
            }
        }
    }

    private SeenIds seen(String token) {
        try {
            return SeenIds.of(options.ids().areThere() ? token : "", options.window());
        } catch (IllegalArgumentException e) {
            throw WisentException.of(
                            ErrorCode.STATE_NEWER,
                            "the progress of queue '" + queue + "' can't be read: " + e.getMessage())
                    .where(options.login().location())
                    .causedBy(e);
        }
    }

    void pause() {
        state = state == State.READ ? State.PAUSED : state;
    }

    void resume() {
        state = state == State.PAUSED ? State.READ : state;
    }

    /// Nothing of it is handed on any more. What was handed on may still be committed.
    void leave() throws IOException {
        state = State.LEFT;
        if (subscription.filter(Subscription::isOpen).isPresent()) {
            Subscription open = subscription.get();
            open.cancel();
            for (Optional<Arrival> next = open.next(); next.isPresent(); next = open.next()) {
                open.giveBack(next.get());
            }
        }
    }

    boolean isRead() {
        return state == State.READ;
    }

    /// Messages that are handed on together.
    private static final class Taken {
        private final List<Delivered> messages = new ArrayList<>();
        private long bytes;
    }

    /// What came; empty: nothing did. What was taken when the connection broke is handed on all the same: when it comes again
    /// it counts as on its way. The next call meets the break.
    Optional<Fetched> take(long nowMicros) throws IOException {
        Subscription open = subscribed();
        Taken taken = new Taken();
        try {
            fill(taken, open);
        } catch (IOException | ShutdownSignalException broken) {
            if (taken.messages.isEmpty()) {
                throw broken;
            }
            open.drop();
        }
        return taken.messages.isEmpty() ? Optional.empty() : Optional.of(chunk(taken, nowMicros));
    }

    private void fill(Taken taken, Subscription open) throws IOException {
        while (taken.bytes < CHUNK_BYTES && hasRoom()) {
            Optional<Arrival> next = open.next();
            if (next.isEmpty()) {
                break;
            }
            Optional<Delivered> message = admit(next.get(), open);
            if (message.isPresent()) {
                taken.messages.add(message.get());
                taken.bytes += next.get().body().length;
            }
        }
        if (hasRoom()) {
            open.ask(options.prefetch() - pending.size());
        }
    }

    private Fetched chunk(Taken taken, long nowMicros) {
        Position at = position();
        boolean isDue = ordinal - due >= Math.max(1, options.prefetch() / 2);
        due = isDue ? ordinal : due;
        return new Fetched.Chunk(
                split,
                new Payload.Client(new Delivered.All(taken.messages), Math.max(1, taken.bytes)),
                nowMicros,
                Optional.of(isDue ? Stand.due(at) : Stand.safe(at)));
    }

    private Position position() {
        return new Position(ordinal, seen.token());
    }

    private boolean hasRoom() {
        return pending.size() < options.prefetch();
    }

    private Subscription subscribed() {
        if (subscription.isEmpty()) {
            subscription = Optional.of(subscribing.get());
        }
        return subscription.get();
    }

    /// Why nothing comes any more; reading goes on by another connection. Empty: it does.
    Optional<Exception> broken() {
        Optional<Exception> why = subscription.filter(last -> !last.isOpen()).map(Subscription::why);
        if (why.isPresent()) {
            subscription.ifPresent(Subscription::close);
            subscription = Optional.empty();
        }
        return why;
    }

    private Optional<Delivered> admit(Arrival arrival, Subscription by) throws IOException {
        refuseStream(arrival);
        Optional<String> id = options.ids().of(arrival.properties());
        if (id.filter(seen::has).isPresent()) {
            again(id.get(), arrival, by);
            return Optional.empty();
        }
        ordinal++;
        Pending handedOn = new Pending(ordinal, id, by, arrival);
        pending.add(handedOn);
        id.ifPresent(known -> {
            seen.add(known);
            onTheirWay.put(known, handedOn);
        });
        boolean lacks = options.ids().areThere() && id.isEmpty();
        return Optional.of(new Delivered(
                ordinal, Message.of(queue, arrival), lacks ? Delivered.Identified.NO : Delivered.Identified.YES));
    }

    /// One that was committed needs no more than its acknowledgement. One that is on its way, and came by a connection that is
    /// gone, is acknowledged by this delivery when it is committed.
    private void again(String id, Arrival arrival, Subscription by) throws IOException {
        notes.again();
        Optional<Pending> handedOn = Optional.ofNullable(onTheirWay.get(id));
        if (handedOn.isPresent() && !handedOn.get().by.isOpen()) {
            handedOn.get().by = by;
            handedOn.get().arrival = arrival;
        } else {
            by.acknowledge(List.of(arrival));
        }
    }

    private void refuseStream(Arrival arrival) {
        Map<String, Object> headers = arrival.properties().getHeaders();
        if (headers != null && headers.containsKey(OF_STREAM)) {
            throw WisentException.of(ErrorCode.NOT_SUPPORTED, "'" + queue + "' is a stream of RabbitMQ, not a queue")
                    .where(options.login().location())
                    .hint(
                            "what is acknowledged of a stream stays, and nothing tells where reading goes on; bind a queue to its exchange");
        }
    }

    /// Whether the window is at its end: nothing is left that the broker could deliver.
    Optional<Fetched> end() throws IOException {
        if (until != QueueWindow.Until.EMPTY || !hasRoom() || !subscribed().isEmpty()) {
            return Optional.empty();
        }
        state = State.LEFT;
        return Optional.of(new Fetched.Ended(split, Optional.of(position())));
    }

    boolean isCaughtUp() throws IOException {
        return hasRoom()
                && subscription.filter(Subscription::isOpen).isPresent()
                && subscription.get().isQuiet();
    }

    /// Acknowledges what is committed. What came by a connection that is gone comes again, and is known then.
    void committed(Position upTo) throws IOException {
        Map<Subscription, List<Arrival>> done = new LinkedHashMap<>();
        while (!pending.isEmpty() && pending.getFirst().ordinal <= upTo.ordinal()) {
            Pending first = pending.removeFirst();
            first.id.ifPresent(onTheirWay::remove);
            done.computeIfAbsent(first.by, by -> new ArrayList<>()).add(first.arrival);
        }
        for (Map.Entry<Subscription, List<Arrival>> each : done.entrySet()) {
            if (each.getKey().isOpen()) {
                each.getKey().acknowledge(each.getValue());
            }
        }
    }

    /// What it reads by is given up: what was not acknowledged comes again by another.
    void drop() {
        subscription.ifPresent(Subscription::drop);
        subscription = Optional.empty();
    }

    void close() {
        subscription.ifPresent(Subscription::close);
        subscription = Optional.empty();
    }
}
