package dev.wisent.engine.internal.queue.local;

import dev.wisent.api.queue.LaneReader.Delivery;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;

/// A connection between a reader and the queue it reads, of the same version: a parent starts both. A reader says [#HELLO] with
/// job and lane once, then any of the others; only [#POLL] is answered.
final class Wire implements AutoCloseable {
    static final int HELLO = 'H';
    /// With the milliseconds to wait. Answered by 0, or by 1, a number, a length and a message.
    static final int POLL = 'P';
    /// With the number of a message.
    static final int DONE = 'D';
    static final int ALIVE = 'A';

    private static final int BUFFER = 1 << 16;

    private final SocketChannel channel;
    final DataInputStream in;
    final DataOutputStream out;

    Wire(SocketChannel channel) {
        this.channel = channel;
        this.in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), BUFFER));
        this.out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER));
    }

    static Wire to(Path socket) throws IOException {
        return new Wire(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    void answer(Optional<Delivery> next) throws IOException {
        out.writeByte(next.isPresent() ? 1 : 0);
        if (next.isPresent()) {
            ByteBuffer message = next.get().bytes();
            out.writeLong(next.get().tag());
            out.writeInt(message.remaining());
            out.write(message.array(), message.arrayOffset() + message.position(), message.remaining());
        }
        out.flush();
    }

    Optional<Delivery> answered() throws IOException {
        if (in.readByte() == 0) {
            return Optional.empty();
        }
        long tag = in.readLong();
        int length = in.readInt();
        byte[] message = in.readNBytes(length);
        if (message.length < length) {
            throw new EOFException("it ends in the middle of a message");
        }
        return Optional.of(new Delivery(tag, message));
    }

    /// Ends whatever waits on it. Any thread.
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nobody listens any more, which is what is wanted.
        }
    }
}
