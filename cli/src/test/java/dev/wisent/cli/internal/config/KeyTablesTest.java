package dev.wisent.cli.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.config.ConfigShape;
import dev.wisent.engine.plugin.Catalog;
import dev.wisent.engine.plugin.Kind;
import dev.wisent.testkit.KeyTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The tables of docs/reference/configuration.md, made from the declared keys. A table stands between `<!-- keys: NAME -->` and
/// `<!-- end -->`. Those of connectors are on their pages, which `dist` checks.
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
        shapes.put("transforms", TransformsReader.COMMON);
        Catalog parts = Connectors.installed().catalog();
        for (String name : parts.names(Kind.TRANSFORM)) {
            shapes.put(
                    "transform " + name,
                    parts.find(Kind.TRANSFORM, name).orElseThrow().keys());
        }
        return shapes;
    }

    private static String written(String page) {
        Map<String, ConfigShape> shapes = shapes();
        return TABLE.matcher(page).replaceAll(table -> {
            ConfigShape shape = shapes.get(table.group(1));
            assertThat(shape).as("there are no keys of '%s'", table.group(1)).isNotNull();
            return Matcher.quoteReplacement("<!-- keys: " + table.group(1) + " -->\n"
                    + KeyTable.of(shape, shape == PipelineReader.KEYS ? KeyTable.Depth.TOP : KeyTable.Depth.ALL)
                    + "<!-- end -->");
        });
    }
}
