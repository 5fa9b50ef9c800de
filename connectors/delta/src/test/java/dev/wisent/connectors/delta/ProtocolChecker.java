package dev.wisent.connectors.delta;

import dev.wisent.api.storage.GetRequest;
import dev.wisent.api.storage.ListPage;
import dev.wisent.api.storage.ListRequest;
import dev.wisent.api.storage.ObjectContent;
import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.connectors.delta.kernel.KernelTable;
import dev.wisent.connectors.delta.log.Action;
import dev.wisent.connectors.delta.log.LogNames;
import dev.wisent.storage.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Holds a table's whole log against the MUSTs of the protocol (https://github.com/delta-io/delta/blob/master/PROTOCOL.md)
/// and against Kernel, version by version. Shares no code with what wrote it, but for the store and Kernel's view of it.
final class ProtocolChecker implements AutoCloseable {
    private static final Pattern ENTRY = Pattern.compile("_delta_log/(\\d{20})\\.json");
    private static final Pattern CHECKPOINT = Pattern.compile("_delta_log/(\\d{20})\\.checkpoint\\.parquet");

    private final ObjectStore store;
    private final Map<String, Long> objects = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();
    private final LogReplay replay;
    /// The log's objects, each fetched once: they are read for every version again.
    private final Path copies;

    /// Compares a version with what the log says up to it.
    private interface Compared {
        void at(long version);
    }

    private ProtocolChecker(ObjectStore store) {
        this.store = store;
        this.replay = new LogReplay(violations);
        try {
            this.copies = Files.createTempDirectory("log");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The data files of the newest version, with their rows' number. What the log violates is an [AssertionError].
    static Map<String, JsonNode> check(ObjectStore store) {
        try (ProtocolChecker checker = new ProtocolChecker(store);
                ObjectStore copied = Stores.local().open(checker.copies.toString(), Map.of())) {
            KernelTable kernel = new KernelTable(copied);
            checker.replay(version -> checker.compare(version, kernel.at(version)));
            checker.checkpoints();
            return checker.result();
        }
    }

    /// As [#check], without Kernel and checkpoints: what the log's entries say.
    static Map<String, JsonNode> files(ObjectStore store) {
        try (ProtocolChecker checker = new ProtocolChecker(store)) {
            checker.replay(version -> {});
            return checker.result();
        }
    }

    private Map<String, JsonNode> result() {
        if (!violations.isEmpty()) {
            throw new AssertionError(store.url() + " violates the protocol:\n" + String.join("\n", violations));
        }
        return replay.active();
    }

    /// Where a listed file is, relative to the table: paths are URIs.
    static String decoded(String path) {
        try {
            return new URI(path).getPath();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void replay(Compared compared) {
        for (Optional<ListRequest> next = Optional.of(ListRequest.of("")); next.isPresent(); ) {
            ListPage page = store.list(next.get());
            page.objects().forEach(object -> {
                objects.put(object.path(), object.size());
                if (object.path().startsWith(LogNames.LOG)) {
                    copy(object.path());
                }
            });
            next = page.next();
        }
        List<Long> versions = matching(ENTRY);
        for (int i = 0; i < versions.size(); i++) {
            if (versions.get(i) != i) {
                violations.add("version " + i + " is missing");
                return;
            }
            replay.entry(i, lines("_delta_log/%020d.json".formatted(i)));
            compared.at(i);
        }
        replay.active().forEach((path, add) -> {
            Long there = objects.get(decoded(path));
            if (there == null) {
                violations.add(path + " is listed and not there");
            } else if (there != add.path("size").longValue(-1)) {
                violations.add(path + " has " + there + " bytes, listed with " + add.path("size"));
            }
        });
    }

    private List<Long> matching(Pattern name) {
        return objects.keySet().stream()
                .map(name::matcher)
                .filter(Matcher::matches)
                .map(matched -> Long.valueOf(matched.group(1)))
                .toList();
    }

    private void compare(long version, KernelTable.Version kernel) {
        TreeSet<String> files = new TreeSet<>();
        for (Action.Add file : kernel.files()) {
            if (!files.add(file.path())) {
                violations.add("version " + version + ": Kernel lists twice " + file.path());
            }
        }
        if (!files.equals(new TreeSet<>(replay.active().keySet()))) {
            violations.add("version " + version + ": Kernel lists " + files + ", the log "
                    + replay.active().keySet());
        }
        replay.txns().forEach((id, n) -> {
            if (!kernel.txn(id).equals(Optional.of(n))) {
                violations.add(
                        "version " + version + ": Kernel says " + id + " is at " + kernel.txn(id) + ", not " + n);
            }
        });
    }

    private void checkpoints() {
        long newest = matching(ENTRY).size() - 1L;
        List<Long> there = matching(CHECKPOINT);
        if (!objects.containsKey("_delta_log/_last_checkpoint")) {
            if (!there.isEmpty()) {
                violations.add("no _last_checkpoint, although there are " + there);
            }
            return;
        }
        JsonNode last = parsed("_last_checkpoint", text("_delta_log/_last_checkpoint"));
        long version = last.path("version").longValue(-1);
        if (version < 0
                || version > newest
                || !there.contains(version)
                || !last.path("size").isIntegralNumber()) {
            violations.add("_last_checkpoint says " + last + ", there are " + there + " of " + newest + " versions");
        }
        // "size" is the number of actions; Kernel, which writes it, counts the files only, and nobody reads it
        for (long each : there) {
            LogReplay until = new LogReplay(violations);
            for (long v = 0; v <= each; v++) {
                until.entry(v, lines("_delta_log/%020d.json".formatted(v)));
            }
            byte[] content = bytes("_delta_log/%020d.checkpoint.parquet".formatted(each));
            CheckpointFile.differences(content, until)
                    .forEach(difference -> violations.add("checkpoint " + each + ": " + difference));
        }
    }

    private List<JsonNode> lines(String path) {
        String text = text(path);
        if (!text.endsWith("\n") && !text.isEmpty()) {
            violations.add(path + " ends within a line");
        }
        return text.lines().map(line -> parsed(path, line)).toList();
    }

    private JsonNode parsed(String path, String line) {
        try {
            return JsonMapper.shared().readTree(line);
        } catch (JacksonException e) {
            violations.add(path + " has a line that is no JSON: " + line);
            return JsonMapper.shared().createObjectNode();
        }
    }

    private String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    private void copy(String path) {
        Path copy = copies.resolve(path);
        try (ObjectContent content = store.get(GetRequest.of(path))) {
            Files.createDirectories(copy.getParent());
            Files.copy(content.stream(), copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(copies)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] bytes(String path) {
        try {
            return Files.readAllBytes(copies.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What is listed nowhere: names of data files no version has.
    static List<String> unlisted(ObjectStore store) {
        try (ProtocolChecker checker = new ProtocolChecker(store)) {
            checker.replay(version -> {});
            return checker.objects.keySet().stream()
                    .filter(path -> path.endsWith(".parquet") && !path.startsWith("_"))
                    .filter(path -> !checker.replay.ever().contains(path))
                    .toList();
        }
    }

    static List<String> paths(ObjectStore store, String prefix) {
        List<String> paths = new ArrayList<>();
        for (Optional<ListRequest> next = Optional.of(ListRequest.of(prefix)); next.isPresent(); ) {
            ListPage page = store.list(next.get());
            page.objects().stream().map(ObjectInfo::path).forEach(paths::add);
            next = page.next();
        }
        return paths;
    }
}
