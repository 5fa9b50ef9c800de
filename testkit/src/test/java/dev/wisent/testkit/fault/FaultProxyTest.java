package dev.wisent.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Over real sockets, with a service that sends back what it gets.
class FaultProxyTest {
    private static final int SOON_MILLIS = 300;
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int END = -1;
    private static final byte[] MEGABYTE = megabyte();

    private ServerSocket service;
    private Thread serving;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        service = new ServerSocket(0);
        serving = Thread.ofVirtual().start(this::serve);
        proxy = FaultProxy.to("localhost", service.getLocalPort());
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        endService();
    }

    private void endService() throws Exception {
        service.close();
        serving.join();
    }

    @Test
    void without_a_fault_every_byte_passes_both_ways_and_the_end_too() throws IOException {
        try (Socket client = client()) {
            Thread.ofVirtual().start(() -> sendAll(client));

            assertThat(client.getInputStream().readAllBytes()).isEqualTo(MEGABYTE);
        }
        assertThat(proxy.passed(Direction.TO_SERVICE)).isEqualTo(MEGABYTE.length);
        assertThat(proxy.passed(Direction.TO_CLIENT)).isEqualTo(MEGABYTE.length);
        assertThat(proxy.connections()).isEqualTo(1);
    }

    @Test
    void a_cut_connection_ends_in_order_and_the_next_one_works() throws IOException {
        try (Socket client = client()) {
            assertThat(echo(client, 7)).isEqualTo(7);
            proxy.end(Ending.CLOSE);
            assertThat(client.getInputStream().read()).isEqualTo(END);
        }
        try (Socket client = client()) {
            assertThat(echo(client, 8)).isEqualTo(8);
        }
    }

    @Test
    void a_reset_connection_fails_at_once() throws IOException {
        try (Socket client = client()) {
            assertThat(echo(client, 7)).isEqualTo(7);
            proxy.end(Ending.RESET);
            InputStream in = client.getInputStream();
            assertThatThrownBy(in::read).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        }
    }

    @Test
    void a_half_open_connection_takes_everything_and_answers_never() throws IOException {
        try (Socket client = client()) {
            assertThat(echo(client, 7)).isEqualTo(7);
            proxy.set(Direction.TO_SERVICE, new Fault.Swallow());
            client.getOutputStream().write(MEGABYTE);
            isSilent(client);
            proxy.heal();
            client.getOutputStream().write(9);
            isSilent(client);
        }
        assertThat(proxy.passed(Direction.TO_SERVICE)).isEqualTo(1);
        try (Socket client = client()) {
            assertThat(echo(client, 8)).as("a new connection").isEqualTo(8);
        }
    }

    @Test
    void a_lost_answer_leaves_the_request_with_the_service() throws IOException {
        proxy.set(Direction.TO_CLIENT, new Fault.Swallow());
        try (Socket client = client()) {
            client.getOutputStream().write(7);
            isSilent(client);
        }
        assertThat(proxy.passed(Direction.TO_SERVICE)).isEqualTo(1);
        assertThat(proxy.passed(Direction.TO_CLIENT)).isZero();
    }

    @Test
    void a_network_that_stands_still_loses_nothing() throws IOException {
        proxy.set(Direction.TO_CLIENT, new Fault.Hold());
        try (Socket client = client()) {
            client.getOutputStream().write(7);
            isSilent(client);
            proxy.heal();
            assertThat(client.getInputStream().read()).isEqualTo(7);
        }
    }

    @Test
    void a_slow_connection_gets_its_bytes_a_few_at_a_time_and_all_when_healed() throws IOException {
        proxy.set(Direction.TO_CLIENT, new Fault.Slow(20));
        try (Socket client = client()) {
            Thread.ofVirtual().start(() -> sendAll(client));
            InputStream in = client.getInputStream();
            assertThat(in.readNBytes(3)).hasSize(3);
            assertThat(in.available()).as("not a block, as it came").isLessThan(100);
            proxy.heal();
            assertThat(in.readAllBytes()).hasSize(MEGABYTE.length - 3);
        }
    }

    @Test
    void a_delayed_answer_comes_late_and_whole() throws IOException {
        Duration late = Duration.ofMillis(200);
        proxy.set(Direction.TO_CLIENT, new Fault.Delay(late));
        try (Socket client = client()) {
            long before = System.nanoTime();
            assertThat(echo(client, 7)).isEqualTo(7);
            assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(late.toNanos());
        }
    }

    @Test
    void a_connection_ends_after_exactly_so_many_bytes_of_its_own() throws IOException {
        proxy.set(Direction.TO_CLIENT, new Fault.EndAfter(100_001, Ending.CLOSE));
        for (int i = 1; i <= 2; i++) {
            try (Socket client = client()) {
                Thread.ofVirtual().start(() -> sendAll(client));
                assertThat(readToItsEnd(client)).isEqualTo(100_001);
            }
        }
        proxy.set(Direction.TO_CLIENT, new Fault.None());
        proxy.set(Direction.TO_SERVICE, new Fault.EndAfter(5, Ending.RESET));
        long before = proxy.passed(Direction.TO_SERVICE);
        try (Socket client = client()) {
            sendAll(client);
            readToItsEnd(client);
        }
        assertThat(proxy.passed(Direction.TO_SERVICE) - before).isEqualTo(5);
    }

    @Test
    void refused_connections_are_refused_and_open_ones_go_on() throws IOException {
        try (Socket client = client()) {
            assertThat(echo(client, 7)).isEqualTo(7);
            proxy.refuse();
            assertThatThrownBy(this::client).isInstanceOf(ConnectException.class);
            assertThat(echo(client, 8)).isEqualTo(8);
        }
        proxy.accept();
        try (Socket client = client()) {
            assertThat(echo(client, 9)).isEqualTo(9);
        }
    }

    @Test
    void a_service_that_is_not_there_is_a_reset_for_the_client() throws Exception {
        endService();
        try (Socket client = client()) {
            InputStream in = client.getInputStream();
            assertThatThrownBy(in::read).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void a_closed_proxy_leaves_no_connection_open() throws IOException {
        try (Socket client = client()) {
            assertThat(echo(client, 7)).isEqualTo(7);
            proxy.set(Direction.TO_CLIENT, new Fault.Hold());
            client.getOutputStream().write(8);
            proxy.close();
            InputStream in = client.getInputStream();
            assertThatThrownBy(in::read).isInstanceOf(SocketException.class);
            assertThatThrownBy(this::client).isInstanceOf(ConnectException.class);
        }
        Awaitility.await().until(() -> proxy.open() == 0);
    }

    private Socket client() throws IOException {
        Socket socket = new Socket(proxy.host(), proxy.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static int echo(Socket client, int value) throws IOException {
        client.getOutputStream().write(value);
        return client.getInputStream().read();
    }

    /// Nothing comes, and nothing ends.
    private static void isSilent(Socket client) throws IOException {
        client.setSoTimeout(SOON_MILLIS);
        InputStream in = client.getInputStream();
        assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
        client.setSoTimeout(PATIENCE_MILLIS);
    }

    /// How many bytes come before the connection ends in one way or the other.
    private static long readToItsEnd(Socket client) {
        long bytes = 0;
        try {
            for (InputStream in = client.getInputStream(); in.read() >= 0; ) {
                bytes++;
            }
        } catch (IOException reset) {
            // ended as well
        }
        return bytes;
    }

    private static void sendAll(Socket client) {
        try {
            client.getOutputStream().write(MEGABYTE);
            client.shutdownOutput();
        } catch (IOException ended) {
            // what the proxy let pass is counted by the reader
        }
    }

    private void serve() {
        try {
            while (true) {
                Socket client = service.accept();
                Thread.ofVirtual().start(() -> echoAll(client));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private static void echoAll(Socket client) {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException ended) {
            // by the proxy
        }
    }

    private static byte[] megabyte() {
        byte[] bytes = new byte[1 << 20];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8));
        }
        return bytes;
    }
}
