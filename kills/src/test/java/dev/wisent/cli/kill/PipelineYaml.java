package dev.wisent.cli.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A pipeline file in the making; copied by each change. Values are YAML text.
record PipelineYaml(Map<String, Object> source, Map<String, Object> destination, Map<String, Object> engine) {
    static final String FILE = "pipeline.yml";
    private static final String PATH = "path";

    /// `rows` generated orders to the folder `out/`.
    static PipelineYaml orders(long rows) {
        return new PipelineYaml(
                Map.of("name", "generator", "stream", "orders", "rows", rows), Map.of("path", "out/"), Map.of());
    }

    /// The files `glob` to the folder `out/`.
    static PipelineYaml files(String glob) {
        return new PipelineYaml(
                Map.of("name", "files", "stream", "events", "path", glob), Map.of("path", "out/"), Map.of());
    }

    PipelineYaml source(String key, Object value) {
        return new PipelineYaml(with(source, key, value), destination, engine);
    }

    PipelineYaml destination(String key, Object value) {
        return new PipelineYaml(source, with(destination, key, value), engine);
    }

    PipelineYaml engine(String key, Object value) {
        return new PipelineYaml(source, destination, with(engine, key, value));
    }

    /// Leases that a test can wait for.
    PipelineYaml shortLease() {
        return engine("lease", "{heartbeat: 0.2, expiry: 1}");
    }

    PipelineYaml store(String database) {
        return engine("backend", "{type: sqlite, config: {database: " + database + "}}");
    }

    private static Map<String, Object> with(Map<String, Object> map, String key, Object value) {
        Map<String, Object> more = new TreeMap<>(map);
        more.put(key, value);
        return more;
    }

    void write(Path folder) {
        write(folder, FILE);
    }

    void write(Path folder, String file) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(file), """
                    name: trial
                    source: %s
                    destination: {name: file, config: %s}
                    engine: %s
                    """.formatted(
                            flow(in(folder, source)), flow(in(folder, destination)), flow(engine)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// With a path that is the same one from everywhere, whichever process runs it.
    private static Map<String, Object> in(Path folder, Map<String, Object> map) {
        Object path = map.get(PATH);
        return path == null || path.toString().startsWith("/")
                ? map
                : with(map, PATH, folder.toAbsolutePath() + "/" + path);
    }

    private static String flow(Map<String, Object> map) {
        return map.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
