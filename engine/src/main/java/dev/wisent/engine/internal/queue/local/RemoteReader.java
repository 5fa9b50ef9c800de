package dev.wisent.engine.internal.queue.local;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.queue.LaneReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads one lane of a [ServedQueue], by a connection that is made anew when it breaks: messages then come again, and numbers
/// are the same as long as it is the same queue.
final class RemoteReader implements LaneReader {
    /// One question waits no longer, so that it can be woken.
    private static final int MOST_MILLIS = 20;

    private final Path socket;
    private final String job;
    private final int lane;
    private final Consumer<RemoteReader> left;
    private volatile Optional<Wire> wire = Optional.empty();
    private volatile boolean woken;

    /// @param left called when it is closed
    RemoteReader(Path socket, String job, int lane, Consumer<RemoteReader> left) {
        this.socket = socket;
        this.job = job;
        this.lane = lane;
        this.left = left;
    }

    @Override
    public Optional<Delivery> poll(Duration wait) {
        long until = System.nanoTime() + wait.toNanos();
        Optional<Delivery> next = once(until);
        while (next.isEmpty() && !woken && System.nanoTime() - until < 0) {
            next = once(until);
        }
        woken = false;
        return next;
    }

    private Optional<Delivery> once(long until) {
        long left = Math.clamp((until - System.nanoTime()) / 1_000_000, 0, MOST_MILLIS);
        try {
            Wire open = open();
            synchronized (this) {
                open.out.writeByte(Wire.POLL);
                open.out.writeInt((int) left);
                open.out.flush();
            }
            return open.answered();
        } catch (IOException e) {
            drop();
            throw WisentException.transientFailure(
                            ErrorCode.QUEUE_UNREACHABLE, "the process that extracts does not answer: " + e, e)
                    .where(socket.toString());
        }
    }

    private synchronized Wire open() throws IOException {
        if (wire.isEmpty()) {
            Wire made = Wire.to(socket);
            made.out.writeByte(Wire.HELLO);
            made.out.writeUTF(job);
            made.out.writeInt(lane);
            wire = Optional.of(made);
        }
        return wire.get();
    }

    private synchronized void drop() {
        wire.ifPresent(Wire::close);
        wire = Optional.empty();
    }

    @Override
    public void acknowledge(long tag) {
        say(Wire.DONE, Optional.of(tag));
    }

    /// Says so, whatever the reader is busy with.
    void isAlive() {
        say(Wire.ALIVE, Optional.empty());
    }

    private synchronized void say(int what, Optional<Long> number) {
        if (wire.isEmpty()) {
            return;
        }
        try {
            wire.get().out.writeByte(what);
            if (number.isPresent()) {
                wire.get().out.writeLong(number.get());
            } else {
                wire.get().out.flush();
            }
        } catch (IOException e) {
            // The next question finds it broken, too, and asks anew.
        }
    }

    @Override
    public void wakeUp() {
        woken = true;
    }

    @Override
    public synchronized void close() {
        wire.ifPresent(open -> {
            try {
                open.out.flush();
            } catch (IOException e) {
                // Not told: it comes again, and is known.
            }
        });
        drop();
        left.accept(this);
    }
}
