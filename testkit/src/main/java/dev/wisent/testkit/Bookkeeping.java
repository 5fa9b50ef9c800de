package dev.wisent.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What `.wisent/` of a `file` destination says, put together from the base and the manifests after it: written from the
/// description of the format alone, so that it errs where the connector does not.
///
/// @param last the number of the last commit; 0: there is none
/// @param dataCommits commits of rows since the base
/// @param claimants the runs that claimed since the base, in order
/// @param open parts of the generation that is not published; empty: there is none
public record Bookkeeping(
        long last, long dataCommits, List<String> claimants, List<PartFile> live, Optional<List<PartFile>> open) {
    /// A part as a commit describes it. `rows` is not told by a base.
    public record PartFile(String folder, String name, long bytes, OptionalLong rows) {}

    private static final String MANIFEST = "manifest-";
    private static final String BASE = "base-";

    /// Reads the folder as it is. Nobody may commit meanwhile.
    public static Bookkeeping read(Path folder) {
        try {
            return new Fold(folder).fold();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Fold {
        private final Path folder;
        private final List<String> claimants = new ArrayList<>();
        private List<PartFile> live = new ArrayList<>();
        private Optional<List<PartFile>> open = Optional.empty();
        private long openId;
        private boolean replaces;
        private long dataCommits;

        Fold(Path folder) {
            this.folder = folder;
        }

        Bookkeeping fold() throws IOException {
            long n = base().orElse(0);
            while (Files.exists(manifest(n + 1))) {
                n++;
                take(JsonMapper.shared().readTree(content(manifest(n))));
            }
            return new Bookkeeping(n, dataCommits, claimants, live, open);
        }

        private Path manifest(long n) {
            return folder.resolve(MANIFEST + n);
        }

        /// A manifest is a file, or a folder with the file in it.
        private static String content(Path manifest) throws IOException {
            return Files.readString(Files.isDirectory(manifest) ? manifest.resolve("content") : manifest);
        }

        private OptionalLong base() throws IOException {
            OptionalLong newest = OptionalLong.empty();
            if (Files.isDirectory(folder)) {
                try (var names = Files.list(folder)) {
                    newest = names.map(path -> String.valueOf(path.getFileName()))
                            .filter(name -> name.matches(BASE + "\\d+"))
                            .mapToLong(name -> Long.parseLong(name.substring(BASE.length())))
                            .max();
                }
            }
            if (newest.isPresent()) {
                for (String line : Files.readAllLines(folder.resolve(BASE + newest.getAsLong()))) {
                    takeBase(JsonMapper.shared().readTree(line));
                }
            }
            return newest;
        }

        private void takeBase(JsonNode line) {
            if (line.has("open_generation")) {
                openId = line.path("open_generation").longValue(0);
                replaces = line.path("open_kind").stringValue("").equalsIgnoreCase("replace");
                open = Optional.of(open.orElseGet(ArrayList::new));
            } else if (line.path("part").stringValue("").equals("live")) {
                live.add(part(line, OptionalLong.empty()));
            } else if (line.has("part")) {
                open.orElseThrow().add(part(line, OptionalLong.empty()));
            }
        }

        private void take(JsonNode commit) {
            switch (commit.path("type").stringValue("")) {
                case "claim" -> claimants.add(commit.path("run").stringValue(""));
                case "begin" -> {
                    openId = commit.path("generation").longValue(0);
                    replaces = commit.path("kind").stringValue("").equalsIgnoreCase("replace");
                    open = Optional.of(new ArrayList<>());
                }
                case "data" -> {
                    dataCommits++;
                    boolean hidden =
                            open.isPresent() && commit.path("generation").longValue(0) == openId;
                    List<PartFile> into = hidden ? open.get() : live;
                    for (JsonNode fragment : commit.path("fragments")) {
                        String description = fragment.path("description").stringValue("");
                        OptionalLong rows =
                                OptionalLong.of(fragment.path("rows").longValue(0));
                        into.add(part(JsonMapper.shared().readTree(description), rows));
                    }
                }
                case "publish" -> {
                    List<PartFile> published = open.orElseThrow();
                    if (replaces) {
                        live = published;
                    } else {
                        live.addAll(published);
                    }
                    open = Optional.empty();
                }
                case "drop" -> open = Optional.empty();
                default -> throw new AssertionError("no commit: " + commit);
            }
        }

        private static PartFile part(JsonNode node, OptionalLong rows) {
            return new PartFile(
                    node.path("folder").stringValue(""),
                    node.path("name").stringValue(""),
                    node.path("bytes").longValue(0),
                    rows);
        }
    }
}
