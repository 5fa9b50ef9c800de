package dev.wisent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What transforms cost: whole runs of the same rows without and with each step, in turn. Generated rows, and the same rows
/// from
/// NDJSON files, into NDJSON files.
record TransformCost(Path work) {
    private static final int ROUNDS = 5;
    private static final long GENERATED = 10_000_000;
    private static final long PER_FILE = 1_000_000;
    private static final int FILES = 4;

    /// By what the table calls them. The first is what the others are compared with.
    private static final Map<String, String> STEPS = new LinkedHashMap<>();

    static {
        STEPS.put("none", "");
        STEPS.put("rename", "{label: t, rename: {note: remark}}");
        STEPS.put("drop status", "{label: t, drop: [status]}");
        STEPS.put("cast int64 to int32", "{label: t, cast: {customer_id: int32}}");
        STEPS.put("cast int64 to string", "{label: t, cast: {customer_id: string}}");
        STEPS.put("mask redact", "{label: t, mask: {status: redact}}");
        STEPS.put("mask hash", "{label: t, mask: {status: hash}}");
        STEPS.put("jq '.tag = \"t\"'", "{label: t, jq: '.tag = \"t\"'}");
    }

    void run() throws IOException, InterruptedException {
        System.out.println("\n## transforms: whole runs with one step against the same run without (median of " + ROUNDS
                + "; 1.00 = no cost)");
        System.out.println("step | generator s | ratio | files s | ratio");
        String generator = "{name: generator, stream: orders, rows: %d, record_bytes: 200, page_size: 1000, seed: 1}";
        Path input = work.resolve("transform-input");
        Machine.delete(input);
        for (int i = 0; i < FILES; i++) {
            once(generator.formatted(PER_FILE), "", input.resolve("part" + i));
        }
        Map<String, Double> generated = measure(generator.formatted(GENERATED));
        Map<String, Double> files = measure(
                "{name: files, stream: orders, path: \"" + input
                        + "/*/*.ndjson\", format: ndjson, schema: {fields: [{name: id, type: int64}, {name: customer_id, type: int64}, {name: status, type: string}, {name: amount, type: \"decimal(12,2)\"}, {name: created_at, type: timestamp}, {name: note, type: string}]}}");
        for (String step : STEPS.keySet()) {
            double first = generated.getOrDefault(step, 0.0);
            double second = files.getOrDefault(step, 0.0);
            System.out.printf(
                    Locale.ROOT,
                    "%s | %.2f | %.2f | %.2f | %.2f%n",
                    step,
                    first,
                    first / generated.getOrDefault("none", 0.0),
                    second,
                    second / files.getOrDefault("none", 0.0));
        }
        Machine.delete(input);
    }

    private Map<String, Double> measure(String source) throws IOException, InterruptedException {
        Map<String, double[]> seconds = new LinkedHashMap<>();
        STEPS.keySet().forEach(step -> seconds.put(step, new double[ROUNDS]));
        for (int round = 0; round < ROUNDS; round++) {
            for (Map.Entry<String, double[]> step : seconds.entrySet()) {
                String text = STEPS.getOrDefault(step.getKey(), "");
                step.getValue()[round] = once(source, text, work.resolve("transformed"));
            }
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        seconds.forEach((step, all) -> medians.put(step, Machine.median(all)));
        return medians;
    }

    private double once(String source, String step, Path out) throws IOException, InterruptedException {
        Path pipeline = work.resolve("transforms.yml");
        Files.writeString(pipeline, """
                name: transforms
                source: %s
                destination: {name: file, config: {path: "%s", format: ndjson}}
                transforms: [%s]
                """.formatted(source, out, step));
        Machine.delete(out);
        Machine.delete(work.resolve(".wisent"));
        double seconds = Child.run(work, List.of(Launcher.path(), "run", pipeline.toString(), "--json"))
                .seconds();
        if (out.endsWith("transformed")) {
            Machine.delete(out);
        }
        return seconds;
    }
}
