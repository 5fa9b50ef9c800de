package dev.wisent.testkit.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// One connection of a client, and the one to the service that belongs to it.
final class Link {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int BLOCK = 16 << 10;
    /// A slow connection gets its bytes in so many portions a second, at least one byte each.
    private static final int PORTIONS = 20;

    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);
    private static final long NANOS = 1_000_000_000L;

    private final FaultProxy proxy;
    private final Socket client;
    private final Socket service;
    private final AtomicBoolean ended = new AtomicBoolean();

    Link(FaultProxy proxy, Socket client, Socket service) {
        this.proxy = proxy;
        this.client = client;
        this.service = service;
    }

    /// A service that does not answer is told to the client by a reset: that is what its own machine would do.
    void connect(InetSocketAddress to) {
        try {
            service.connect(to, CONNECT_MILLIS);
        } catch (IOException unreachable) {
            end(Ending.RESET);
            return;
        }
        Thread.ofVirtual().name("proxy-request").start(() -> pass(Direction.TO_SERVICE, client, service));
        Thread.ofVirtual().name("proxy-answer").start(() -> pass(Direction.TO_CLIENT, service, client));
    }

    boolean ended() {
        return ended.get();
    }

    /// The first ending counts.
    void end(Ending ending) {
        if (ended.compareAndSet(false, true)) {
            for (Socket socket : new Socket[] {client, service}) {
                try {
                    if (ending == Ending.RESET) {
                        socket.setSoLinger(true, 0);
                    }
                    socket.close();
                } catch (IOException alreadyGone) {
                    // it is to be gone
                }
            }
            proxy.gone(this);
        }
    }

    private void pass(Direction direction, Socket from, Socket to) {
        try {
            new Pipe(direction, to.getOutputStream()).run(from.getInputStream());
            to.shutdownOutput();
            if (from.isOutputShutdown()) { // the other direction is through as well
                end(Ending.CLOSE);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            end(Ending.RESET);
        } catch (IOException broken) {
            // one side is gone: so is the other
            end(Ending.RESET);
        }
    }

    private final class Pipe {
        private final Direction direction;
        private final OutputStream out;
        private final byte[] block = new byte[BLOCK];
        private Fault counted = new Fault.None();
        private long since;
        private boolean deaf;

        Pipe(Direction direction, OutputStream out) {
            this.direction = direction;
            this.out = out;
        }

        /// Returns at the end of `in`, all of it passed.
        void run(InputStream in) throws IOException, InterruptedException {
            for (int length = in.read(block); length >= 0; length = in.read(block)) {
                int at = 0;
                while (at < length) {
                    at += portion(at, length - at);
                    requireOpen();
                }
            }
            Fault fault = proxy.fault(direction);
            while (deaf || fault instanceof Fault.Swallow || fault instanceof Fault.Hold) {
                deaf |= fault instanceof Fault.Swallow;
                pause(fault, FOREVER);
                fault = proxy.fault(direction);
            }
        }

        /// Treats some of the `length` bytes at `at` as the fault of this moment wants.
        ///
        /// @return how many are done with
        private int portion(int at, int length) throws IOException, InterruptedException {
            Fault fault = proxy.fault(direction);
            if (deaf || fault instanceof Fault.Swallow) {
                deaf = true;
                return length;
            }
            return switch (fault) {
                case Fault.None none -> send(at, length);
                case Fault.Swallow swallow -> length;
                case Fault.Hold hold -> {
                    pause(fault, FOREVER);
                    yield 0;
                }
                case Fault.Slow(int rate) -> {
                    int some = Math.min(length, Math.max(1, rate / PORTIONS));
                    send(at, some);
                    pause(fault, Duration.ofNanos(some * NANOS / rate));
                    yield some;
                }
                case Fault.Delay(Duration by) -> {
                    pause(fault, by);
                    yield send(at, length);
                }
                case Fault.EndAfter(long most, Ending ending) -> {
                    if (!counted.equals(fault)) {
                        counted = fault;
                        since = 0;
                    }
                    int some = (int) Math.min(length, most - since);
                    since += send(at, some);
                    if (since == most) {
                        end(ending);
                    }
                    yield some;
                }
            };
        }

        private void pause(Fault fault, Duration time) throws IOException, InterruptedException {
            proxy.awaitChange(direction, fault, time.toNanos(), Link.this);
            requireOpen();
        }

        private void requireOpen() throws IOException {
            if (ended()) {
                throw new IOException("the connection was ended");
            }
        }

        private int send(int at, int length) throws IOException {
            if (length > 0) {
                out.write(block, at, length);
                proxy.count(direction, length);
            }
            return length;
        }
    }
}
