package dev.wisent.bench;

import java.nio.file.Path;

/// Where the program under measurement is: the launcher of this source tree.
final class Launcher {
    private Launcher() {}

    static String path() {
        return Path.of(System.getProperty("bench.launcher", "wisent"))
                .toAbsolutePath()
                .toString();
    }
}
