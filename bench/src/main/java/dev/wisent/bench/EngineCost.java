package dev.wisent.bench;

import dev.wisent.api.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What the engine costs: NDJSON files → NDJSON files through a whole run with one worker, against the same reader, decoder and
/// encoder called in a plain loop on one thread. Both fsync. Each side has processes of its own, in turn: in one process
/// each would change how the other is compiled, by more than the difference that is looked for.
record EngineCost(Path work) {
    static final long BUFFER = 50L << 20;
    static final long ROWS = 1_600_000;
    private static final int FORKS = 5;

    private record Used(List<Double> wall, List<Double> cpu) {
        Used() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        static double median(List<Double> values) {
            return Machine.median(values.stream().mapToDouble(v -> v).toArray());
        }
    }

    void run() throws IOException, InterruptedException {
        System.out.println("\n## the engine's own cost: files → file, one worker, against a plain loop");
        Path input = work.resolve("cost-input");
        long bytes = prepare(input);
        Used engine = new Used();
        Used loop = new Used();
        for (int i = 0; i < FORKS; i++) {
            measure("engine", engine);
            measure("loop", loop);
        }
        double wall = Used.median(engine.wall());
        System.out.printf(
                Locale.ROOT,
                "engine/loop, medians of %d rounds in %d processes each: wall %.3f, CPU %.3f (1.00 = no cost); engine %.0f MB/s of input%n",
                engine.wall().size(),
                FORKS,
                wall / Used.median(loop.wall()),
                Used.median(engine.cpu()) / Used.median(loop.cpu()),
                bytes / wall / 1e6);
        Machine.delete(input);
    }

    private void measure(String side, Used used) throws IOException, InterruptedException {
        Child child = Child.run(
                work,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx1g",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dbench.work=" + work,
                        Bench.class.getName(),
                        "cost-side-" + side));
        child.output().lines().filter(line -> line.matches("[0-9.]+ [0-9.]+")).forEach(line -> {
            String[] parts = line.split(" ", 2);
            used.wall().add(Double.valueOf(parts[0]));
            used.cpu().add(Double.valueOf(parts[1]));
        });
    }

    private long prepare(Path input) throws IOException {
        Machine.delete(input);
        Files.createDirectories(input);
        try (Source source = Connectors.generator(ROWS)) {
            new PlainLoop(source, input, BUFFER).run();
        }
        long bytes = 0;
        try (var files = Files.list(input)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }
}
