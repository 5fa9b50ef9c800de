package dev.wisent.connectors.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Map;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;

/// Sockets that ask the other side whether it is still there when it has been silent for a while, so that a server that lost
/// its power, or a way to it that forgot the connection, is noticed within a minute, however long an answer may take. The
/// system's own times are hours. The driver makes one by its name.
public final class KeptAliveSockets extends SocketFactory {
    private static final Map<SocketOption<Integer>, Integer> ASKING = Map.of(
            ExtendedSocketOptions.TCP_KEEPIDLE, 20,
            ExtendedSocketOptions.TCP_KEEPINTERVAL, 5,
            ExtendedSocketOptions.TCP_KEEPCOUNT, 4);

    public KeptAliveSockets() {}

    @Override
    public Socket createSocket() {
        Socket socket = new Socket();
        try {
            socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            for (Map.Entry<SocketOption<Integer>, Integer> each : ASKING.entrySet()) {
                if (socket.supportedOptions().contains(each.getKey())) {
                    socket.setOption(each.getKey(), each.getValue());
                }
            }
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new Socket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new Socket(host, port, localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new Socket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return connected(new Socket(address, port, localAddress, localPort));
    }

    private static Socket connected(Socket socket) throws IOException {
        socket.setKeepAlive(true);
        return socket;
    }
}
