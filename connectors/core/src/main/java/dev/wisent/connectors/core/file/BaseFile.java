package dev.wisent.connectors.core.file;

import dev.wisent.api.LaneId;
import dev.wisent.api.commit.CommitJson;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.Progress;
import dev.wisent.api.commit.ProgressJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A [State] as lines of JSON, first one with the format, last one with their count: a million splits never are one
/// tree, and a cut file is noticed.
final class BaseFile {
    private final List<Part> live = new ArrayList<>();
    private final List<Part> opened = new ArrayList<>();
    private final ProgressJson.Reader progress = new ProgressJson.Reader();
    private GenerationId liveId = GenerationId.FIRST;
    private Optional<Generation> open = Optional.empty();

    private BaseFile() {}

    static void write(OutputStream out, State state) throws IOException {
        try {
            Lines lines = new Lines(out);
            lines.add(object().put("format", CommitJson.FORMAT).put("base", state.n()));
            ProgressJson.write(state.progress(), lines::add);
            Contents contents = state.contents();
            ObjectNode generations =
                    object().put("live_generation", contents.liveId().number());
            contents.open()
                    .ifPresent(generation -> generations
                            .put("open_generation", generation.id().number())
                            .put("open_kind", generation.kind().name()));
            lines.add(generations);
            contents.live().forEach(part -> lines.add(part.json().put("part", "live")));
            contents.opened().forEach(part -> lines.add(part.json().put("part", "open")));
            lines.add(object().put("lines", lines.count));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static final class Lines {
        private final OutputStream out;
        private long count;

        Lines(OutputStream out) {
            this.out = out;
        }

        void add(ObjectNode line) {
            try {
                out.write(line.toString().getBytes(StandardCharsets.UTF_8));
                out.write('\n');
                count++;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static State read(Bookkeeping bookkeeping, long n) throws IOException {
        String name = ManifestLog.BASE + n;
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(bookkeeping.open(name), StandardCharsets.UTF_8))) {
            return new BaseFile().read(reader, n);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new ManifestLog(bookkeeping).damaged(name, e);
        }
    }

    private State read(BufferedReader reader, long n) throws IOException {
        long count = 0;
        while (true) {
            String text = reader.readLine();
            if (text == null) {
                throw new IllegalArgumentException("it ends after " + count + " lines");
            }
            JsonNode line = JsonMapper.shared().readTree(text);
            if (line.has("lines")) {
                if (line.path("lines").longValue(-1) != count) {
                    throw new IllegalArgumentException("lines are missing");
                }
                break;
            }
            take(line);
            count++;
        }
        Progress restored = progress.finish();
        if (restored.last(LaneId.FIRST) != n) {
            throw new IllegalArgumentException("it holds commit " + restored.last(LaneId.FIRST));
        }
        return new State(restored, Contents.restore(liveId, live, open, opened), n);
    }

    private void take(JsonNode line) {
        if (line.has("base")) {
            CommitJson.checkFormat(line);
        } else if (line.has("part")) {
            (line.path("part").stringValue("").equals("live") ? live : opened).add(Part.of(line));
        } else if (line.has("live_generation")) {
            liveId = new GenerationId(line.path("live_generation").longValue(0));
            if (line.has("open_generation")) {
                open = Optional.of(new Generation(
                        new GenerationId(line.path("open_generation").longValue(0)),
                        Generation.Kind.valueOf(line.path("open_kind").stringValue(""))));
            }
        } else if (!progress.accept(line)) {
            throw new IllegalArgumentException("nobody knows the line " + line);
        }
    }
}
