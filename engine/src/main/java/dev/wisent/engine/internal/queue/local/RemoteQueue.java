package dev.wisent.engine.internal.queue.local;

import dev.wisent.api.queue.LaneReader;
import dev.wisent.api.queue.MessageQueue;
import dev.wisent.api.queue.QueueRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A queue that another process of this machine serves. It need not be there yet.
public final class RemoteQueue implements MessageQueue {
    private static final Duration HEARTBEAT = HeldLane.SILENCE.dividedBy(6);

    private final Path socket;
    private final String job;
    private final Set<RemoteReader> readers = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public RemoteQueue(Path socket, QueueRequest request) {
        this.socket = socket;
        this.job = request.job();
        Thread unused = Thread.ofPlatform().daemon(true).name("queue-heartbeat").start(this::beat);
    }

    private void beat() {
        while (!closed) {
            readers.forEach(RemoteReader::isAlive);
            try {
                Thread.sleep(HEARTBEAT);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public LaneReader read(int lane) {
        RemoteReader reader = new RemoteReader(socket, job, lane, readers::remove);
        readers.add(reader);
        return reader;
    }

    @Override
    public int mostBytes() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean isDurable() {
        return false;
    }

    @Override
    public void publish(int lane, byte[] message) {
        throw new IllegalStateException("who extracts is another process");
    }

    @Override
    public void close() {
        closed = true;
        readers.forEach(RemoteReader::close);
    }
}
