package dev.wisent.testkit.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Stands between a client and a real service and lets every kind of network trouble happen between them, without
/// privileges: a TCP proxy on a free port of this machine. Give the client [#port] instead of the service's own.
///
/// ```java
/// try (FaultProxy proxy = FaultProxy.to("localhost", servicePort)) {
///     Client client = new Client("localhost", proxy.port());
///     proxy.set(Direction.TO_CLIENT, new Fault.Swallow());  // answers are lost, the connection looks alive
///     …
///     proxy.heal();
/// }
/// ```
///
/// A fault holds for the connections that are open and for those that come, until another is set or [#heal]. Each
/// connection has two virtual threads. All methods from any thread; closing ends every connection and waits for
/// nobody.
public final class FaultProxy implements AutoCloseable {
    private static final Fault NONE = new Fault.None();
    private static final int WAITING = 50;
    /// What a client may send ahead of a proxy that holds: systems let this grow to megabytes, each its own number of them.
    private static final int AHEAD = 128 << 10;

    private final InetSocketAddress service;
    private final int port;
    private final Map<Direction, Fault> faults = new EnumMap<>(Direction.class);
    private final Map<Direction, Long> passed = new EnumMap<>(Direction.class);
    private final List<Link> links = new ArrayList<>();
    private Optional<Door> door = Optional.empty();
    private long connections;
    private boolean closed;

    private FaultProxy(InetSocketAddress service, int port) {
        this.service = service;
        this.port = port;
    }

    /// A proxy that passes everything to `host:port`, which is asked only when a client connects.
    public static FaultProxy to(String host, int port) {
        try {
            ServerSocket socket = listen(0);
            FaultProxy proxy = new FaultProxy(new InetSocketAddress(host, port), socket.getLocalPort());
            proxy.door = Optional.of(proxy.serve(socket));
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where clients connect to, on [#host].
    public int port() {
        return port;
    }

    /// This machine, by its address, so that no name is looked up.
    public String host() {
        return InetAddress.getLoopbackAddress().getHostAddress();
    }

    /// Lets `fault` happen to everything that goes in `direction` from now on.
    public synchronized FaultProxy set(Direction direction, Fault fault) {
        faults.put(direction, fault);
        notifyAll();
        return this;
    }

    /// Ends every fault, [#refuse] too. Connections that were ended stay so.
    public synchronized void heal() {
        faults.clear();
        notifyAll();
        accept();
    }

    /// Ends the connections that are open now. New ones are accepted.
    public void end(Ending ending) {
        for (Link link : links()) {
            link.end(ending);
        }
    }

    /// Refuses new connections, as a machine where nobody listens. Open ones go on.
    public void refuse() {
        Optional<Door> shut;
        synchronized (this) {
            shut = door;
            door = Optional.empty();
        }
        shut.ifPresent(Door::shut);
    }

    /// Accepts connections again, on the same port.
    public synchronized void accept() {
        if (door.isEmpty() && !closed) {
            try {
                door = Optional.of(serve(listen(port)));
            } catch (IOException e) {
                throw new UncheckedIOException("port " + port + " has been taken meanwhile", e);
            }
        }
    }

    /// How many connections were accepted since the beginning: a client that tries again makes it rise.
    public synchronized long connections() {
        return connections;
    }

    /// How many connections are open.
    public synchronized int open() {
        return links.size();
    }

    /// How many bytes came out of the proxy in `direction`, on all connections.
    public synchronized long passed(Direction direction) {
        return passed.getOrDefault(direction, 0L);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        refuse();
        end(Ending.RESET);
    }

    private static ServerSocket listen(int at) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.setReceiveBufferSize(AHEAD);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), WAITING);
        return socket;
    }

    private Door serve(ServerSocket socket) {
        return new Door(socket, Thread.ofVirtual().name("proxy-door-" + port).start(() -> acceptAll(socket)));
    }

    private record Door(ServerSocket socket, Thread thread) {
        /// A socket still listens for a moment after it was closed, until nobody waits on it any more.
        void shut() {
            try {
                socket.close();
                thread.join();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void acceptAll(ServerSocket socket) {
        while (true) {
            try {
                Socket client = socket.accept();
                Link link = new Link(this, client, new Socket());
                synchronized (this) {
                    connections++;
                    links.add(link);
                }
                Thread.ofVirtual().name("proxy-connect").start(() -> link.connect(service));
            } catch (IOException shut) {
                return;
            }
        }
    }

    private synchronized List<Link> links() {
        return List.copyOf(links);
    }

    synchronized Fault fault(Direction direction) {
        return faults.getOrDefault(direction, NONE);
    }

    /// Waits until `fault` is over, or `nanos` have gone by.
    synchronized void awaitChange(Direction direction, Fault fault, long nanos, Link link) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        long left = nanos;
        while (fault(direction).equals(fault) && left > 0 && !link.ended()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - System.nanoTime();
        }
    }

    synchronized void count(Direction direction, int bytes) {
        passed.merge(direction, (long) bytes, Long::sum);
    }

    synchronized void gone(Link link) {
        links.remove(link);
        notifyAll();
    }
}
