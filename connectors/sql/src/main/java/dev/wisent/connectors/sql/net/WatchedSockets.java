package dev.wisent.connectors.sql.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/// Makes sockets that notice within a minute or two that the other side is gone, whatever they are doing: see [WatchedSocket].
/// Drivers make one by its name.
public class WatchedSockets extends SocketFactory {
    public WatchedSockets() {}

    /// What is put between a socket and who reads from it. Called whenever a reader asks for the stream.
    protected InputStream reading(InputStream raw) {
        return raw;
    }

    @Override
    public Socket createSocket() {
        WatchedSocket socket = new WatchedSocket(this::reading);
        try {
            socket.ask();
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return connected(new InetSocketAddress(address, port), new InetSocketAddress(localAddress, localPort));
    }

    private Socket connected(InetSocketAddress to, InetSocketAddress... from) throws IOException {
        Socket socket = createSocket();
        try {
            for (InetSocketAddress one : from) {
                socket.bind(one);
            }
            socket.connect(to);
            return socket;
        } catch (IOException unreachable) {
            socket.close();
            throw unreachable;
        }
    }
}
