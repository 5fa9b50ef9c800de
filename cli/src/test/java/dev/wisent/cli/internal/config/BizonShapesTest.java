package dev.wisent.cli.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.error.WisentException;
import dev.wisent.cli.internal.console.Console;
import dev.wisent.cli.internal.console.ErrorText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Pipelines shaped as Bizon's users write them load with the connectors this version has.
class BizonShapesTest {
    private static final String DUMMY = """
            name: demo-creatures-pipeline
            source:
              name: dummy
              stream: creatures
              authentication:
                type: api_key
                params:
                  token: dummy_key
            """;

    private static final List<String> RESTS = List.of(
            // the demo of the README
            "destination: {name: logger, config: {dummy: dummy}}",
            // quoted keys and comments, as its examples have them
            "\"destination\": {\"name\": \"logger\", \"config\": {\"dummy\": \"bizon\"}} # shown",
            "destination: {name: logger, alias: console, config: {dummy: dummy, buffer_size: 0}}",
            "destination: {name: logger, config: {dummy: dummy, buffer_size: 50, buffer_flush_timeout: 600, max_concurrent_threads: 10}}",
            "destination: {name: logger, config: {dummy: dummy}}\ntransforms: null\nalerting: null\nmonitoring: null\nsecrets: null\nstreams: null",
            "destination: {name: logger, config: {dummy: dummy}}\nengine: {backend: {type: sqlite, config: {database: db, schema: s, syncCursorInDBEvery: 2}}}",
            "destination: {name: logger, config: {dummy: dummy}}\nengine: {backend: {type: sqlite_in_memory, config: {database: NOT_USED, schema: NOT_USED, echoEngine: true}}}",
            "destination: {name: logger, config: {dummy: dummy}}\nengine: {backend: {type: sqlite_in_memory, database: not_used, schema: not_used, syncCursorInDBEvery: 2}}",
            "destination: {name: logger, config: {dummy: dummy}}\nengine: {queue: {type: python_queue, config: {max_nb_messages: 1000000, queue: {max_size: 0}, consumer: {poll_interval: 1}}}}",
            "destination: {name: logger, config: {dummy: dummy}}\nengine: {runner: {type: thread, config: {max_workers: 2, consumer_start_delay: 2, is_alive_check_interval: 2}, log_level: INFO}}",
            "destination: {name: logger, config: {dummy: dummy}}\nengine: {runner: {type: stream}}",
            "destination: {name: logger, config: {dummy: BIZON_ENV_DUMMY}}",
            "destination: {name: logger, config: {dummy: env://DUMMY}}",
            "destination: {name: logger, config: {dummy: 'a ${env://DUMMY} b'}}",
            "destination: {name: logger, config: {dummy: dummy, unnest: true, record_schemas: [{destination_id: creatures, record_schema: [{name: id, type: INTEGER, mode: REQUIRED}, {name: name, type: STRING, mode: NULLABLE, description: n}, {name: age, type: FLOAT64, mode: NULLABLE}], clustering_keys: [id]}]}}");

    private static final List<String> SOURCES = List.of(
            "source: {name: dummy, stream: plants, sleep: 0, authentication: {type: oauth, params: {token: x}}}",
            "source: {name: dummy, stream: creatures, sync_mode: full_refresh, max_iterations: 3, force_ignore_checkpoint: true, api_config: {retry_limit: 3}, init_pipeline: false, authentication: {type: api_key, params: {token: x}}}",
            "source: {name: dummy, stream: creatures, sync_mode: stream, authentication: {type: api_key, params: {token: x}}}",
            "source: {name: dummy, stream: creatures, reset: false, cursor_field: null, source_file_path: null, authentication: {type: api_key, params: {token: env://DUMMY}}}");

    /// Everything that loads here.
    static Stream<String> loaded() {
        return Stream.concat(
                RESTS.stream().map(rest -> DUMMY + rest),
                SOURCES.stream()
                        .map(source -> "name: a\n" + source + "\ndestination: {name: logger, config: {dummy: dummy}}"));
    }

    @ParameterizedTest
    @MethodSource("loaded")
    void it_loads(String text) {
        assertThat(told(text)).isEqualTo("loaded");
    }

    private static String told(String text) {
        try {
            Loading.loader(Connectors.installed(), Map.of("DUMMY", "dummy")).parse(text, "bizon.yml", Optional.empty());
            return "loaded";
        } catch (WisentException error) {
            return ErrorText.lines(error, Console.Mode.PLAIN);
        }
    }
}
