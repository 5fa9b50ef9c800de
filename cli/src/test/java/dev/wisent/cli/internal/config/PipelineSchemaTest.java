package dev.wisent.cli.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.wisent.api.config.ConfigNode;
import dev.wisent.api.config.ConfigProblems;
import dev.wisent.api.error.WisentException;
import dev.wisent.cli.internal.FakeConnectors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The JSON Schema takes what the program takes, and refuses what it refuses, judged by a validator that is not ours.
class PipelineSchemaTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path FILE = ROOT.resolve("docs/wisent.schema.json");
    private static final Pattern BLOCK = Pattern.compile("```ya?ml\n(.*?)```", Pattern.DOTALL);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final Schema SCHEMA = validator(PipelineSchema.of(Connectors.installed()));

    @BeforeAll
    static void writeAnewWhenAsked() throws IOException {
        if (!"write".equals(System.getProperty("wisent.snapshots"))) {
            return;
        }
        Files.writeString(FILE, PipelineSchema.of(Connectors.installed()).toPrettyString() + "\n");
    }

    @Test
    void the_schema_in_the_repository_is_current() throws IOException {
        assertThat(Files.readString(FILE).strip())
                .as("write it anew: run the tests of this class with -Dwisent.snapshots=write")
                .isEqualTo(PipelineSchema.of(Connectors.installed())
                        .toPrettyString()
                        .strip());
    }

    @TestFactory
    Stream<DynamicTest> every_pipeline_of_examples_and_documentation_is_valid() throws IOException {
        List<DynamicTest> tests = Stream.concat(yamlFiles(), blocks())
                .map(named -> DynamicTest.dynamicTest(
                        named.name(),
                        () -> assertThat(messages(SCHEMA, named.text())).isEmpty()))
                .toList();
        assertThat(tests).hasSizeGreaterThan(5);
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> what_the_program_loads_is_valid() {
        return BizonShapesTest.loaded()
                .map(text -> DynamicTest.dynamicTest(
                        text, () -> assertThat(messages(SCHEMA, text)).isEmpty()));
    }

    /// Of the broken pipelines only these are valid: what is wrong with them no schema can tell.
    @Test
    void the_schema_refuses_every_broken_pipeline_but_those_no_schema_can_judge() throws IOException {
        Schema fakes = validator(PipelineSchema.of(FakeConnectors.all()));
        TreeSet<String> passed = new TreeSet<>();
        BrokenPipelinesTest.cases()
                .filter(broken -> tree(broken.label(), broken.text()).isPresent())
                .filter(broken -> messages(fakes, broken.text()).isEmpty())
                .forEach(broken -> passed.add(broken.name()));

        assertThat(passed).containsExactlyInAnyOrderElementsOf(ONLY_THE_PROGRAM);
    }

    private static final List<String> ONLY_THE_PROGRAM = List.of(
            "backend key in both places",
            "bad envelope prefix",
            "bad value from a reference is not shown",
            "database is blank",
            "heartbeat longer than the lease",
            "legacy variable not set",
            "reference that is none",
            "reference without end",
            "secret manager",
            "secret manager inside a text",
            "sync mode the stream does not have",
            "unnest without schemas",
            "variable not set");

    private record Named(String name, String text) {}

    private static Stream<Named> yamlFiles() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("examples"))) {
            return files.filter(file -> file.toString().endsWith(".yml")).sorted().toList().stream()
                    .map(file -> new Named(ROOT.relativize(file).toString(), read(file)))
                    .filter(named -> isPipeline(named.text()));
        }
    }

    private static Stream<Named> blocks() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(files, Stream.of(ROOT.resolve("README.md")))
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList()
                    .stream()
                    .flatMap(file -> BLOCK.matcher(read(file))
                            .results()
                            .map(block -> new Named(
                                    ROOT.relativize(file) + ":"
                                            + read(file)
                                                    .substring(0, block.start())
                                                    .lines()
                                                    .count(),
                                    block.group(1))))
                    .filter(named -> isPipeline(named.text()));
        }
    }

    private static boolean isPipeline(String text) {
        return Pattern.compile("(?m)^name:").matcher(text).find()
                && Pattern.compile("(?m)^source:").matcher(text).find()
                && Pattern.compile("(?m)^destination:").matcher(text).find();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema validator(ObjectNode schema) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
    }

    private static List<String> messages(Schema schema, String text) {
        String label = text.stripLeading().startsWith("{") ? "p.json" : "p.yml";
        return schema.validate(tree(label, text).orElseThrow()).stream()
                .map(Error::toString)
                .toList();
    }

    /// Empty when it can't be parsed.
    private static Optional<JsonNode> tree(String label, String text) {
        ConfigProblems problems = new ConfigProblems();
        try {
            ConfigNode node = label.endsWith(".json")
                    ? JsonTree.parse(label, text, problems)
                    : YamlTree.parse(label, text, problems);
            return problems.isEmpty() ? Optional.of(json(node)) : Optional.empty();
        } catch (WisentException syntax) {
            return Optional.empty();
        }
    }

    private static JsonNode json(ConfigNode node) {
        return switch (node) {
            case ConfigNode.Mapping mapping -> {
                ObjectNode object = NODES.objectNode();
                mapping.entries().forEach((key, entry) -> object.set(key, json(entry.value())));
                yield object;
            }
            case ConfigNode.Sequence sequence ->
                NODES.arrayNode()
                        .addAll(sequence.items().stream()
                                .map(PipelineSchemaTest::json)
                                .toList());
            case ConfigNode.Scalar scalar ->
                switch (scalar.kind()) {
                    case TEXT -> NODES.stringNode(scalar.text());
                    case INTEGER -> NODES.numberNode(new BigDecimal(scalar.text()).toBigInteger());
                    case NUMBER -> NODES.numberNode(new BigDecimal(scalar.text()));
                    case BOOLEAN -> NODES.booleanNode(Boolean.parseBoolean(scalar.text()));
                    case NULL -> NODES.nullNode();
                };
        };
    }
}
