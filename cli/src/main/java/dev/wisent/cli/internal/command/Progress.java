package dev.wisent.cli.internal.command;

import dev.wisent.api.StreamId;
import dev.wisent.cli.internal.alert.Alerts;
import dev.wisent.cli.internal.config.LogLevel;
import dev.wisent.cli.internal.console.Console;
import dev.wisent.cli.internal.console.ProgressDisplay;
import dev.wisent.cli.internal.console.StreamSnapshot;
import dev.wisent.engine.RunListener;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Shows how far the streams are that run just now.
final class Progress implements RunListener {
    private static final double NANOS = 1e9;

    private final ProgressDisplay display;
    private final Console console;
    private final Alerts alerts;
    private final Map<StreamId, StreamSnapshot> running = new LinkedHashMap<>();

    Progress(ProgressDisplay display, Console console, Alerts alerts) {
        this.display = display;
        this.console = console;
        this.alerts = alerts;
    }

    @Override
    public synchronized void warning(StreamId stream, String text) {
        console.talk(LogLevel.WARNING, "warning: " + stream + ": " + text);
        alerts.warned(text);
    }

    @Override
    public synchronized void progress(StreamId stream, Snapshot progress) {
        running.put(
                stream,
                new StreamSnapshot(
                        stream.name(),
                        progress.rows(),
                        progress.bytes(),
                        progress.rejects(),
                        progress.commits(),
                        progress.elapsed().toNanos() / NANOS,
                        progress.expectedBytes(),
                        progress.lag(),
                        progress.latencyP50(),
                        progress.latencyP99()));
        display.show(List.copyOf(running.values()));
    }

    @Override
    public synchronized void ended(StreamId stream) {
        running.remove(stream);
        if (running.isEmpty()) {
            display.clear();
        }
    }
}
