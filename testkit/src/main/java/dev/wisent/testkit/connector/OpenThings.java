package dev.wisent.testkit.connector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What this process holds: platform threads, and, where the system tells (`/proc`), files and connections.
record OpenThings(Map<String, Integer> files, Set<Thread> threads) {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    static OpenThings now() {
        Map<String, Integer> files = new HashMap<>();
        if (Files.isDirectory(DESCRIPTORS)) {
            try (Stream<Path> all = Files.list(DESCRIPTORS)) {
                for (Path each : all.toList()) {
                    name(each).ifPresent(name -> files.merge(name, 1, Integer::sum));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new OpenThings(files, Set.copyOf(Thread.getAllStackTraces().keySet()));
    }

    /// Jars are the class loader's, devices and unnamed things the JVM's.
    private static Optional<String> name(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            boolean ours = !target.endsWith(".jar") && !target.startsWith("/dev/") && !target.startsWith("anon_inode");
            boolean list = target.startsWith("/proc/");
            return ours && !list
                    ? Optional.of(target.replaceAll("socket:.*", "socket").replaceAll("pipe:.*", "pipe"))
                    : Optional.empty();
        } catch (IOException closedMeanwhile) {
            return Optional.empty();
        }
    }

    /// What was not there `before`.
    ///
    /// @param service how names of threads begin that are the service's in this process
    List<String> since(OpenThings before, Optional<String> service) {
        List<String> more = new ArrayList<>();
        files.forEach((name, count) -> {
            int added = count - before.files.getOrDefault(name, 0);
            if (added > 0) {
                more.add(added + " × " + name);
            }
        });
        threads.stream()
                .filter(thread -> thread.isAlive() && !before.threads.contains(thread))
                .filter(OpenThings::isOurs)
                .filter(thread -> service.filter(thread.getName()::startsWith).isEmpty())
                .forEach(thread -> more.add("thread " + thread.getName()));
        return more;
    }

    /// The JVM starts threads of its own when it likes.
    private static boolean isOurs(Thread thread) {
        String name = thread.getName();
        ThreadGroup group = thread.getThreadGroup();
        boolean system = group == null
                || group.getName().equals("system")
                || group.getName().equals("InnocuousThreadGroup");
        return !system
                && !name.startsWith("ForkJoinPool")
                && !name.startsWith("awaitility")
                && !name.startsWith("junit");
    }
}
