package dev.wisent.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What transforms cost: whole runs of the same rows without and with each step, in turn. Generated rows, the same rows from
/// NDJSON files, and records with objects in them, into NDJSON files.
record TransformCost(Path work) {
    private static final int ROUNDS = 3;
    private static final long GENERATED = 3_000_000;
    private static final long PER_FILE = 750_000;
    private static final int FILES = 2;

    private static final String NONE = "none";

    /// By what the table calls them. The first is what the others are compared with.
    private static final Map<String, String> STEPS = new LinkedHashMap<>();

    private static final Map<String, String> NESTED_STEPS = new LinkedHashMap<>();

    static {
        STEPS.put(NONE, "");
        STEPS.put("rename", "{label: t, rename: {note: remark}}");
        STEPS.put("drop status", "{label: t, drop: [status]}");
        STEPS.put("cast int64 to int32", "{label: t, cast: {customer_id: int32}}");
        STEPS.put("cast int64 to string", "{label: t, cast: {customer_id: string}}");
        STEPS.put("cast decimal(12,2) to decimal(14,4)", "{label: t, cast: {amount: \"decimal(14,4)\"}}");
        STEPS.put("mask redact", "{label: t, mask: {status: redact}}");
        STEPS.put("mask hash of five values", "{label: t, mask: {status: hash}}");
        STEPS.put("mask hash of different values", "{label: t, mask: {id: hash}}");
        STEPS.put("the same with a salt", "{label: t, mask: {id: hash}, salt: pepper}");
        STEPS.put("sql one number", "{label: t, sql: \"SELECT *, customer_id + 1 AS next FROM batch\"}");
        STEPS.put(
                "sql upper, where",
                "{label: t, sql: \"SELECT * REPLACE (upper(status) AS status) FROM batch WHERE id <> 2\"}");
        NESTED_STEPS.put(NONE, "");
        NESTED_STEPS.put("flatten a struct", "{label: t, flatten: [address]}");
        NESTED_STEPS.put("flatten json", "{label: t, flatten: [more]}");
    }

    void run() throws IOException, InterruptedException {
        System.out.println("\n## transforms: whole runs with one step against the same run without (median of " + ROUNDS
                + "; 1.00 = no cost)");
        System.out.println("step | generator: wall, CPU | files: wall, CPU");
        String generator = "{name: generator, stream: orders, rows: %d, record_bytes: 200, page_size: 1000, seed: 1}";
        Path input = work.resolve("transform-input");
        Machine.delete(input);
        for (int i = 0; i < FILES; i++) {
            once(generator.formatted(PER_FILE), "", input.resolve("part" + i));
        }
        Map<String, Used> generated = measure(generator.formatted(GENERATED), STEPS);
        Map<String, Used> files = measure(
                "{name: files, stream: orders, path: \"" + input
                        + "/*/*.ndjson\", format: ndjson, schema: {fields: [{name: id, type: int64}, {name: customer_id, type: int64}, {name: status, type: string}, {name: amount, type: \"decimal(12,2)\"}, {name: created_at, type: timestamp}, {name: note, type: string}]}}",
                STEPS);
        STEPS.keySet()
                .forEach(step ->
                        System.out.println(step + " | " + ratios(generated, step) + " | " + ratios(files, step)));
        Machine.delete(input);
        nested(input);
        System.out.println("step | files with objects in the records: wall, CPU");
        Map<String, Used> nested = measure(
                "{name: files, stream: orders, path: \"" + input
                        + "/*.ndjson\", format: ndjson, schema: {fields: [{name: id, type: int64}, {name: address, type: \"struct<city:string,zip:int64>\"}, {name: more, type: json}, {name: note, type: string}]}}",
                NESTED_STEPS);
        NESTED_STEPS.keySet().forEach(step -> System.out.println(step + " | " + ratios(nested, step)));
        Machine.delete(input);
    }

    private static void nested(Path input) throws IOException {
        Files.createDirectories(input);
        for (int file = 0; file < FILES; file++) {
            try (BufferedWriter out = Files.newBufferedWriter(input.resolve(file + ".ndjson"))) {
                for (long n = 0; n < PER_FILE; n++) {
                    out.write(
                            "{\"id\":" + n + ",\"address\":{\"city\":\"Lenzing " + n % 100 + "\",\"zip\":" + n % 9_999
                                    + "},\"more\":{\"tag\":\"t" + n % 7 + "\",\"at\":{\"x\":" + n % 360
                                    + ",\"y\":1.5}},\"note\":\"as long as a remark may well be when somebody has something to say\"}\n");
                }
            }
        }
    }

    private record Used(double wall, double cpu) {}

    private static String ratios(Map<String, Used> medians, String step) {
        Used none = medians.getOrDefault(NONE, new Used(1, 1));
        Used used = medians.getOrDefault(step, none);
        return String.format(
                Locale.ROOT,
                "%.2f s %.2f, %.2f s %.2f",
                used.wall(),
                used.wall() / none.wall(),
                used.cpu(),
                used.cpu() / none.cpu());
    }

    private Map<String, Used> measure(String source, Map<String, String> steps)
            throws IOException, InterruptedException {
        Map<String, double[]> wall = new LinkedHashMap<>();
        Map<String, double[]> cpu = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (Map.Entry<String, String> step : steps.entrySet()) {
                Child child = once(source, step.getValue(), work.resolve("transformed"));
                wall.computeIfAbsent(step.getKey(), s -> new double[ROUNDS])[round] = child.seconds();
                cpu.computeIfAbsent(step.getKey(), s -> new double[ROUNDS])[round] = child.cpuSeconds();
            }
        }
        Map<String, Used> medians = new LinkedHashMap<>();
        wall.forEach((step, all) -> medians.put(
                step, new Used(Machine.median(all), Machine.median(cpu.getOrDefault(step, new double[ROUNDS])))));
        return medians;
    }

    private Child once(String source, String step, Path out) throws IOException, InterruptedException {
        Path pipeline = work.resolve("transforms.yml");
        Files.writeString(pipeline, """
                name: transforms
                source: %s
                destination: {name: file, config: {path: "%s", format: ndjson}}
                transforms: [%s]
                """.formatted(source, out, step));
        Machine.delete(out);
        Machine.delete(work.resolve(".wisent"));
        Child child = Child.run(work, List.of(Launcher.path(), "run", pipeline.toString(), "--json"));
        if (out.endsWith("transformed")) {
            Machine.delete(out);
        }
        return child;
    }
}
