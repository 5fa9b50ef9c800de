package dev.wisent.cli.internal.console;

import dev.wisent.cli.internal.config.LogLevel;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/// Tells how far the streams are: on a terminal one line each, drawn over again; elsewhere a line each, seldom. Called from one
/// thread at a time.
public final class ProgressDisplay {
    private static final long REDRAW = Duration.ofMillis(200).toNanos();
    private static final long LOG = Duration.ofSeconds(5).toNanos();

    private final Console console;
    private final LongSupplier nanos;
    private long last;
    private long told;
    private int drawn;

    /// @param nanos a clock that never goes back, in ns
    public ProgressDisplay(Console console, LongSupplier nanos) {
        this.console = console;
        this.nanos = nanos;
        this.last = nanos.getAsLong();
        this.told = last;
    }

    /// Shows `streams`, unless it did so a moment ago.
    public synchronized void show(List<StreamSnapshot> streams) {
        long now = nanos.getAsLong();
        boolean terminal = console.mode() != Console.Mode.PLAIN && console.format() == Console.Format.TEXT;
        if (now - told >= LOG) {
            told = now;
            streams.forEach(stream -> console.event(LogLevel.INFO, "progress", stream::fill));
            if (!terminal) {
                streams.forEach(stream -> console.show(stream.line()));
            }
        }
        if (terminal && now - last >= REDRAW && console.tells(LogLevel.INFO)) {
            last = now;
            draw(streams);
        }
    }

    private void draw(List<StreamSnapshot> streams) {
        // one write a frame, and each line clears only what it leaves of the one before: nothing flickers, nothing
        // wraps
        int width = console.width() - 1;
        StringBuilder text = new StringBuilder(over());
        streams.forEach(stream -> text.append(stream.line(width)).append("\u001b[K\n"));
        drawn = streams.size();
        console.raw(text.toString());
    }

    /// Clears what is drawn, so that lines can follow.
    public synchronized void clear() {
        if (drawn > 0) {
            console.raw(over() + "\u001b[J");
            drawn = 0;
        }
    }

    /// To the start of what was drawn last.
    private String over() {
        return drawn == 0 ? "" : "\u001b[" + drawn + "A\r";
    }
}
