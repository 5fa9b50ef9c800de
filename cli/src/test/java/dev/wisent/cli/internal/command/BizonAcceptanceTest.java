package dev.wisent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.error.WisentException;
import dev.wisent.api.fault.Boundary;
import dev.wisent.api.secret.SecretStore;
import dev.wisent.cli.internal.config.Connectors;
import dev.wisent.cli.internal.config.PipelineLoader;
import dev.wisent.cli.internal.config.Variables;
import dev.wisent.cli.internal.console.Console;
import dev.wisent.cli.internal.console.ErrorText;
import dev.wisent.connectors.core.dummy.DummyFactory;
import dev.wisent.connectors.core.file.FileFactory;
import dev.wisent.engine.plugin.Catalog;
import dev.wisent.engine.plugin.Kind;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What Bizon's users rely on, as whole commands. The numbers are those of the table in docs/reliability.md.
class BizonAcceptanceTest {
    private static final Integer[] CREATURES = {9898, 88787, 98, 3333, 56565};

    @TempDir
    Path folder;

    private Terminal terminal;

    @BeforeEach
    void terminal() {
        terminal = new Terminal(folder, Connectors.installed());
    }

    @Test
    @DisplayName("case 2")
    void unnested_rows_hold_the_declared_columns_alone_and_numbers_stay_numbers() throws IOException {
        pipeline(
                "",
                "unnest: true, record_schemas: [{destination_id: creatures, record_schema: [%s, %s, %s]}]"
                        .formatted(
                                "{name: id, type: INTEGER, mode: REQUIRED}",
                                "{name: name, type: STRING, mode: NULLABLE}",
                                "{name: age, type: INTEGER, mode: NULLABLE}"));

        assertThat(terminal.run("run", "p.yml")).as(terminal.err()).isZero();

        List<JsonNode> rows = rows("out");
        assertThat(rows)
                .hasSize(5)
                .allMatch(row -> List.copyOf(row.propertyNames()).equals(List.of("id", "name", "age")));
        JsonNode bizon = rows.stream()
                .filter(row -> row.path("id").asInt() == 9898)
                .findFirst()
                .orElseThrow();
        assertThat(bizon.path("id").isInt()).isTrue();
        assertThat(bizon.path("name").asString()).isEqualTo("BIZON");
    }

    @Test
    @DisplayName("case 4")
    void the_records_a_stream_routes_are_alone_in_their_target() throws IOException {
        pipeline(
                "sync_mode: stream, max_iterations: 4",
                "unnest: true, record_schemas: [%s, %s]"
                        .formatted(
                                "{destination_id: creatures, record_schema: [{name: id, type: INTEGER}, {name: name, type: STRING}]}",
                                "{destination_id: dummy_creatures, record_schema: [{name: id, type: INTEGER}]}"));

        assertThat(terminal.run("run", "p.yml")).as(terminal.err()).isZero();

        assertThat(rows("out/creatures"))
                .extracting(JsonNode::toString)
                .containsExactlyInAnyOrder("{\"id\":9898,\"name\":\"BIZON\"}", "{\"id\":88787,\"name\":\"WISENT\"}");
        assertThat(rows("out")).extracting(JsonNode::toString).allMatch(row -> row.matches("\\{\"id\":\\d+}"));
    }

    @Test
    @DisplayName("case 7")
    void a_run_goes_on_behind_the_last_page_that_was_committed() throws IOException {
        pipeline("max_iterations: 2", "");
        assertThat(terminal.run("run", "p.yml", "--json")).isZero();
        assertThat(count("read")).isEqualTo(4);
        assertThat(rows("out")).isEmpty();

        pipeline("", "");
        assertThat(terminal.run("run", "p.yml", "--json")).isZero();

        assertThat(count("resumed")).isEqualTo(4);
        assertThat(count("read")).as("only page 3").isEqualTo(1);
        assertThat(ids()).containsExactlyInAnyOrder(CREATURES);
    }

    @Test
    @DisplayName("case 9")
    void a_run_killed_with_everything_read_is_published_by_the_next_one_without_reading() throws IOException {
        pipeline("", "");
        ChildCommand run = ChildCommand.run(folder, "p.yml");
        run.killedAt(Boundary.BEFORE_PUBLISH, 1).result().exits(ChildResult.KILLED);
        assertThat(rows("out")).isEmpty();

        ChildResult next = run.here().exits(0);

        assertThat(next.count("read")).isZero();
        assertThat(ids()).containsExactlyInAnyOrder(CREATURES);
    }

