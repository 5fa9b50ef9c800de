package dev.wisent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// How long a short command takes, launcher included: `--help`, `check`, `preview`, and a run of five rows.
record StartUp(Path work) {
    private static final int ROUNDS = 11;

    void run() throws IOException, InterruptedException {
        System.out.println("\n## start-up (median of " + ROUNDS + " whole processes)");
        System.out.printf("--help: %.0f ms%n", 1000 * median(List.of(Launcher.path(), "--help")));
        Path pipeline = work.resolve("five.yml");
        Files.writeString(pipeline, """
                name: five
                source: {name: generator, stream: orders, rows: 5, seed: 1}
                destination: {name: file, config: {path: five/}}
                """);
        System.out.printf("check: %.0f ms%n", 1000 * median(List.of(Launcher.path(), "check", pipeline.toString())));
        System.out.printf(
                "preview: %.0f ms%n", 1000 * median(List.of(Launcher.path(), "preview", pipeline.toString())));
        System.out.printf(
                "run of 5 rows: %.0f ms%n", 1000 * median(List.of(Launcher.path(), "run", pipeline.toString())));
    }

    private double median(List<String> command) throws IOException, InterruptedException {
        double[] seconds = new double[ROUNDS];
        Child.run(work, command);
        for (int i = 0; i < ROUNDS; i++) {
            seconds[i] = Child.run(work, command).seconds();
        }
        return Machine.median(seconds);
    }
}
