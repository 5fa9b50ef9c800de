package dev.wisent.engine.internal.queue.local;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.queue.LaneReader;
import dev.wisent.api.queue.MessageQueue;
import dev.wisent.api.queue.QueueRequest;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/// A queue in the memory of this process, which other processes of the machine read by a socket. Ends with its process.
public final class ServedQueue implements MessageQueue {
    private static final int MOST_BYTES = 4 << 20;
    /// Nobody is kept waiting longer, so that it can say something else.
    private static final int MOST_MILLIS = 200;

    private final Path socket;
    private final String job;
    private final List<HeldLane> lanes;
    private final ServerSocketChannel server;
    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /// @param socket a socket of this name that is there already is an earlier process's, and goes
    /// @param memory bytes that wait for a loader, and as many that were handed to one and are not committed
    public ServedQueue(Path socket, QueueRequest request, long memory) {
        this.socket = socket;
        this.job = request.job();
        Path folder = Optional.ofNullable(socket.toAbsolutePath().getParent()).orElseThrow();
        long share = Math.max(1, memory / request.lanes());
        this.lanes = IntStream.range(0, request.lanes())
                .mapToObj(lane -> new HeldLane(share, folder))
                .toList();
        try {
            Files.deleteIfExists(socket);
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            throw WisentException.of(
                            ErrorCode.QUEUE_UNREACHABLE, "the socket between the processes can't be made: " + e)
                    .where(socket.toString())
                    .causedBy(e);
        }
        Thread unused = Thread.ofPlatform().daemon(true).name("queue").start(this::accept);
    }

    private void accept() {
        while (!closed) {
            try {
                SocketChannel channel = server.accept();
                Thread unused =
                        Thread.ofPlatform().daemon(true).name("queue-reader").start(() -> serve(new Wire(channel)));
            } catch (IOException e) {
                if (!server.isOpen()) {
                    return;
                }
                WisentException why = WisentException.of(
                                ErrorCode.QUEUE_UNREACHABLE, "no process can be let in any more: " + e)
                        .where(socket.toString())
                        .hint("if there are too many open files, allow more with `ulimit -n`")
                        .causedBy(e);
                lanes.forEach(lane -> lane.fail(why));
                return;
            }
        }
    }

    private void serve(Wire wire) {
        wires.add(wire);
        HeldLane.Reader reader = new HeldLane.Reader(wire::close);
        Optional<HeldLane> lane = Optional.empty();
        try (wire) {
            if (closed || wire.in.readByte() != Wire.HELLO || !wire.in.readUTF().equals(job)) {
                return;
            }
            HeldLane mine = lanes.get(wire.in.readInt());
            lane = Optional.of(mine);
            for (int said = wire.in.read(); said >= 0; said = wire.in.read()) {
                reader.hear();
                switch (said) {
                    case Wire.POLL ->
                        wire.answer(mine.take(reader, Duration.ofMillis(Math.min(MOST_MILLIS, wire.in.readInt()))));
                    case Wire.DONE -> mine.acknowledge(wire.in.readLong());
                    case Wire.ALIVE -> {}
                    default -> throw new IOException("it said " + said);
                }
            }
        } catch (IOException | WisentException e) {
            // The reader is gone, or this queue: what it had not acknowledged is the next one's.
        } finally {
            lane.ifPresent(left -> left.leave(reader));
            wires.remove(wire);
        }
    }

    @Override
    public int mostBytes() {
        return MOST_BYTES;
    }

    @Override
    public boolean isDurable() {
        return false;
    }

    @Override
    public void publish(int lane, byte[] message) {
        lanes.get(lane).publish(message);
    }

    @Override
    public LaneReader read(int lane) {
        throw new IllegalStateException("who loads is another process");
    }

    @Override
    public void close() {
        closed = true;
        try {
            server.close();
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            // What is left of it is an empty file in a folder that goes, too.
        }
        lanes.forEach(HeldLane::close);
        wires.forEach(Wire::close);
    }
}