    @Test
    @DisplayName("case 11")
    void a_page_larger_than_the_buffer_is_split_into_parts() throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: p
                source: {name: generator, stream: orders, rows: 30000, record_bytes: 200, page_size: 30000}
                destination: {name: file, config: {path: '%s/out/', buffer_size: 1}}
                """.formatted(folder));

        assertThat(terminal.run("run", "p.yml")).as(terminal.err()).isZero();

        assertThat(rows("out")).hasSize(30_000);
        assertThat(parts("out")).hasSizeGreaterThan(3);
    }

    @Test
    @DisplayName("case 12")
    void rows_that_never_filled_a_buffer_are_there_at_the_end_and_empty_inputs_are_no_end() throws IOException {
        Files.writeString(folder.resolve("in-1.ndjson"), "");
        Files.writeString(folder.resolve("in-2.ndjson"), "{\"id\":1}\n");
        Files.writeString(folder.resolve("in-3.ndjson"), "");
        Files.writeString(folder.resolve("p.yml"), """
                name: p
                source: {name: files, stream: s, path: '%s/in-*.ndjson', sync_mode: full_refresh}
                destination: {name: file, config: {path: '%s/out/', buffer_size: 50, buffer_flush_timeout: 600}}
                """.formatted(folder, folder));

        assertThat(terminal.run("run", "p.yml", "--json")).as(terminal.err()).isZero();

        assertThat(terminal.out()).contains("\"status\":\"succeeded\"");
        assertThat(rows("out")).extracting(JsonNode::toString).containsExactly("{\"id\":1}");
    }

    @Test
    @DisplayName("case 15")
    void a_reset_that_is_pending_changes_nothing_in_a_full_refresh() throws IOException {
        Files.writeString(folder.resolve("in.ndjson"), "{\"id\":1}\n");
        String text = """
                name: p
                source: {name: files, stream: s, path: '%s/in.ndjson', sync_mode: MODE}
                destination: {name: file, config: {path: '%s/out/'}}
                """.formatted(folder, folder);
        Files.writeString(folder.resolve("p.yml"), text.replace("MODE", "incremental"));
        assertThat(terminal.run("run", "p.yml")).isZero();
        assertThat(terminal.run("stream", "reset", "p.yml")).isZero();

        Files.writeString(folder.resolve("p.yml"), text.replace("MODE", "full_refresh"));
        assertThat(terminal.run("run", "p.yml", "--json")).as(terminal.err()).isZero();

        assertThat(count("read")).isEqualTo(1);
        assertThat(rows("out")).hasSize(1);
    }

    @ParameterizedTest(name = "case 21: {0}")
    @CsvSource(delimiter = '|', textBlock = """
            gsm://s                        | value-of-s
            gsm://s/versions/3             | value-of-s/versions/3
            postgres://u:${gsm://pw}@h/db  | postgres://u:value-of-pw@h/db
            ${gsm://a}-${gsm://b}          | value-of-a-value-of-b
            s3://bucket/key                | s3://bucket/key
            """)
    void a_reference_becomes_its_secret_wherever_it_stands(String written, String expected) {
        Vault vault = new Vault();

        assertThat(load(vault, "name: '%s'".formatted(written))).isEqualTo(expected);
    }

    @Test
    @DisplayName("case 21")
    void a_secret_named_three_times_is_looked_up_once() {
        Vault vault = new Vault();

        load(vault, "name: ${gsm://one}\nid: '${gsm://one} again'\nplugins: []\nlog_level: ${gsm://one}");

        assertThat(vault.asked).containsExactly("one");
    }

    @ParameterizedTest(name = "case 21: {0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ${s3://x}             | '${s3://x}' is no reference
            ${gsm:x}              | '${gsm:x}' is no reference
            ${NOT_SET_AT_ALL}     | the variable NOT_SET_AT_ALL is not set
            gsm://missing         | there is no secret gsm://missing
            """)
    void a_reference_that_fails_is_named_with_its_place(String written, String problem) {
        assertThat(load(new Vault(), "name: p\nengine: {backend: {password: '%s'}}".formatted(written)))
                .contains("p.yml:2:30: engine.backend.password: " + problem);
    }

    /// The pipeline's name, or what is told.
    private String load(SecretStore store, String top) {
        Connectors connectors = new Connectors(Catalog.holding(Map.of(
                Kind.SOURCE, List.of(new DummyFactory()),
                Kind.DESTINATION, List.of(new FileFactory()),
                Kind.SECRET_STORE, List.of(store))));
        PipelineLoader loader = new PipelineLoader(
                connectors,
                Variables.of(Map.of(), folder, Optional.empty()),
                OutputStream.nullOutputStream(),
                secrets -> {});
        String text = top + """

                source: {name: dummy, stream: creatures}
                destination: {name: file, config: {path: out/}}
                """;
        try {
            return loader.load(text, "p.yml", folder).name();
        } catch (WisentException refused) {
            return ErrorText.lines(refused, Console.Mode.PLAIN);
        }
    }

    /// Knows every secret but `missing`.
    private static final class Vault implements SecretStore {
        private final List<String> asked = new ArrayList<>();

        @Override
        public String scheme() {
            return "gsm";
        }

        @Override
        public String summary() {
            return "secrets of a test";
        }

        @Override
        public Optional<String> find(String path) {
            asked.add(path);
            return path.equals("missing") ? Optional.empty() : Optional.of("value-of-" + path);
        }
    }

    private void pipeline(String source, String config) throws IOException {
        Files.writeString(
                folder.resolve("p.yml"), """
                name: p
                source: {name: dummy, stream: creatures, %s}
                destination: {name: file, config: {path: '%s/out/', %s}}
                engine: {until_idle: 0.3}
                """.formatted(source, folder, config).replace(", }", "}"));
    }

    private long count(String key) {
        return JsonMapper.shared()
                .readTree(terminal.out())
                .path("streams")
                .path(0)
                .path(key)
                .asLong();
    }

    private List<Integer> ids() throws IOException {
        return rows("out").stream()
                .map(row -> row.path("source_data").path("id").asInt())
                .toList();
    }

    private List<JsonNode> rows(String target) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (Path part : parts(target)) {
            for (String line : Files.readAllLines(part)) {
                rows.add(JsonMapper.shared().readTree(line));
            }
        }
        return rows;
    }

    private List<Path> parts(String target) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(target))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
