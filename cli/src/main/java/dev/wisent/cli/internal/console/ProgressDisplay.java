package dev.wisent.cli.internal.console;

import dev.wisent.cli.internal.config.LogLevel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/// Tells how far the streams are: on a terminal one line each, as many as there is room for, drawn over again; elsewhere a line
/// each, seldom. Called from one thread at a time.
public final class ProgressDisplay {
    private static final long REDRAW = Duration.ofMillis(200).toNanos();
    private static final long LOG = Duration.ofSeconds(5).toNanos();

    private final Console console;
    private final LongSupplier nanos;
    private long last;
    private long told;

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
        // one column stays free: a character in the last one makes some terminals wrap
        int width = console.size().columns() - 1;
        int room = Math.max(1, console.size().rows() - 1);
        int shown = streams.size() <= room ? streams.size() : room - 1;
        List<String> lines = new ArrayList<>();
        streams.subList(0, shown).forEach(stream -> lines.add(stream.line(width)));
        if (shown < streams.size()) {
            List<StreamSnapshot> others = streams.subList(shown, streams.size());
            lines.add(StreamSnapshot.line(others, width));
        }
        console.draw(lines);
    }

    /// Clears what is drawn.
    public synchronized void clear() {
        console.erase();
    }
}
