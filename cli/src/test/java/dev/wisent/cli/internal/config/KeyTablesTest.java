package dev.wisent.cli.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.config.Takes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The tables of docs/reference/configuration.md, made from the declared keys. A table stands between `<!-- keys: NAME -->` and
/// `<!-- end -->`.
class KeyTablesTest {
    private static final Path PAGE =
            Path.of("").toAbsolutePath().getParent().resolve("docs/reference/configuration.md");
    private static final Pattern TABLE = Pattern.compile("<!-- keys: (.*?) -->\n.*?<!-- end -->", Pattern.DOTALL);

    @BeforeAll
    static void writeAnewWhenAsked() throws IOException {
        if (!"write".equals(System.getProperty("wisent.snapshots"))) {
            return;
        }
        Files.writeString(PAGE, written(Files.readString(PAGE)));
    }

    @Test
    void the_tables_of_the_documentation_are_current() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page).isEqualTo(written(page));
        assertThat(TABLE.matcher(page).results().map(table -> table.group(1)))
                .as("every section has its table")
                .containsExactlyInAnyOrderElementsOf(shapes().keySet());
    }

    private static Map<String, ConfigShape> shapes() {
        Map<String, ConfigShape> shapes = new LinkedHashMap<>();
        shapes.put("top level", PipelineReader.KEYS);
        shapes.put("source", SourceReader.KEYS);
        shapes.put("destination", DestinationReader.KEYS);
        shapes.put("destination.config", DestinationReader.CONFIG_KEYS);
        shapes.put("engine", EngineReader.KEYS);
        shapes.put("engine.backend", EngineReader.SQLITE);
        shapes.put("engine.queue", EngineReader.QUEUE_KEYS);
        shapes.put("error_handling", ErrorReader.KEYS);
        shapes.put("alerting", AlertingReader.KEYS);
        Connectors connectors = Connectors.installed();
        for (String name : List.of("dummy", "generator", "files")) {
            shapes.put("source " + name, connectors.source(name).orElseThrow().keys());
        }
        for (String name : List.of("file", "logger")) {
            shapes.put(
                    "destination " + name,
                    connectors.destination(name).orElseThrow().keys());
        }
        return shapes;
    }

    private static String written(String page) {
        Map<String, ConfigShape> shapes = shapes();
        return TABLE.matcher(page).replaceAll(table -> {
            ConfigShape shape = shapes.get(table.group(1));
            assertThat(shape).as("there are no keys of '%s'", table.group(1)).isNotNull();
            return Matcher.quoteReplacement("<!-- keys: " + table.group(1) + " -->\n" + table(shape) + "<!-- end -->");
        });
    }

    private static String table(ConfigShape shape) {
        List<String> rows = new ArrayList<>(List.of("| key | takes | default | meaning |", "|---|---|---|---|"));
        rows(shape, "", rows);
        return String.join("\n", rows) + "\n";
    }

    private static void rows(ConfigShape shape, String prefix, List<String> rows) {
        for (Key<?> key : shape.keys()) {
            if (key.use() != Key.Use.READ) {
                continue;
            }
            if (key.takes() instanceof Takes.Nested nested && shape != PipelineReader.KEYS) {
                rows(nested.shape(), prefix + key.name() + ".", rows);
                continue;
            }
            String standard = key.presence() == Key.Presence.REQUIRED ? "required" : standard(key);
            String secret = key.sensitivity() == Key.Sensitivity.SECRET ? " (secret)" : "";
            rows.add("| `%s%s` | %s | %s | %s%s |"
                    .formatted(prefix, key.name(), takes(key.takes()), standard, key.about(), secret));
            if (key.takes() instanceof Takes.ListOf(Takes.Nested item)) {
                rows(item.shape(), prefix + key.name() + "[].", rows);
            }
        }
    }

    private static String standard(Key<?> key) {
        String text = key.standard();
        return text.isEmpty()
                        || text.contains("`")
                        || text.contains(" ")
                        || text.equals("never")
                        || text.matches("[0-9.]+")
                ? text
                : "`" + text + "`";
    }

    private static String takes(Takes takes) {
        return switch (takes) {
            case Takes.Text text -> "text";
            case Takes.Whole(long least, long most) -> whole(least, most);
            case Takes.Number number -> "number";
            case Takes.Truth truth -> "truth";
            case Takes.Seconds seconds -> "seconds";
            case Takes.Megabytes size -> "MB";
            case Takes.Choice choice ->
                choice.words().stream().map(word -> "`" + word + "`").collect(Collectors.joining(" "));
            case Takes.ListOf(Takes.Nested nested) -> "list of mappings";
            case Takes.ListOf(Takes item) -> "list of " + takes(item);
            case Takes.Nested nested -> "mapping";
            case Takes.MapOf map -> "mapping";
            case Takes.Anything anything -> "anything";
        };
    }

    private static String whole(long least, long most) {
        if (most == Long.MAX_VALUE) {
            return least == Long.MIN_VALUE || least == 0 ? "whole number" : "whole number from " + least;
        }
        return "whole number, " + least + " to " + most;
    }
}
