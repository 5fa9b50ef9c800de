package dev.wisent.connectors.sql.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A real connection on this machine whose other side takes nothing, or takes it slowly.
class WatchedSocketsTest {
    /// More than the system keeps for both sides.
    private static final byte[] MUCH = new byte[64 << 20];

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    @Test
    void a_write_that_nobody_takes_ends_after_the_time_a_read_may_be_silent() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, HERE);
                Socket socket = new WatchedSockets().createSocket(HERE, server.getLocalPort());
                Socket deaf = server.accept()) {
            assertThat(deaf.isConnected()).isTrue();
            socket.setSoTimeout(300);
            FutureTask<Integer> writing = new FutureTask<>(() -> write(socket.getOutputStream()));
            Thread.ofVirtual().start(writing);

            assertThatThrownBy(() -> writing.get(60, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("took nothing");
            assertThat(socket.isClosed()).isTrue();
        }
    }

    @Test
    void many_writes_are_each_waited_for_however_long_all_of_them_take() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, HERE);
                Socket socket = new WatchedSockets().createSocket(HERE, server.getLocalPort());
                Socket slow = server.accept()) {
            socket.setSoTimeout(60_000);
            FutureTask<Integer> writing = new FutureTask<>(() -> write(socket.getOutputStream()));
            Thread.ofVirtual().start(writing);

            assertThat(slow.getInputStream().readNBytes(MUCH.length)).hasSize(MUCH.length);
            assertThat(writing.get()).isEqualTo(MUCH.length);
            assertThat(socket.isClosed()).isFalse();
        }
    }

    @Test
    void a_connection_asks_whether_the_other_side_is_there() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, HERE);
                Socket socket = new WatchedSockets().createSocket(HERE, server.getLocalPort(), HERE, 0)) {
            assertThat(socket.getKeepAlive()).isTrue();
        }
    }

    private static int write(OutputStream out) throws IOException {
        for (int at = 0; at < MUCH.length; at += 8_192) {
            out.write(MUCH, at, 8_192);
        }
        return MUCH.length;
    }
}
