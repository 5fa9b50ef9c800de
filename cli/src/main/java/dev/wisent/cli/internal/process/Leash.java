package dev.wisent.cli.internal.process;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/// What ties a process of a run to the one that watches it: its standard input. A byte there asks it to stop; when it ends, the
/// watcher is gone, however it died, and so goes the process, at once: what is not committed is nobody's. Any thread.
public final class Leash {
    /// In the environment of a process that is watched.
    static final String VARIABLE = "WISENT_SUPERVISED";
    static final int STOP = 's';
    private static final int ORPHANED = 143;

    private Optional<Runnable> stop = Optional.empty();
    private int early;

    private Leash() {}

    /// From now on this process obeys `in`, on a thread of its own, if another one of Wisent watches it. To be called first of
    /// all: a process that is still looking for its connectors is in the way of the next run, too.
    public static Optional<Leash> ofProcess(Map<String, String> environment, InputStream in) {
        if (!environment.containsKey(VARIABLE)) {
            return Optional.empty();
        }
        Leash leash = new Leash();
        Thread unused = Thread.ofPlatform().daemon(true).name("leash").start(() -> leash.obey(in, environment));
        return Optional.of(leash);
    }

    private void obey(InputStream in, Map<String, String> environment) {
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == STOP) {
                    stop();
                }
            }
        } catch (IOException e) {
            // As good as its end.
        }
        try {
            MeetingPlace.of(environment).ifPresent(MeetingPlace::leave);
        } finally {
            Runtime.getRuntime().halt(ORPHANED);
        }
    }

    private synchronized void stop() {
        stop.ifPresentOrElse(Runnable::run, () -> early++);
    }

    /// `stop` is called for each time a stop is asked for, and was; it must not wait.
    public synchronized void onStop(Runnable stop) {
        this.stop = Optional.of(stop);
        for (; early > 0; early--) {
            stop.run();
        }
    }
}
