package dev.wisent.cli.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.TargetId;
import dev.wisent.cli.internal.config.PipelineSpec.Backend;
import dev.wisent.cli.internal.config.PipelineSpec.OnBadRecord;
import dev.wisent.cli.internal.config.PipelineSpec.Publish;
import dev.wisent.cli.internal.config.PipelineSpec.Runner;
import dev.wisent.cli.internal.config.PipelineSpec.Start;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PipelineLoaderTest {
    private static final String SMALLEST = """
            name: a
            source: {name: letters, stream: capital}
            destination: {name: shelf, config: {path: x}}
            """;

    @Test
    void the_smallest_pipeline_has_the_documented_defaults() {
        PipelineSpec spec = Loading.load(SMALLEST);

        assertThat(spec.id()).isEqualTo("a");
        assertThat(spec.source().settings().stream()).isEqualTo(new StreamId("capital"));
        assertThat(spec.source().settings().syncMode()).isEmpty();
        assertThat(spec.source().maxIterations()).isEmpty();
        assertThat(spec.source().start()).isEqualTo(Start.RESUME);
        assertThat(spec.destination().target()).isEqualTo(new TargetId("letters_capital"));
        assertThat(spec.destination().settings().bufferBytes()).isEqualTo(50L << 20);
        assertThat(spec.destination().settings().flushTimeout()).isEqualTo(Duration.ofSeconds(600));
        assertThat(spec.destination().settings().commitInterval()).isEqualTo(Duration.ofMillis(2500));
        assertThat(spec.destination().settings().maxConcurrentThreads()).isEqualTo(10);
        assertThat(spec.engine().backend()).isEqualTo(new Backend.Sqlite(Path.of(".wisent/state.db")));
        assertThat(spec.engine().runner()).isEqualTo(Runner.THREAD);
        assertThat(spec.engine().workers()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(spec.engine().envelopePrefix()).isEqualTo("wisent");
        assertThat(spec.engine().heartbeat()).isEqualTo(Duration.ofSeconds(5));
        assertThat(spec.engine().leaseExpiry()).isEqualTo(Duration.ofSeconds(30));
        assertThat(spec.engine().grace()).isEqualTo(Duration.ofSeconds(30));
        assertThat(spec.errors().onBadRecord()).isEqualTo(OnBadRecord.REJECT);
        assertThat(spec.errors().rejects()).isEqualTo(Path.of(".wisent/rejects/a"));
        assertThat(spec.warnings()).isEmpty();
    }

    @Test
    void everything_that_can_be_set_is_read() {
        PipelineSpec spec = Loading.load("""
                name: a
                id: b/c
                log_level: debug
                source:
                  name: letters
                  stream: capital
                  sync_mode: incremental
                  cursor_field: seen_at
                  primary_key: [id, part]
                  max_iterations: 5
                  max_record_bytes: 1000
                  reset: true
                  count: 3
                destination:
                  name: shelf
                  alias: my-shelf
                  config:
                    path: x
                    destination_id: t
                    buffer_size: 0.5
                    buffer_flush_timeout: 0.25
                    commit_interval: 0
                    max_concurrent_threads: 3
                engine:
                  backend: {type: sqlite, database: here.db}
                  runner: {type: stream, config: {max_workers: 3}}
                  envelope_prefix: bizon
                  lease: {heartbeat: 0.5, expiry: 1.5}
                  grace: 1
                  retry: {budget: 2}
                  memory_budget: 100
                  publish: each_commit
                error_handling: {on_bad_record: skip_file, max_failures: 9, dlq_path: bad/}
                """);

        assertThat(spec.logLevel()).contains(LogLevel.DEBUG);
        assertThat(spec.source().settings().syncMode()).contains(SyncMode.INCREMENTAL);
        assertThat(spec.source().settings().cursorField()).contains("seen_at");
        assertThat(spec.source().settings().primaryKey()).containsExactly("id", "part");
        assertThat(spec.source().settings().maxRecordBytes()).isEqualTo(1000);
        assertThat(spec.source().maxIterations()).hasValue(5);
        assertThat(spec.source().start()).isEqualTo(Start.RESET);
        assertThat(spec.destination().alias()).isEqualTo("my-shelf");
        assertThat(spec.destination().target()).isEqualTo(new TargetId("t"));
        assertThat(spec.destination().settings().bufferBytes()).isEqualTo(512 << 10);
        assertThat(spec.destination().settings().flushTimeout()).isEqualTo(Duration.ofMillis(250));
        assertThat(spec.destination().settings().commitInterval()).isZero();
        assertThat(spec.engine().backend()).isEqualTo(new Backend.Sqlite(Path.of("here.db")));
        assertThat(spec.engine().runner()).isEqualTo(Runner.STREAM);
        assertThat(spec.engine().workers()).isEqualTo(3);
        assertThat(spec.engine().leaseExpiry()).isEqualTo(Duration.ofMillis(1500));
        assertThat(spec.engine().retryBudget()).isEqualTo(Duration.ofSeconds(2));
        assertThat(spec.engine().memoryBudget()).hasValue(100L << 20);
        assertThat(spec.engine().publish()).contains(Publish.EACH_COMMIT);
        assertThat(spec.errors().maxFailures()).isEqualTo(9);
        assertThat(spec.errors().rejects()).isEqualTo(Path.of("bad"));
    }

    @Test
    void record_schemas_become_the_columns_of_their_targets() {
        PipelineSpec spec = Loading.load("""
                name: a
                source: {name: letters, stream: capital}
                destination:
                  name: shelf
                  config:
                    path: x
                    unnest: true
                    record_schemas:
                      - destination_id: t
                        clustering_keys: [id]
                        record_schema:
                          - {name: id, type: INTEGER, mode: REQUIRED, description: the key}
                          - {name: tags, type: string, mode: REPEATED}
                          - {name: amount, type: "decimal(18,2)", default_value_expression: "0"}
                """);

        Schema schema = Schema.of(
                Field.required("id", DataType.INT64),
                Field.nullable("tags", new DataType.ListOf(DataType.STRING)),
                Field.nullable("amount", new DataType.Decimal(18, 2)));
        assertThat(spec.destination().settings().targetSchemas()).isEqualTo(Map.of(new TargetId("t"), schema));
        assertThat(spec.destination().settings().defaultSchema()).contains(schema);
        assertThat(spec.warnings())
                .anySatisfy(w -> assertThat(w).contains("clustering_keys means nothing here"))
                .anySatisfy(w -> assertThat(w).contains("p.yml:14:").contains("default_value_expression"));
    }

    @Test
    void keys_that_mean_nothing_here_are_warned_of_by_name_and_place() {
        PipelineSpec spec = Loading.load("""
                name: a
                transforms: []
                alerting:
                source: {name: letters, stream: capital, init_pipeline: false, api_config: {retry_limit: 3}}
                destination: {name: shelf, config: {path: x, authentication: null}}
                engine:
                  backend: {type: sqlite, config: {database: d, schema: public, syncCursorInDBEvery: 2, echoEngine: true}}
                  queue: {type: python_queue, config: {max_nb_messages: 10, queue: {max_size: 1}, consumer: {poll_interval: 1}}}
                  runner: {type: thread, log_level: INFO, config: {max_workers: 2, consumer_start_delay: 2, is_alive_check_interval: 2}}
                """);

        assertThat(spec.warnings()).hasSize(9).allSatisfy(w -> assertThat(w).startsWith("p.yml:"));
        assertThat(spec.warnings())
                .contains(
                        "p.yml:9:68: engine.runner.config.consumer_start_delay means nothing here: nothing waits before it starts");
        assertThat(spec.logLevel()).contains(LogLevel.INFO);
    }

    @Test
    void the_command_line_names_another_runner() {
        PipelineSpec spec = Loading.loader(dev.wisent.cli.internal.FakeConnectors.all(), Map.of())
                .parse(SMALLEST + "engine: {runner: {type: thread}}", "p.yml", Optional.of(Runner.STREAM));

        assertThat(spec.engine().runner()).isEqualTo(Runner.STREAM);
    }

    @Test
    void a_pipelines_id_never_leads_out_of_the_folder_of_rejects() {
        assertThat(Loading.load(SMALLEST.replace("name: a", "name: ../../etc"))
                        .errors()
                        .rejects())
                .isEqualTo(Path.of(".wisent/rejects/_.._.._etc"));
    }

    @Test
    void json_says_the_same_as_yaml() {
        String json = """
                {"name": "a",
                \t"source": {"name": "letters", "stream": "capital", "count": 3, "authentication": null},
                \t"destination": {"name": "shelf", "config": {"path": "x", "unnest": false}}}
                """;
        assertThat(Loading.load("p.json", json, Map.of()).destination().target())
                .isEqualTo(new TargetId("letters_capital"));
        assertThat(Loading.load("p.yml", json.replace("\t", " "), Map.of()).id())
                .isEqualTo("a");
    }

    @Test
    void anchors_and_merge_keys_write_their_values_out() {
        PipelineSpec spec = Loading.load("""
                name: a
                source:
                  <<: &common {name: letters, count: 3, max_iterations: 7}
                  stream: capital
                  max_iterations: 8
                destination: {name: shelf, config: {path: &p x, destination_id: *p}}
                """);

        assertThat(spec.source().maxIterations()).hasValue(8);
        assertThat(spec.destination().target()).isEqualTo(new TargetId("x"));
    }

    @Test
    void aliases_of_aliases_are_refused_before_they_fill_the_memory() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            text.append("a%d: &a%d [".formatted(i, i))
                    .append("*a%d, ".formatted(i - 1).repeat(10))
                    .append("]\n");
        }
        assertThat(Loading.told("p.yml", text.toString(), Map.of())).contains("more than 100000 values");
    }

    @Test
    void nesting_without_end_is_refused() {
        assertThat(Loading.told("p.yml", "a: " + "[".repeat(5000), Map.of())).contains("nested deeper than 64");
        assertThat(Loading.told("p.json", "[".repeat(400), Map.of())).contains("nested deeper than 64");
    }
}
