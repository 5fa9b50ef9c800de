package dev.wisent.cli.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.TargetId;
import dev.wisent.api.error.WisentException;
import dev.wisent.cli.internal.console.Console;
import dev.wisent.cli.internal.console.ErrorText;
import dev.wisent.columnar.DataType;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsKeyTest {
    private static final String STREAMING = "source: {name: dummy, stream: creatures, sync_mode: stream}";
    private static final String FILE = "destination: {name: file, config: {path: out/}}";
    private static final String UNNESTED = "destination: {name: file, config: {path: out/, unnest: true}}";
    private static final String ID = "record_schema: [{name: id, type: INTEGER, mode: REQUIRED}]";

    private static PipelineSpec load(String source, String destination, String streams) {
        return Loading.loader(Connectors.installed(), Map.of("TABLE", "secret-table.of"))
                .parse("name: a\n" + source + "\n" + destination + "\nstreams:\n" + streams, "p.yml", Optional.empty());
    }

    private static String told(String source, String destination, String streams) {
        try {
            load(source, destination, streams);
            return "loaded";
        } catch (WisentException error) {
            return ErrorText.lines(error, Console.Mode.PLAIN);
        }
    }

    @Test
    void a_stream_picks_records_by_its_topic_its_endpoint_or_its_name() {
        PipelineSpec spec = load(STREAMING, FILE, """
                  - {name: a, source: {topic: topic-a, name: dummy}, destination: {table_id: shop.raw.a}}
                  - {name: b, source: {endpoint: /b}, destination: {table_id: shop.raw.b, clustering_keys: [id]}}
                  - {name: c, destination: {table_id: shop.raw.c}}
                """);

        assertThat(spec.destination().routes())
                .isEqualTo(Map.of(
                        "topic-a", new TargetId("shop.raw.a"),
                        "/b", new TargetId("shop.raw.b"),
                        "c", new TargetId("shop.raw.c")));
        assertThat(spec.warnings())
                .containsExactly("p.yml:6:75: streams[1].destination.clustering_keys means nothing here: destination "
                        + "'file' does not cluster");
    }

    @Test
    void several_targets_in_one_file_are_refused_before_anything_runs() {
        String stream = "  - {name: a, destination: {table_id: p.d.a}}";
        String oneFile = "destination: {name: file, config: {path: out.ndjson%s}}";

        assertThat(told(STREAMING, oneFile.formatted(""), stream))
                .contains("p.yml:4:1: streams: 'out.ndjson' is one file", "name a folder");
        assertThat(told(STREAMING, oneFile.formatted(", destination_id: p.d.a"), stream))
                .isEqualTo("loaded");
    }

    @Test
    void the_columns_of_streams_make_unnest_valid_and_belong_to_their_target_alone() {
        PipelineSpec spec =
                load(STREAMING, UNNESTED, "  - {name: a, destination: {table_id: p.d.a, %s}}".formatted(ID));

        assertThat(spec.destination()
                        .settings()
                        .targetSchemas()
                        .get(new TargetId("p.d.a"))
                        .fields())
                .extracting(field -> field.name() + " " + field.type())
                .containsExactly("id " + DataType.INT64);
        assertThat(spec.destination().settings().defaultSchema()).isEmpty();
        assertThat(spec.warnings()).isEmpty();
    }

    @Test
    void the_columns_the_destination_declares_win_with_a_warning() {
        PipelineSpec spec = load(
                STREAMING,
                "destination: {name: file, config: {path: out/, unnest: true, record_schemas: [{destination_id: p.d.a, "
                        + "record_schema: [{name: own, type: STRING}]}]}}",
                "  - {name: a, destination: {table_id: p.d.a, %s}}".formatted(ID));

        assertThat(spec.destination()
                        .settings()
                        .targetSchemas()
                        .get(new TargetId("p.d.a"))
                        .fields())
                .extracting(field -> field.name())
                .containsExactly("own");
        assertThat(spec.warnings()).singleElement().asString().contains("is not used", "record_schemas wins");
    }

    @Test
    void columns_without_unnest_are_warned_of() {
        PipelineSpec spec = load(STREAMING, FILE, "  - {name: a, destination: {table_id: p.d.a, %s}}".formatted(ID));

        assertThat(spec.destination().settings().targetSchemas()).isEmpty();
        assertThat(spec.warnings()).singleElement().asString().contains("only with unnest: true");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            raw.a     | must be project.dataset.table, not 'raw.a' (it has 2 parts)
            a         | must be project.dataset.table, not 'a' (it has one part)
            p.d.a.b   | must be project.dataset.table, not 'p.d.a.b' (it has 4 parts)
            p..a      | must be project.dataset.table, not 'p..a' (one of its parts is empty)
            ${TABLE}  | must be project.dataset.table
            """)
    void a_table_id_has_three_parts(String table, String problem) {
        String told = told(STREAMING, FILE, "  - {name: a, destination: {table_id: '%s'}}".formatted(table));

        assertThat(told)
                .contains("streams[0].destination.table_id: " + problem + "\n")
                .doesNotContain("secret-table");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {name: a, destination: {table_id: p.d.a}} | {name: a, destination: {table_id: p.d.b}} | streams[1].name: another stream has the name 'a'
            {name: a, destination: {table_id: p.d.a}} | {name: b, destination: {table_id: p.d.a}} | streams[1].destination.table_id: another stream has the target 'p.d.a'
            {name: a, source: {topic: t}, destination: {table_id: p.d.a}} | {name: b, source: {topic: t}, destination: {table_id: p.d.b}} | streams[1].source.topic: another stream picks the same records
            {name: a, source: {topic: b}, destination: {table_id: p.d.a}} | {name: b, destination: {table_id: p.d.b}} | streams[1].name: another stream picks the same records
            {name: a, destination: {table_id: p.d.a}} | {name: b, source: {topic: t, endpoint: e}, destination: {table_id: p.d.b}} | streams[1].source.endpoint: a stream picks records by a topic or by an endpoint
            {name: a, destination: {table_id: p.d.a}} | {name: b, source: {topik: t}, destination: {table_id: p.d.b}} | streams[1].source.topik: unknown key 'topik' (did you mean 'topic'?)
            {name: a, destination: {table_id: p.d.a}} | {destination: {}} | streams[1].name: 'name' is missing
            {name: a, destination: {table_id: p.d.a}} | {name: b} | streams[1].destination: 'destination' is missing
            """)
    void streams_that_contradict_each_other_are_refused(String first, String second, String problem) {
        assertThat(told(STREAMING, FILE, "  - " + first + "\n  - " + second)).contains(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ", sync_mode: full_refresh"})
    void other_sync_modes_are_refused(String mode) {
        assertThat(told(
                        "source: {name: dummy, stream: creatures" + mode + "}",
                        FILE,
                        "  - {name: a, destination: {table_id: p.d.a}}"))
                .contains("p.yml:4:1: streams: need sync_mode: stream in source");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{name: generator, stream: orders, sync_mode: stream}",
                "{name: files, stream: s, path: x, sync_mode: stream}"
            })
    void a_source_whose_records_all_belong_together_is_refused_and_told_what_to_do(String source) {
        assertThat(told("source: " + source, FILE, "  - {name: a, destination: {table_id: p.d.a}}"))
                .containsPattern("streams: source '(generator|files)' does not say of its records where they belong "
                        + "\\(write one pipeline file for each target\\)");
    }

    @Test
    void of_a_source_of_a_later_version_only_that_is_refused() {
        assertThat(told(
                        "source: {name: hubspot, stream: contacts, sync_mode: stream}",
                        FILE,
                        "  - {name: a, destination: {table_id: p.d.a}}"))
                .contains("source 'hubspot' is not available")
                .doesNotContain("streams");
    }
}
