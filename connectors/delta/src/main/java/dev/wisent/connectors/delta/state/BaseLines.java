package dev.wisent.connectors.delta.state;

import dev.wisent.api.commit.CommitJson;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.ProgressJson;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A [DeltaState] as lines of JSON, the first with the format, the last with their count: a cut object is noticed.
public final class BaseLines {
    private final ProgressJson.Reader progress = new ProgressJson.Reader();
    private final List<DataFile> opened = new ArrayList<>();
    private final Set<String> named = new HashSet<>();
    private final Map<String, Long> dropped = new HashMap<>();
    private Optional<Generation> open = Optional.empty();
    private long sweptBelow;

    private BaseLines() {}

    /// Hands the lines to `out`, one at a time: equal states give equal bytes.
    public static void write(DeltaState state, OutputStream out) throws IOException {
        try {
            Lines lines = new Lines(new BufferedOutputStream(out, 1 << 16));
            lines.add(object().put("format", CommitJson.FORMAT).put("base", state.n()));
            ProgressJson.lines(state.progress(), lines::add);
            ObjectNode rest = object().put("swept_below", state.sweptBelow());
            state.open()
                    .ifPresent(generation -> rest.put(
                                    "open_generation", generation.id().number())
                            .put("open_kind", generation.kind().name()));
            lines.add(rest);
            state.opened().forEach(file -> lines.add(file.json()));
            new TreeSet<>(state.named()).forEach(name -> lines.add(object().put("named", name)));
            new TreeMap<>(state.dropped())
                    .forEach(
                            (name, n) -> lines.add(object().put("dropped", name).put("at", n)));
            lines.add(object().put("lines", lines.count));
            lines.out.flush();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static final class Lines {
        final OutputStream out;
        long count;

        Lines(OutputStream out) {
            this.out = out;
        }

        void add(ObjectNode line) {
            add(line.toString());
        }

        void add(String line) {
            try {
                out.write(line.getBytes(StandardCharsets.UTF_8));
                out.write('\n');
                count++;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Inverse of [#write]. What is none, or was cut, is an [IllegalArgumentException].
    public static DeltaState read(InputStream content) throws IOException {
        BaseLines lines = new BaseLines();
        long count = 0;
        long told = -1;
        try {
            BufferedReader reader = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8));
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                JsonNode line = JsonMapper.shared().readTree(text);
                told = line.path("lines").longValue(-1);
                if (told < 0) {
                    lines.take(line, text);
                    count++;
                }
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
        if (told != count) {
            throw new IllegalArgumentException("lines are missing after " + count);
        }
        return new DeltaState(
                lines.progress.finish(), lines.open, lines.opened, lines.named, lines.dropped, lines.sweptBelow);
    }

    private void take(JsonNode line, String text) {
        if (line.has("base")) {
            CommitJson.checkFormat(line.path("format").longValue(0));
        } else if (line.has("add")) {
            opened.add(DataFile.of(line));
        } else if (line.has("named")) {
            named.add(line.path("named").stringValue(""));
        } else if (line.has("dropped")) {
            dropped.put(line.path("dropped").stringValue(""), line.path("at").longValue(0));
        } else if (line.has("swept_below")) {
            sweptBelow = line.path("swept_below").longValue(0);
            if (line.has("open_generation")) {
                open = Optional.of(new Generation(
                        new GenerationId(line.path("open_generation").longValue(0)),
                        Generation.Kind.valueOf(line.path("open_kind").stringValue(""))));
            }
        } else if (!progress.accept(text)) {
            throw new IllegalArgumentException("nobody knows the line " + line);
        }
    }
}
