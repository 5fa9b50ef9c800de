package dev.wisent.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// CPU time of this process by groups of threads, as the kernel counts it, compiler and garbage collector included: where the
/// CPU of a whole load goes. Threads that end between two looks are counted as last seen, so look often.
final class LakeThreads {
    private static final Path TASKS = Path.of("/proc/self/task");
    private static final int LOOK_EVERY_MILLIS = 20;
    /// Fields 14 and 15 of proc(5), counted from the one behind the name.
    private static final int UTIME = 11;

    /// Clock ticks a second on every Linux that Java runs on.
    private static final double TICKS = 100;

    private record Used(String group, double seconds) {}

    private final Map<String, Used> threads = new HashMap<>();

    /// Looks on from here to the end of the process.
    static LakeThreads watch() {
        LakeThreads watched = new LakeThreads();
        Thread unused = Thread.ofPlatform().daemon().name("looking").start(() -> {
            while (true) {
                try {
                    watched.look();
                    Thread.sleep(LOOK_EVERY_MILLIS);
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
        return watched;
    }

    private synchronized void look() {
        try (Stream<Path> tasks = Files.list(TASKS)) {
            for (Path task : tasks.toList()) {
                look(task);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void look(Path task) throws IOException {
        try {
            String stat = Files.readString(task.resolve("stat"));
            String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            double seconds = (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1])) / TICKS;
            threads.put(task.getFileName().toString(), new Used(name.replaceAll("[0-9]+", ""), seconds));
        } catch (NoSuchFileException gone) {
            // ended between the listing and now
        } catch (IOException e) {
            if (Files.exists(task)) {
                throw e;
            }
        }
    }

    /// Seconds by group since the process began.
    synchronized Map<String, Double> seconds() {
        look();
        Map<String, Double> seconds = new TreeMap<>();
        threads.values().forEach(used -> seconds.merge(used.group(), used.seconds(), Double::sum));
        return seconds;
    }

    /// What was used between two answers of [#seconds], for each GB, the largest first.
    static String between(Map<String, Double> before, Map<String, Double> after, double gigabytes) {
        List<Used> groups = after.entrySet().stream()
                .map(e -> new Used(e.getKey(), (e.getValue() - before.getOrDefault(e.getKey(), 0.0)) / gigabytes))
                .filter(used -> used.seconds() >= 0.005)
                .sorted(Comparator.comparingDouble(Used::seconds).reversed())
                .toList();
        StringBuilder text = new StringBuilder();
        groups.forEach(used -> text.append(String.format(Locale.ROOT, "%s %.2f, ", used.group(), used.seconds())));
        return text.toString();
    }
}
