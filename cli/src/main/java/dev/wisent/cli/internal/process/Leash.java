package dev.wisent.cli.internal.process;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/// What ties a process of a run to the one that watches it: its standard input. A byte there asks it to stop; when it ends, the
/// watcher is gone, however it died, and so goes the process, at once: what is not committed is nobody's.
public final class Leash {
    /// In the environment of a process that is watched.
    static final String VARIABLE = "WISENT_SUPERVISED";
    static final int STOP = 's';
    private static final int ORPHANED = 143;

    private Leash() {}

    /// Whether this process is watched by another one of Wisent.
    public static boolean isOn(Map<String, String> environment) {
        return environment.containsKey(VARIABLE);
    }

    /// From now on obeys `in`, on a thread of its own.
    ///
    /// @param stop called for each time a stop is asked for; must not wait
    /// @param orphaned called when the watcher is gone, before the end
    public static void hold(InputStream in, Runnable stop, Runnable orphaned) {
        Thread unused = Thread.ofPlatform().daemon(true).name("leash").start(() -> {
            try {
                for (int next = in.read(); next >= 0; next = in.read()) {
                    if (next == STOP) {
                        stop.run();
                    }
                }
            } catch (IOException e) {
                // As good as its end.
            }
            try {
                orphaned.run();
            } finally {
                Runtime.getRuntime().halt(ORPHANED);
            }
        });
    }
}
