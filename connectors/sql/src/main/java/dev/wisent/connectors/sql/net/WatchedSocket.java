package dev.wisent.connectors.sql.net;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import jdk.net.ExtendedSocketOptions;

/// A connection whose other side may be gone without a word, as after a power cut, or behind a way that forgot it.
///
/// One that waits for an answer asks, once it has been silent for a while, whether the other side is still there: the system's
/// own times for that are hours. One whose bytes nobody takes is not asked by the system, which sends them again for a quarter
/// of an hour: so a write that has put nothing for as long as a read may be silent ([Socket#setSoTimeout]; 0 waits for ever)
/// ends the connection, and fails.
///
/// Any thread; one writes at a time.
final class WatchedSocket extends Socket {
    private static final Map<SocketOption<Integer>, Integer> ASKING = Map.of(
            ExtendedSocketOptions.TCP_KEEPIDLE, 20,
            ExtendedSocketOptions.TCP_KEEPINTERVAL, 5,
            ExtendedSocketOptions.TCP_KEEPCOUNT, 4);

    private static final Duration LOOK = Duration.ofSeconds(1);

    /// Before anything is written, and between writes.
    private static final long NOT_WRITING = Long.MIN_VALUE;

    private final UnaryOperator<InputStream> reading;
    private volatile long since = NOT_WRITING;
    private volatile boolean givenUp;
    private boolean watched;

    /// @param reading what is put between the socket and who reads from it
    WatchedSocket(UnaryOperator<InputStream> reading) {
        this.reading = reading;
    }

    void ask() throws IOException {
        setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        for (Map.Entry<SocketOption<Integer>, Integer> each : ASKING.entrySet()) {
            if (supportedOptions().contains(each.getKey())) {
                setOption(each.getKey(), each.getValue());
            }
        }
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return reading.apply(super.getInputStream());
    }

    @Override
    public synchronized OutputStream getOutputStream() throws IOException {
        OutputStream out = super.getOutputStream();
        if (!watched) {
            watched = true;
            Thread.ofVirtual().name("watched-connection").start(this::watch);
        }
        return new Watched(out);
    }

    private void watch() {
        try {
            while (!isClosed()) {
                Thread.sleep(LOOK);
                long began = since;
                long patience = Duration.ofMillis(getSoTimeout()).toNanos();
                if (began != NOT_WRITING && patience > 0 && System.nanoTime() - began > patience) {
                    givenUp = true;
                    close();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException closed) {
            // whoever writes or reads meets it
        }
    }

    private final class Watched extends FilterOutputStream {
        Watched(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            since = now();
            try {
                out.write(bytes, from, length);
            } catch (IOException failed) {
                throw givenUp ? silent(failed) : failed;
            } finally {
                since = NOT_WRITING;
            }
        }

        private static long now() {
            long now = System.nanoTime();
            return now == NOT_WRITING ? now + 1 : now;
        }

        private static IOException silent(IOException failed) {
            SocketException silent = new SocketException(
                    "the other side took nothing for as long as it may be silent, and was given up");
            silent.initCause(failed);
            return silent;
        }
    }
}
