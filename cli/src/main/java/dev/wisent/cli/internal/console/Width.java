package dev.wisent.cli.internal.console;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// How wide the terminal is.
@FunctionalInterface
interface Width {
    /// Where nobody can tell.
    int USUAL = 80;

    int characters();

    /// Asks `stty`, which is wherever there are terminals, at most every two seconds: windows change their size. `COLUMNS`
    /// wins.
    static Width ofTerminal(Map<String, String> environment) {
        int fixed = number(environment.getOrDefault("COLUMNS", ""));
        if (fixed > 0) {
            return () -> fixed;
        }
        AtomicLong askedAt = new AtomicLong();
        AtomicInteger known = new AtomicInteger();
        return () -> {
            long now = System.nanoTime();
            if (known.get() == 0 || now - askedAt.get() > Duration.ofSeconds(2).toNanos()) {
                askedAt.set(now);
                known.set(asked());
            }
            return known.get();
        };
    }

    private static int asked() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String[] size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ", 2);
            stty.waitFor(1, TimeUnit.SECONDS);
            int columns = size.length == 2 ? number(size[1]) : 0;
            return columns > 0 ? columns : USUAL;
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
