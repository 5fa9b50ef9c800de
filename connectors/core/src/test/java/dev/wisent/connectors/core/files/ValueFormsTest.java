package dev.wisent.connectors.core.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.source.Source;
import dev.wisent.connectors.core.Read;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `unit` and `encoding` of a schema's field do to a file; single values are in the ValueFormsTest of columnar.
class ValueFormsTest {
    private static final Map<String, ?> AT = Map.of("name", "at", "type", "timestamp", "unit", "ms");
    private static final Map<String, ?> BYTES = Map.of("name", "b", "type", "binary", "encoding", "hex");

    private static final StreamId ROWS = new StreamId("rows");

    @TempDir
    Path folder;

    @Test
    void numbers_are_timestamps_and_digits_are_bytes_in_every_format_of_text() {
        Inputs.write(folder.resolve("a.ndjson"), "{\"at\":1763632800123,\"b\":\"ff00\"}\n{\"at\":null}\n");
        Inputs.write(folder.resolve("a.json"), "[{\"at\":1763632800123,\"b\":\"ff00\"},{\"at\":null}]");
        Inputs.write(folder.resolve("a.csv"), "at,b\n1763632800123,ff00\n");
        Inputs.write(folder.resolve("at=1763632800123/p.ndjson"), "{\"b\":\"FF00\"}\n");
        String row = "{\"at\":\"2025-11-20T10:00:00.123000Z\",\"b\":\"/wA=\"}";

        assertThat(read("a.ndjson", Map.of()).rows).containsExactly(row, "{\"at\":null}");
        assertThat(read("a.json", Map.of("format", "json")).rows).containsExactly(row, "{\"at\":null}");
        assertThat(read("a.csv", Map.of()).rows).containsExactly(row);
        assertThat(read("*/p.ndjson", Map.of("partition_columns", List.of("at"))).rows)
                .containsExactly(row);
    }

    @Test
    void what_does_not_fit_is_a_reject_that_tells_the_unit() {
        Inputs.write(
                folder.resolve("a.ndjson"),
                "{\"at\":1763632800123456789}\n{\"at\":0.0001}\n{\"at\":7}\n{\"b\":\"0\"}\n{\"b\":\"/wA=\"}\n");

        Read read = read("a.ndjson", Map.of());

        assertThat(read.rows).containsExactly("{\"at\":\"1970-01-01T00:00:00.007000Z\"}");
        assertThat(read.rejects.stream().map(reject -> reject.line().orElse(0) + " " + reject.message()))
                .containsExactly(
                        "1 column 'at' is timestamp (unit ms) and can't hold 1763632800123456789",
                        "2 column 'at' is timestamp (unit ms) and can't hold 0.0001",
                        "4 column 'b' is binary (encoding hex) and can't hold \"0\"",
                        "5 column 'b' is binary (encoding hex) and can't hold \"/wA=\"");
    }

    @Test
    void a_unit_is_for_instants_and_an_encoding_for_bytes_in_formats_of_text() {
        assertThatThrownBy(() -> source("*.csv", Map.of("name", "at", "type", "date", "unit", "s")))
                .hasMessageContaining("unit")
                .hasMessageContaining("date");
        assertThatThrownBy(() -> source("*.csv", Map.of("name", "at", "type", "timestamp_ntz", "unit", "s")))
                .hasMessageContaining("timestamp_ntz");
        assertThatThrownBy(() -> source("*.csv", Map.of("name", "at", "type", "timestamp", "unit", "hours")))
                .hasMessageContaining("hours");
        assertThatThrownBy(() -> source("*.csv", Map.of("name", "b", "type", "list<string>", "encoding", "hex")))
                .hasMessageContaining("encoding")
                .hasMessageContaining("list<string>");
        assertThatThrownBy(() -> source("*.parquet", AT)).hasMessageContaining("formats of text");
    }

    @Test
    void another_unit_is_another_reading_of_the_files() {
        String milliseconds = source("*.csv", AT).fingerprint(ROWS);

        assertThat(source("*.csv", Map.of("name", "at", "type", "timestamp", "unit", "s"))
                        .fingerprint(ROWS))
                .isNotEqualTo(milliseconds);
        assertThat(source("*.csv", Map.of("name", "at", "type", "timestamp")).fingerprint(ROWS))
                .doesNotContain("forms");
        assertThat(source("*.csv", Map.of("name", "l", "type", "list<struct<at:timestamp>>", "unit", "s"))
                        .fingerprint(ROWS))
                .contains("{l=unit s}");
    }

    private Source source(String pattern, Map<String, ?> field) {
        return Inputs.source(folder, pattern, Map.of("schema", Map.of("fields", List.of(field))));
    }

    private Read read(String pattern, Map<String, ?> keys) {
        Map<String, Object> all = new HashMap<>(keys);
        all.put("schema", Map.of("fields", List.of(AT, BYTES)));
        return Read.all(Inputs.source(folder, pattern, all), SyncMode.INCREMENTAL);
    }
}
