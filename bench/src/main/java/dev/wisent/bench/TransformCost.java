package dev.wisent.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What transforms cost: whole runs of the same rows in pairs, without a step and with it, one after the other. A pair shares
/// the state of the machine; the result is the median of the pairs' ratios. Generated rows, the same rows from NDJSON files,
/// and records with objects in them, into NDJSON files; and the events of [LakeData] from compressed files into Parquet.
///
/// `bench/run transforms -Dbench.transforms.series=events` measures one series only; `generator`, `files`, `nested` and
/// `events` can be named, several with commas between them. The events are made once and kept; `-Dbench.lake.files` and
/// `-Dbench.transforms.pairs` make it shorter, and `-Dbench.transforms.steps=salt` measures only the steps with that word.
record TransformCost(Path work) {
    private static final int PAIRS = Integer.getInteger("bench.transforms.pairs", 5);
    private static final String STEPS_WANTED = System.getProperty("bench.transforms.steps", "");
    /// Enough for runs of several seconds: the start of the JVM and of DuckDB is in all figures.
    private static final long GENERATED = 6_000_000;
    private static final long PER_FILE = 750_000;
    private static final int FILES = 2;

    private static final String NONE = "";
    private static final String ORDERS =
            "{name: generator, stream: orders, rows: %d, record_bytes: 200, page_size: 1000, seed: 1}";

    /// By what the table calls them.
    private static final Map<String, String> STEPS = new LinkedHashMap<>();

    private static final Map<String, String> NESTED_STEPS = new LinkedHashMap<>();

    /// Over events as a lake gets them.
    private static final Map<String, String> EVENT_STEPS = new LinkedHashMap<>();

    static {
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
        NESTED_STEPS.put("flatten a struct", "{label: t, flatten: [address]}");
        NESTED_STEPS.put("flatten json", "{label: t, flatten: [more]}");
        EVENT_STEPS.put("rename", "{label: t, rename: {page: url}}");
        EVENT_STEPS.put("drop", "{label: t, drop: [coupon]}");
        EVENT_STEPS.put("cast int64 to int32", "{label: t, cast: {user_id: int32}}");
        EVENT_STEPS.put("cast int64 to string", "{label: t, cast: {user_id: string}}");
        EVENT_STEPS.put("mask redact", "{label: t, mask: {comment: redact}}");
        EVENT_STEPS.put("mask hash of eight values", "{label: t, mask: {type: hash}}");
        EVENT_STEPS.put("mask hash of different values", "{label: t, mask: {ip: hash}}");
        EVENT_STEPS.put("the same with a salt", "{label: t, mask: {ip: hash}, salt: pepper}");
        EVENT_STEPS.put("flatten a struct on two levels", "{label: t, flatten: [device]}");
        EVENT_STEPS.put(
                "sql upper, where",
                "{label: t, sql: \"SELECT * REPLACE (upper(country) AS country) FROM batch WHERE quantity <> 2\"}");
    }

    /// What `-Dbench.transforms.series=` chooses among.
    private enum Series {
        GENERATOR,
        FILES,
        NESTED,
        EVENTS
    }

    void run() throws IOException, InterruptedException {
        System.out.println(
                "\n## transforms: whole runs in pairs, without a step and with it: seconds without, and the ratio"
                        + " (wall, CPU), medians of " + PAIRS + " pairs; 1.00 = no cost");
        for (Series series : wanted()) {
            switch (series) {
                case GENERATOR -> measure("generator", ORDERS.formatted(GENERATED), STEPS);
                case FILES -> files(work.resolve("transform-input"));
                case NESTED -> records(work.resolve("transform-input"));
                case EVENTS -> events();
            }
        }
    }

    private static List<Series> wanted() {
        String chosen = System.getProperty("bench.transforms.series", "all");
        return chosen.equals("all")
                ? List.of(Series.values())
                : Stream.of(chosen.split(","))
                        .map(name -> Series.valueOf(name.strip().toUpperCase(Locale.ROOT)))
                        .toList();
    }

