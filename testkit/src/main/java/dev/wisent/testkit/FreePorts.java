package dev.wisent.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// Ports for services that are told theirs before they start, and may be stopped and started again at the same.
///
/// A port that the system picks is of the range it gives to outgoing connections, too: between the moment it was found free
/// and the one the service listens, any client of the machine can get it. These are of the range below.
public final class FreePorts {
    /// Below what Linux (32768) and others (49152) give to outgoing connections, above what services have by default.
    private static final int FIRST = 18_000;

    private static final int BEHIND = 32_000;
    private static final int TRIES = 1_000;

    private FreePorts() {}

    /// One at which nobody listens. Any thread; two calls hardly ever give the same.
    public static int one() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, BEHIND);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port from " + FIRST + " to " + BEHIND);
    }

    private static boolean isFree(int port) {
        try (ServerSocket everywhere = new ServerSocket()) {
            everywhere.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
