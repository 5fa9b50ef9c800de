package dev.wisent.cli.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.api.error.WisentException;
import dev.wisent.cli.internal.FakeConnectors;
import dev.wisent.cli.internal.config.BlizzardImport.Dropped;
import dev.wisent.cli.internal.config.BlizzardImport.Imported;
import dev.wisent.cli.internal.console.Console;
import dev.wisent.cli.internal.console.ErrorText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Configurations as Blizzard's users write them: with `sink:` they run as they are, and any of them can be imported.
class BlizzardShapesTest {
    private static final String FIRST = """
            source:
              path: "/data/events/"
              compression: gzip
              batch_size: 8192
            sink:
              path: ${TABLE:-/lake/events}
              file_size_mb: 256
              row_group_size_bytes: 134217728
              inactivity_timeout_secs: 60
              rollover_timeout_secs: 300
              compression: lz4
              delta_checkpoint_interval: 20
              storage_options: {aws_region: eu-central-1}
            schema:
              fields:
                - {name: id, type: string, nullable: false}
                - {name: amount, type: float64}
                - {name: note, type: string, nullable: true}
            metrics: {enabled: true, address: "0.0.0.0:9090"}
            error_handling: {max_failures: 10, dlq_path: dead/}
            """;

    /// What the destination was given.
    private final Map<String, String> given = new HashMap<>();

    private Connectors connectors;

    @BeforeEach
    void makeConnectors() {
        connectors = Connectors.holding(
                List.of(Connectors.installed().source("files").orElseThrow()), List.of(new Lake(given)));
    }

    @Test
    void the_first_versions_form_loads_as_it_is_and_names_get_defaults() {
        PipelineSpec spec = load("events.yaml", FIRST);

        assertThat(spec.name()).isEqualTo("events");
        assertThat(spec.source().connector()).isEqualTo("files");
        assertThat(spec.source().settings().stream().name()).isEqualTo("events");
        assertThat(spec.destination().connector()).isEqualTo("delta");
        assertThat(spec.errors().maxFailures()).isEqualTo(10);
        assertThat(given)
                .containsEntry("path", "/lake/events")
                .containsEntry("file_size_mb", "268435456")
                .containsEntry("rollover_timeout", "Optional[PT5M]")
                .containsEntry("compression", "lz4_raw")
                .containsEntry("checkpoint_interval", "20")
                .containsEntry("storage_options", "{aws_region=eu-central-1}");
        assertThat(spec.warnings())
                .anySatisfy(warning ->
                        assertThat(warning).contains("events.yaml:4:3: source.batch_size means nothing here"))
                .anySatisfy(warning -> assertThat(warning).contains("sink.inactivity_timeout_secs"))
                .anySatisfy(warning -> assertThat(warning).contains("sink.row_group_size_bytes"))
                .anySatisfy(warning -> assertThat(warning).contains("metrics means nothing here"));
    }

    @Test
    void names_that_are_told_are_kept() {
        PipelineSpec spec = load("events.yaml", """
                name: tills
                source: {name: files, stream: receipts, path: in/, format: ndjson}
                sink: {name: delta, path: out/}
                """);

        assertThat(spec.name()).isEqualTo("tills");
        assertThat(spec.source().settings().stream().name()).isEqualTo("receipts");
        assertThat(spec.warnings()).isEmpty();
    }

    @Test
    void a_file_that_is_read_again_and_again_is_a_stream() {
        PipelineSpec spec = load("p.yaml", """
                source: {path: in/, poll_interval_secs: 30}
                sink: {path: out/, partition_by: [date]}
                """);

        assertThat(spec.source().settings().syncMode().map(Enum::name)).hasValue("STREAM");
        assertThat(given).containsEntry("partition_by", "[date]");
    }