    private void files(Path input) throws IOException, InterruptedException {
        Machine.delete(input);
        for (int i = 0; i < FILES; i++) {
            once(ORDERS.formatted(PER_FILE), NONE, input.resolve("part" + i));
        }
        measure(
                "files",
                "{name: files, stream: orders, path: \"" + input
                        + "/*/*.ndjson\", format: ndjson, schema: {fields: [{name: id, type: int64}, {name: customer_id, type: int64}, {name: status, type: string}, {name: amount, type: \"decimal(12,2)\"}, {name: created_at, type: timestamp}, {name: note, type: string}]}}",
                STEPS);
        Machine.delete(input);
    }

    private void records(Path input) throws IOException, InterruptedException {
        Machine.delete(input);
        nested(input);
        measure(
                "files with objects in the records",
                "{name: files, stream: orders, path: \"" + input
                        + "/*.ndjson\", format: ndjson, schema: {fields: [{name: id, type: int64}, {name: address, type: \"struct<city:string,zip:int64>\"}, {name: more, type: json}, {name: note, type: string}]}}",
                NESTED_STEPS);
        Machine.delete(input);
    }

    private void events() throws IOException, InterruptedException {
        LakeData.prepare(work, LakeData.Kind.EVENTS);
        String fields = LakeData.COLUMNS.entrySet().stream()
                .map(column -> "{name: %s, type: \"%s\"}".formatted(column.getKey(), column.getValue()))
                .collect(Collectors.joining(", "));
        measure(
                "compressed events into Parquet",
                "{name: files, stream: events, path: \"" + work.resolve(LakeData.Kind.EVENTS.folder())
                        + "/*.ndjson.zst\", format: ndjson, schema: {fields: [" + fields + "]}}",
                EVENT_STEPS);
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

    private void measure(String from, String source, Map<String, String> steps)
            throws IOException, InterruptedException {
        System.out.println(from + ": step | without: wall, CPU | with / without: wall, CPU");
        Path out = work.resolve("transformed");
        once(source, NONE, out);
        for (Map.Entry<String, String> step : steps.entrySet()) {
            if (!step.getKey().contains(STEPS_WANTED)) {
                continue;
            }
            double[][] seen = new double[4][PAIRS];
            for (int pair = 0; pair < PAIRS; pair++) {
                // in turn, for a run may find the machine as the one before it has left it
                boolean plainFirst = pair % 2 == 0;
                Child first = once(source, plainFirst ? NONE : step.getValue(), out);
                Child second = once(source, plainFirst ? step.getValue() : NONE, out);
                Child without = plainFirst ? first : second;
                Child with = plainFirst ? second : first;
                seen[0][pair] = without.seconds();
                seen[1][pair] = without.cpuSeconds();
                seen[2][pair] = with.seconds() / without.seconds();
                seen[3][pair] = with.cpuSeconds() / without.cpuSeconds();
            }
            System.out.println(String.format(
                    Locale.ROOT,
                    "%s | %.2f s, %.2f s | %.2f, %.2f",
                    step.getKey(),
                    Machine.median(seen[0]),
                    Machine.median(seen[1]),
                    Machine.median(seen[2]),
                    Machine.median(seen[3])));
        }
    }

    private Child once(String source, String step, Path out) throws IOException, InterruptedException {
        Path pipeline = work.resolve("transforms.yml");
        Files.writeString(
                pipeline, """
                name: transforms
                source: %s
                destination: {name: file, config: {path: "%s", format: %s}}
                transforms: [%s]
                """.formatted(source, out, source.contains(".ndjson.zst") ? "parquet" : "ndjson", step));
        Machine.delete(out);
        Machine.delete(work.resolve(".wisent"));
        Child child = Child.run(work, List.of(Launcher.path(), "run", pipeline.toString(), "--json"));
        if (out.endsWith("transformed")) {
            Machine.delete(out);
        }
        return child;
    }
}
