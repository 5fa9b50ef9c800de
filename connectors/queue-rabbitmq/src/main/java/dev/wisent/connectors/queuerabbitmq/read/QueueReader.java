package dev.wisent.connectors.queuerabbitmq.read;

import com.rabbitmq.client.ShutdownSignalException;
import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Reads the queues of one worker by one connection, with a channel for each, in turn.
final class QueueReader implements SplitReader {
    private final ReadOptions options;
    private final Notes notes;
    private final BrokerConnection broker;
    private final Clock clock = Clock.systemUTC();
    private final Semaphore woken = new Semaphore(0);
    /// All that were ever read here, in the order they are served: the last acknowledgement may come after the end.
    private final Map<SplitId, QueueReading> queues = new LinkedHashMap<>();

    QueueReader(ReadOptions options, Notes notes) {
        this.options = options;
        this.notes = notes;
        this.broker = new BrokerConnection(options.login());
    }

    /// What may meet a broken connection.
    private interface Request {
        void send() throws IOException;
    }

    /// For what need not be told to a broker that is not there: it does the same when the connection is gone.
    private static void unlessBroken(Request request) {
        try {
            request.send();
        } catch (IOException | ShutdownSignalException e) {
            // The next poll meets it, and says so.
        }
    }

    @Override
    public void add(Split split, Position after) {
        QueueReading reading = queues.computeIfAbsent(
                split.id(), id -> new QueueReading(split, options, notes, () -> subscription(split)));
        unlessBroken(() -> reading.begin(split, after));
    }

    private Subscription subscription(Split split) {
        return new Subscription(broker.channel(), QueueWindow.of(split).queue(), woken::release);
    }

    @Override
    public void pause(SplitId split) {
        Optional.ofNullable(queues.get(split)).ifPresent(QueueReading::pause);
    }

    @Override
    public void resume(SplitId split) {
        Optional.ofNullable(queues.get(split)).ifPresent(QueueReading::resume);
    }

    @Override
    public void remove(SplitId split) {
        Optional.ofNullable(queues.get(split)).ifPresent(reading -> unlessBroken(reading::leave));
    }

    @Override
    public Fetched poll(Duration wait) {
        try {
            refuseBroken();
            woken.drainPermits();
            Optional<Fetched> next = next();
            if (next.isEmpty()) {
                boolean something = await(wait);
                next = next();
                if (next.isEmpty() && !something) {
                    next = ended();
                }
            }
            return next.orElseGet(Fetched.Idle::new);
        } catch (IOException | ShutdownSignalException e) {
            // An answer that is late must not be taken for the next one's.
            queues.values().forEach(QueueReading::drop);
            throw broker.failure(e);
        }
    }

    private void refuseBroken() {
        Optional<Exception> first = Optional.empty();
        for (QueueReading reading : queues.values()) {
            Optional<Exception> why = reading.broken().filter(broken -> reading.isRead());
            first = first.or(() -> why);
        }
        if (first.isPresent()) {
            throw broker.failure(first.get());
        }
    }

    /// Served in turn: what was served goes to the end.
    private Optional<Fetched> next() throws IOException {
        for (Map.Entry<SplitId, QueueReading> each : List.copyOf(queues.entrySet())) {
            QueueReading reading = each.getValue();
            Optional<Fetched> fetched = reading.isRead() ? reading.take(nowMicros()) : Optional.empty();
            if (fetched.isPresent()) {
                queues.remove(each.getKey());
                queues.put(each.getKey(), reading);
                return fetched;
            }
        }
        return Optional.empty();
    }

    private Optional<Fetched> ended() throws IOException {
        for (QueueReading reading : new ArrayList<>(queues.values())) {
            Optional<Fetched> end = reading.isRead() ? reading.end() : Optional.empty();
            if (end.isPresent()) {
                return end;
            }
        }
        return Optional.empty();
    }

    /// Whether something came, or was wanted, within `wait`.
    private boolean await(Duration wait) {
        try {
            return woken.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private long nowMicros() {
        Instant now = clock.instant();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }

    @Override
    public boolean isCaughtUp() {
        try {
            for (QueueReading reading : queues.values()) {
                if (reading.isRead() && !reading.isCaughtUp()) {
                    return false;
                }
            }
            return true;
        } catch (IOException | ShutdownSignalException e) {
            return false;
        }
    }

    @Override
    public void committed(SplitId split, Position upTo) {
        Optional.ofNullable(queues.get(split)).ifPresent(reading -> unlessBroken(() -> reading.committed(upTo)));
    }

    @Override
    public void wakeUp() {
        woken.release();
    }

    @Override
    public void close() {
        queues.values().forEach(QueueReading::close);
        broker.close();
    }
}
