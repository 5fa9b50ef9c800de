package dev.wisent.engine.internal.queue.local;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.queue.LaneReader.Delivery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.TreeMap;

/// The messages of one lane until they are acknowledged. Those that wait to be handed out are in memory, and when they fill it,
/// who publishes waits; those that were handed out are there, too, as long as there is room, and then on disk: how many they
/// are is the destination's matter, which commits when it does. Any thread.
final class HeldLane implements AutoCloseable {
    /// A reader says something several times as often. One that is silent is frozen, or gone without a word.
    static final Duration SILENCE = Duration.ofSeconds(3);

    private static final Duration A_LITTLE = Duration.ofSeconds(1);
    private static final long TICK_MILLIS = 100;
    private static final int NUMBERS_A_MILLI = 20;

    private final long limit;
    private final Spill spill;
    private final Deque<Held> waiting = new ArrayDeque<>();
    private final TreeMap<Long, Held> out = new TreeMap<>();
    private Optional<Reader> active = Optional.empty();
    /// Never those of an earlier queue of this name: what was acknowledged there is not what is here.
    private long numbers = System.currentTimeMillis() << NUMBERS_A_MILLI;
    private long waitingBytes;
    private long outBytes;
    private boolean closed;
    private Optional<WisentException> broken = Optional.empty();

    /// @param limit bytes in memory that wait, and as many that were handed out
    /// @param folder for what is more
    HeldLane(long limit, Path folder) {
        this.limit = limit;
        this.spill = new Spill(folder);
    }

    private static final class Held {
        final long number;
        final int length;
        private Optional<byte[]> bytes;
        private Optional<Spill.Place> place = Optional.empty();

        Held(long number, byte[] message) {
            this.number = number;
            this.length = message.length;
            this.bytes = Optional.of(message);
        }

        int inMemory() {
            return bytes.isPresent() ? length : 0;
        }
    }

    /// Who takes messages: the first that asks, until it is gone or silent.
    static final class Reader {
        private final Runnable gone;
        private volatile long heard = System.nanoTime();

        /// @param gone called when another one has taken its place
        Reader(Runnable gone) {
            this.gone = gone;
        }

        void hear() {
            heard = System.nanoTime();
        }

        boolean isSilent() {
            return System.nanoTime() - heard > SILENCE.toNanos();
        }
    }

    /// Waits for room as long as somebody takes what is there.
    synchronized void publish(byte[] message) {
        long until = System.nanoTime() + A_LITTLE.toNanos();
        try {
            while (!waiting.isEmpty() && waitingBytes + message.length > limit) {
                refuseUnusable();
                boolean taken = active.filter(reader -> !reader.isSilent()).isPresent();
                if (!taken && System.nanoTime() - until > 0) {
                    throw WisentException.transientFailure(
                            ErrorCode.QUEUE_UNREACHABLE,
                            "nobody loads what waits in memory",
                            new IllegalStateException("the queue is full"));
                }
                wait(TICK_MILLIS);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        refuseUnusable();
        waiting.add(new Held(++numbers, message));
        waitingBytes += message.length;
        notifyAll();
    }

    /// The next message for `reader`, if it is the one that takes them.
    synchronized Optional<Delivery> take(Reader reader, Duration wait) {
        long until = System.nanoTime() + wait.toNanos();
        try {
            while (!mayTake(reader) || waiting.isEmpty()) {
                refuseUnusable();
                long left = until - System.nanoTime();
                if (left <= 0) {
                    return Optional.empty();
                }
                wait(Math.max(1, left / 1_000_000));
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        try {
            return Optional.of(handOut());
        } catch (WisentException e) {
            fail(e);
            throw e;
        }
    }

    /// The first message stays where it is when it can't be kept on disk.
    private Delivery handOut() {
        Held next = waiting.getFirst();
        byte[] message = next.bytes.or(() -> next.place.map(spill::read)).orElseThrow();
        long before = next.inMemory();
        if (next.bytes.isPresent() && outBytes + next.length > limit) {
            next.place = Optional.of(spill.put(message));
            next.bytes = Optional.empty();
        }
        waiting.removeFirst();
        waitingBytes -= before;
        outBytes += next.inMemory();
        out.put(next.number, next);
        notifyAll();
        return new Delivery(next.number, message);
    }

    /// Nothing passes any more: whoever publishes or takes is told why.
    synchronized void fail(WisentException why) {
        broken = broken.or(() -> Optional.of(why));
        notifyAll();
    }

    private boolean mayTake(Reader reader) {
        if (active.isPresent() && active.get() != reader && active.get().isSilent()) {
            Reader before = active.get();
            leave(before);
            before.gone.run();
        }
        if (active.isEmpty()) {
            active = Optional.of(reader);
        }
        return active.get() == reader;
    }

    /// What was handed to `reader` comes again.
    synchronized void leave(Reader reader) {
        if (active.isPresent() && active.get() == reader) {
            active = Optional.empty();
            for (Held back : out.descendingMap().values()) {
                waiting.addFirst(back);
                waitingBytes += back.inMemory();
            }
            out.clear();
            outBytes = 0;
            notifyAll();
        }
    }

    synchronized void acknowledge(long number) {
        Optional.ofNullable(out.remove(number)).ifPresent(done -> {
            outBytes -= done.inMemory();
            done.place.ifPresent(spill::free);
        });
    }

    private void refuseUnusable() {
        if (broken.isPresent()) {
            throw broken.get();
        }
        if (closed) {
            throw WisentException.of(ErrorCode.QUEUE_UNREACHABLE, "the queue is closed");
        }
    }

    private static WisentException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return WisentException.of(ErrorCode.INTERRUPTED, "interrupted while waiting for the queue")
                .causedBy(e);
    }

    @Override
    public synchronized void close() {
        closed = true;
        spill.close();
        notifyAll();
    }
}