    @Test
    void a_slip_is_told_under_the_name_it_has_in_the_file() {
        assertThat(told("""
                source: {path: in/, compresion: gzip}
                sink:
                  path: out/
                  file_sise_mb: 5
                  rollover_timeout_secs: soon
                schema: {fields: [{name: a, type: strng}]}
                """))
                .contains("p.yaml:4:3: sink.file_sise_mb: unknown key 'file_sise_mb' (did you mean 'file_size_mb'?)")
                .contains("sink.rollover_timeout")
                .contains("source.compresion: unknown key 'compresion' (did you mean 'compression'?)")
                .contains(" schema.fields[0].type: ")
                .doesNotContain("destination.config");
        assertThat(told("source: {path: in/}\nsink: {}\n")).contains("sink.path");
    }

    @Test
    void sink_beside_destination_is_refused() {
        assertThat(told("""
                name: p
                source: {name: files, stream: s, path: in/}
                destination: {name: delta, config: {path: out/}}
                sink: {path: out/}
                """)).contains("p.yaml:4:1: sink: 'sink' stands beside 'destination'");
    }

    @Test
    void an_import_of_the_first_version_loads_as_ours_and_means_the_same() {
        List<Imported> imported = BlizzardImport.of(FIRST, "events.yaml", "events", connectors);

        assertThat(imported).hasSize(1);
        assertThat(imported.getFirst().dropped())
                .extracting(Dropped::path)
                .containsExactlyInAnyOrder(
                        "source.batch_size", "sink.inactivity_timeout_secs", "sink.row_group_size_bytes", "metrics");
        assertThat(imported.getFirst().yaml())
                .contains("# no counterpart: source.batch_size (")
                .contains("${TABLE:-/lake/events}")
                .contains("{name: amount, type: float64, nullable: false}")
                .doesNotContain("sink:");
        load("events.yaml", FIRST);
        Map<String, String> before = Map.copyOf(given);
        given.clear();
        PipelineSpec spec = load("imported.yml", imported.getFirst().yaml());
        assertThat(spec.name()).isEqualTo("events");
        assertThat(spec.warnings()).isEmpty();
        assertThat(given).isEqualTo(before);
    }

    @Test
    void an_import_of_the_present_version_is_a_pipeline_for_each_source() {
        List<Imported> imported = BlizzardImport.of("""
                pipelines:
                  orders:
                    sources:
                      eu: {path: "s3://b/eu", compression: zstd, poll_interval_secs: 10, use_watermark: true,
                           checkpoint: {interval_files: 100}}
                      us: {path: $US}
                    sink:
                      table_uri: out/orders
                      partition_by: {prefix_template: "date=%Y-%m-%d/hour=%H"}
                    schema: {fields: [{name: id, type: string}], coerce_conflicts_to_utf8: true}
                    max_concurrent_files: 4
                    sink_parallelism: 2
                  clicks:
                    sources: {all: {path: in/clicks}}
                    sink: {table_uri: out/clicks, compression: uncompressed}
                    schema: {infer: true}
                tables: {orders: {table_uri: out/orders}}
                global: {total_concurrency: 8}
                metrics: {address: "0.0.0.0:9090"}
                """, "many.yaml", "many", connectors);

        assertThat(imported).extracting(Imported::name).containsExactly("orders-eu", "orders-us", "clicks");
        assertThat(imported.get(0).dropped())
                .extracting(Dropped::path)
                .contains(
                        "tables",
                        "global",
                        "metrics",
                        "pipelines.orders.sources.use_watermark",
                        "pipelines.orders.sources.checkpoint",
                        "pipelines.orders.schema.coerce_conflicts_to_utf8");
        assertThat(imported.get(0).yaml())
                .contains("partition_by: [date, hour]")
                .contains("max_workers: 2")
                .contains("{name: id, type: string, nullable: true}");
        assertThat(imported.get(1).yaml()).contains("path: \"${US}\"").contains("poll_interval: 60");
        assertThat(imported.get(2).yaml()).contains("compression: none").doesNotContain("schema");
        PipelineSpec clicks = load("clicks.yml", imported.get(2).yaml());
        assertThat(clicks.source().settings().syncMode().map(Enum::name)).hasValue("STREAM");
        assertThat(given).containsEntry("path", "out/clicks").containsEntry("compression", "none");
    }

