package dev.wisent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// One that is run again and again by the launcher, with nothing left of the run before. What it loads goes into [#loaded].
record Pipeline(Path work, String yaml) {
    private static final String FILE = "queues.yml";

    static Path loaded(Path work) {
        return work.resolve("loaded");
    }

    List<String> command() {
        return List.of(Launcher.path(), "run", FILE, "--json");
    }

    /// `check` builds the families, if that is still to be done.
    void prepare() throws IOException, InterruptedException {
        Machine.delete(loaded(work));
        Machine.delete(work.resolve(".wisent"));
        Files.writeString(work.resolve(FILE), yaml);
        Child.run(work, List.of(Launcher.path(), "check", FILE));
    }

    Child run() throws IOException, InterruptedException {
        prepare();
        return Child.run(work, command());
    }

    static double seconds(List<Child> runs) {
        return Machine.median(runs.stream().mapToDouble(Child::seconds).toArray());
    }

    /// Seconds of CPU, and the most memory of all of them.
    static String costs(List<Child> runs) {
        return String.format(
                Locale.ROOT,
                "%.2f | %d",
                Machine.median(runs.stream().mapToDouble(Child::cpuSeconds).toArray()),
                runs.stream().mapToLong(Child::peakMegabytes).max().orElse(0));
    }

    static void same(String expected, String found) {
        if (!found.equals(expected)) {
            throw new IllegalStateException("not what was there: " + found + " instead of " + expected);
        }
    }
}
