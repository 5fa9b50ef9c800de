package dev.wisent.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreePortsTest {
    @Test
    void a_port_is_free_and_none_that_a_connection_of_this_machine_gets() throws IOException {
        List<ServerSocket> open = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                int port = FreePorts.one();
                assertThat(port).isLessThan(32_768);
                open.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
            }
        } finally {
            for (ServerSocket socket : open) {
                socket.close();
            }
        }
    }
}
