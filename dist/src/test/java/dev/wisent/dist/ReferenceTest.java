package dev.wisent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.api.queue.QueueFactory;
import dev.wisent.api.source.SourceFactory;
import dev.wisent.api.state.StateStoreFactory;
import dev.wisent.api.transform.TransformFactory;
import dev.wisent.engine.plugin.Catalog;
import dev.wisent.engine.plugin.Families;
import dev.wisent.engine.plugin.Kind;
import dev.wisent.engine.plugin.Offer;
import dev.wisent.testkit.KeyTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Each source, destination, transform, state store and secret store has a place in `docs/reference`, with a table of what it
/// declares and what `wisent` tells about the first pipeline of its page. The table stands between `<!-- part:
/// source files -->` and `<!--
/// end -->`;
/// `-Dwisent.snapshots=write` writes all anew.
@Execution(ExecutionMode.CONCURRENT)
class ReferenceTest {
    private static final Path ROOT = Shell.tree();
    private static final Pattern PART = Pattern.compile("<!-- part: (.*?) -->\n.*?<!-- end -->", Pattern.DOTALL);
    /// Their sources need a database that is there, which a page has not.
    private static final Set<String> DATABASES =
            Set.of("duckdb", "jdbc", "kafka", "mysql", "postgres", "rabbitmq", "sqlite");
    /// Their destinations need a server.
    private static final Set<String> SERVERS = Set.of("kafka", "mysql", "postgres");

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Unpacked wisent = Unpacked.shared();
    private static Path work = Path.of("");
    private static Kept kept;
    private static Map<String, Offer<?>> parts = Map.of();

    @BeforeAll
    static void unpack() throws IOException {
        work = Shell.temporary();
        kept = Kept.start(wisent, work, Map.of());
        new Shell(work).run("cp -R " + wisent.home() + "/examples .");
        Catalog catalog = Catalog.of(Families.in(wisent.home()));
        parts = new TreeMap<>();
        for (Kind<?> kind : Kind.all()) {
            catalog.offers(kind).forEach(offer -> parts.put(kind + " " + offer.name(), offer));
        }
        if ("write".equals(System.getProperty("wisent.snapshots"))) {
            for (Path page : pages()) {
                Files.writeString(page, written(page));
            }
        }
    }

    @AfterAll
    static void remove() throws IOException {
        kept.close();
        Shell.delete(work);
    }

    @Test
    void every_part_has_its_place_in_the_reference() throws IOException {
        List<String> described = new ArrayList<>();
        for (Path page : pages()) {
            PART.matcher(Files.readString(page)).results().forEach(part -> described.add(part.group(1)));
        }

        assertThat(described)
                .as(
                        "write <!-- part: KIND NAME --> and <!-- end --> into a page, then run with -Dwisent.snapshots=write")
                .containsExactlyInAnyOrderElementsOf(parts.keySet());
    }

    @Test
    void what_the_reference_says_about_parts_is_current() throws IOException {
        for (Path page : pages()) {
            assertThat(Files.readString(page)).isEqualTo(written(page));
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs/reference"))) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static String written(Path page) throws IOException {
        String text = Files.readString(page);
        var written = new StringBuilder();
        Matcher place = PART.matcher(text);
        while (place.find()) {
            MatchResult found = place.toMatchResult();
            assertThat(parts).containsKey(found.group(1));
            place.appendReplacement(
                    written,
                    Matcher.quoteReplacement("<!-- part: " + found.group(1) + " -->\n"
                            + table(parts.get(found.group(1)), page)
                            + "<!-- end -->"));
        }
        return place.appendTail(written).toString();
    }

    private static String table(Offer<?> offer, Path page) throws IOException {
        List<String> facts = new ArrayList<>(List.of("| | |", "|---|---|"));
        facts.add("| in short | " + offer.summary() + " |");
        facts.add("| comes with | " + offer.origin() + " |");
        ConfigShape keys = switch (offer.factory().get()) {
            case SourceFactory source -> {
                facts.addAll(
                        DATABASES.contains(offer.name())
                                ? List.of("| streams | as configured |")
                                : source(source, example(page)));
                yield source.keys();
            }
            case DestinationFactory destination -> {
                facts.addAll(
                        SERVERS.contains(offer.name())
                                ? List.of(commits(destination))
                                : destination(destination, example(page)));
                yield destination.keys();
            }
            case TransformFactory transform -> transform.keys();
            case StateStoreFactory store -> store.keys();
            case QueueFactory queue -> queue.keys();
            default -> ConfigShape.of();
        };
        String table = keys.keys().isEmpty() ? "" : "\n" + KeyTable.of(keys, KeyTable.Depth.ALL);
        return String.join("\n", facts) + "\n" + table;
    }

    private static List<String> source(SourceFactory source, Path example) {
        JsonNode streams = told("discover", example).path("streams");
        JsonNode first = streams.path(0);
        String standard = first.path("default_mode").asString();
        String names = source.knownStreams().stream()
                .map(stream -> "`" + stream.id().name() + "`")
                .collect(Collectors.joining(", "));
        String modes = first.path("modes")
                .valueStream()
                .map(JsonNode::asString)
                .map(mode -> "`" + mode + "`" + (mode.equals(standard) ? " (default)" : ""))
                .collect(Collectors.joining(", "));
        String traits = finding("traits", example);
        List<String> facts = new ArrayList<>();
        facts.add("| streams | " + (names.isEmpty() ? "as configured" : names) + " |");
        facts.add("| sync modes | " + modes + " |");
        if (modes.contains("incremental")) {
            String when = traits.contains("publish at end") ? "at its end, as one" : "with each commit";
            facts.add("| an incremental run shows its rows | " + when + " |");
        }
        String shape = traits.contains("columns") ? "columns" : "no schema: each is one JSON object";
        facts.add("| records have | " + shape + " |");
        facts.add("| guarantee | into a destination that keeps progress " + finding("guarantee", example) + " |");
        return facts;
    }

    private static List<String> destination(DestinationFactory destination, Path example) {
        String guarantee = finding("guarantee", example);
        return List.of(
                "| guarantee | "
                        + (guarantee.startsWith("exactly once")
                                ? "exactly once, from a source that has positions"
                                : guarantee)
                        + " |",
                commits(destination));
    }

    private static String commits(DestinationFactory destination) {
        double usual = destination.commitIntervalSeconds();
        double inAStream = destination.streamCommitSeconds();
        String stream = inAStream == usual ? "" : ", in the stream runner every " + seconds(inAStream);
        return "| commits | every " + seconds(usual) + stream + ", unless `commit_interval` says otherwise |";
    }

    private static String seconds(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString() + " s";
    }

    /// The first pipeline of a page, made whole.
    private static Path example(Path page) throws IOException {
        Page.Block block = Page.read(ROOT, page).blocks().stream()
                .filter(b -> b.language().equals("yaml"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(page + " needs a pipeline"));
        return Files.writeString(work.resolve("example.yml"), Completed.pipeline(block.text(), block.partOf()));
    }

    private static String finding(String name, Path example) {
        return told("check", example)
                .path("checks")
                .valueStream()
                .filter(check -> check.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow()
                .path("detail")
                .asString();
    }

    private static JsonNode told(String command, Path example) {
        try {
            Kept.Answer told = kept.run(work, command, example.toString(), "--json");
            assertThat(told.exitCode()).as(told.text()).isZero();
            assertThat(told.text())
                    .as("of %s, with what it says on stderr", command)
                    .startsWith("{");
            return JSON.readTree(told.text());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