    @Test
    void numbers_of_timestamps_stay_microseconds_and_bytes_hexadecimal() {
        String fields = """
                {fields: [{name: at, type: timestamp}, {name: digest, type: binary, nullable: true}, \
                {name: seen, type: timestamp, unit: ms}, {name: on, type: date}]}""";
        String first = BlizzardImport.of(
                        "source: {path: in/}\nsink: {path: out/}\nschema: " + fields, "p.yaml", "p", connectors)
                .getFirst()
                .yaml();
        String later = BlizzardImport.of(
                        "pipelines: {p: {sources: {a: {path: in/}}, sink: {table_uri: out/}, schema: " + fields + "}}",
                        "p.yaml",
                        "p",
                        connectors)
                .getFirst()
                .yaml();

        assertThat(first)
                .contains("{name: at, type: timestamp, nullable: false, unit: us}")
                .contains("{name: digest, type: binary, nullable: true, encoding: hex}")
                .contains("{name: seen, type: timestamp, unit: ms, nullable: false}")
                .contains("{name: on, type: date, nullable: false}");
        assertThat(later)
                .contains("{name: at, type: timestamp, nullable: true, unit: us}")
                .contains("{name: digest, type: binary, nullable: true, encoding: hex}");
        assertThat(load("imported.yml", first).warnings()).isEmpty();
    }

    @Test
    void references_become_ours_and_defaults_stay() {
        String yaml = BlizzardImport.of(
                        "source: {path: '$A/${B-c}/${D:-e}/$$x'}\nsink: {path: '${F}'}\n", "p.yaml", "p", connectors)
                .getFirst()
                .yaml();

        assertThat(yaml).contains("\"${A}/${B:-c}/${D:-e}/$$x\"").contains("\"${F}\"");
    }

    @Test
    void what_is_no_configuration_of_blizzard_is_refused() {
        assertThatThrownBy(() -> BlizzardImport.of("tables: {a: {table_uri: x}}", "p.yaml", "p", connectors))
                .isInstanceOf(WisentException.class)
                .hasMessageContaining("is no configuration of Blizzard");
        assertThatThrownBy(() -> BlizzardImport.of("[a, b]", "p.yaml", "p", connectors))
                .isInstanceOf(WisentException.class);
    }

    private PipelineSpec load(String label, String text) {
        return Loading.loader(connectors, Map.of()).parse(text, label, Optional.empty());
    }

    private String told(String text) {
        try {
            load("p.yaml", text);
            return "loaded";
        } catch (WisentException error) {
            return ErrorText.lines(error, Console.Mode.PLAIN);
        }
    }

    /// Reads what the `delta` destination reads, which is in a family and not on this class path.
    private record Lake(Map<String, String> given) implements DestinationFactory {
        private static final List<Key<?>> EACH = List.of(
                Key.text("path").about("the table").required(),
                Key.textMap("storage_options").about("of the store").orEmpty(),
                Key.text("compression").about("a codec").standard("zstd"),
                Key.megabytes("file_size_mb").about("a file's size").standard(128L << 20),
                Key.texts("partition_by").about("columns").orEmpty(),
                Key.seconds("rollover_timeout")
                        .about("how long")
                        .alias("rollover_timeout_secs")
                        .optional("never"),
                Key.whole("checkpoint_interval").about("versions").standard(10L));

        @Override
        public String name() {
            return "delta";
        }

        @Override
        public String summary() {
            return "a lake";
        }

        @Override
        public ConfigShape keys() {
            return ConfigShape.of(EACH.toArray(Key[]::new));
        }

        @Override
        public DestinationHandle create(ConfigSection config, DestinationSettings settings) {
            EACH.forEach(key -> given.put(key.name(), String.valueOf(config.read(key))));
            config.done();
            return new DestinationHandle.Transactional(new FakeConnectors.Shelf());
        }
    }
}
