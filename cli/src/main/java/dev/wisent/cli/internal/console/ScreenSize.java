package dev.wisent.cli.internal.console;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// How many characters a line of the terminal takes, and how many lines there are.
record ScreenSize(int columns, int rows) {
    /// Where nobody can tell.
    static final ScreenSize USUAL = new ScreenSize(80, 24);

    /// Tells the size as it is now.
    @FunctionalInterface
    interface Teller {
        ScreenSize now();
    }

    /// Asks `stty`, which is wherever there are terminals, once and whenever the window changed; every two seconds where no
    /// signal tells that it did. `COLUMNS` and `LINES` win.
    static Teller ofTerminal(Map<String, String> environment) {
        int columns = number(environment.getOrDefault("COLUMNS", ""));
        int rows = number(environment.getOrDefault("LINES", ""));
        if (columns > 0) {
            ScreenSize fixed = new ScreenSize(columns, rows > 0 ? rows : USUAL.rows());
            return () -> fixed;
        }
        return new Asking();
    }

    private static final class Asking implements Teller {
        private final AtomicBoolean changed = new AtomicBoolean(true);
        private ScreenSize known = USUAL;
        private boolean begun;
        private boolean toldOfChanges;
        private long askedAt;

        @Override
        public synchronized ScreenSize now() {
            if (!begun) {
                begun = true;
                toldOfChanges = Signals.on("WINCH", () -> changed.set(true));
            }
            long now = System.nanoTime();
            boolean old =
                    !toldOfChanges && now - askedAt > Duration.ofSeconds(2).toNanos();
            if (changed.getAndSet(false) || old) {
                askedAt = now;
                known = asked();
            }
            return known;
        }
    }

    private static ScreenSize asked() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String[] size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ", 2);
            stty.waitFor(1, TimeUnit.SECONDS);
            int rows = number(size[0]);
            int columns = size.length == 2 ? number(size[1]) : 0;
            return columns > 0 && rows > 0 ? new ScreenSize(columns, rows) : USUAL;
        } catch (IOException noTerminal) {
            return USUAL;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return USUAL;
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException none) {
            return 0;
        }
    }
}
