package dev.wisent.connectors.core.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.Reject;
import dev.wisent.api.SyncMode;
import dev.wisent.api.source.Split;
import dev.wisent.connectors.core.Read;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionsTest {
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("'date='yyyy-MM-dd/'hour='HH").withZone(ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Test
    void folders_are_those_of_the_hours_before_now_in_utc_oldest_first() {
        Instant shortlyAfterTheYear = Instant.parse("2026-01-01T01:59:59Z");

        assertThat(new PartitionFilter("date=%Y-%m-%d/hour=%H", 2).folders(shortlyAfterTheYear))
                .containsExactly("date=2025-12-31/hour=23", "date=2026-01-01/hour=00", "date=2026-01-01/hour=01");
        assertThat(new PartitionFilter("date=%Y-%m-%d/hour=%H", 0).folders(shortlyAfterTheYear))
                .containsExactly("date=2026-01-01/hour=01");
    }

    @Test
    void without_hours_the_lookback_counts_days_and_no_folder_comes_twice() {
        Instant march = Instant.parse("2028-03-01T00:00:00Z");

        assertThat(new PartitionFilter("%Y/%m/%d", 1).folders(march)).containsExactly("2028/02/29", "2028/03/01");
        assertThat(new PartitionFilter("m=%Y-%m", 40).folders(march))
                .containsExactly("m=2028-01", "m=2028-02", "m=2028-03");
        assertThat(new PartitionFilter("100%%/%d", 0).folders(march)).containsExactly("100%/01");
    }

    @Test
    void only_files_below_these_folders_are_read() {
        Instant now = Instant.now();
        for (int hours : List.of(0, 1, 2, 30)) {
            Inputs.write(
                    folder.resolve(HOUR.format(now.minus(Duration.ofHours(hours))) + "/x/a.ndjson"),
                    "{\"id\":" + hours + "}\n");
        }
        Inputs.write(folder.resolve("elsewhere.ndjson"), "{\"id\":-1}\n");
        Map<String, ?> filter = Map.of("prefix_template", "date=%Y-%m-%d/hour=%H/", "lookback", "1");

        Read read = read("**/*.ndjson", Map.of("partition_filter", filter));

        // An hour may have begun since.
        assertThat(read.rows).isSubsetOf("{\"id\":0}", "{\"id\":1}").isNotEmpty();
        assertThat(read.splits.stream().map(Split::label))
                .allSatisfy(name -> assertThat(name).matches("date=[-0-9]{10}/hour=\\d\\d/x/a.ndjson"));
        assertThat(read("*.ndjson", Map.of("partition_filter", filter)).rows)
                .as("the pattern must match as well")
                .isEmpty();
    }

    @Test
    void a_template_that_is_none_is_told() {
        for (String wrong : List.of("date=%F", "x%", "/abs/%d", "../%d", "")) {
            assertThatThrownBy(() -> Inputs.source(
                            folder, "*", Map.of("partition_filter", Map.of("prefix_template", wrong, "lookback", "0"))))
                    .as(wrong)
                    .hasMessageContaining("prefix_template");
        }
    }

    @Test
    void folders_named_key_and_value_become_columns_of_the_declared_or_else_text_type() {
        Inputs.write(
                folder.resolve("day=2026-03-01/city=K%C3%B6ln/a.ndjson"), "{\"id\":1,\"city\":\"of the record\"}\n");
        Inputs.write(folder.resolve("day=2026-03-02/city=__HIVE_DEFAULT_PARTITION__/b.ndjson"), "{\"id\":2}\n");
        Inputs.write(folder.resolve("c.ndjson"), "{\"id\":3}\n");
        Map<String, ?> declared =
                Map.of("fields", List.of(Map.of("name", "id", "type", "int64"), Map.of("name", "day", "type", "date")));

        Read read = read("**/*.ndjson", Map.of("partition_columns", List.of("day", "city"), "schema", declared));
        Read inferred = read("**/*.ndjson", Map.of("partition_columns", List.of("day")));

        assertThat(read.rows)
                .containsExactlyInAnyOrder(
                        "{\"id\":1,\"day\":\"2026-03-01\",\"city\":\"Köln\"}",
                        "{\"id\":2,\"day\":\"2026-03-02\",\"city\":null}",
                        "{\"id\":3,\"day\":null,\"city\":null}");
        assertThat(read.schema.fields().stream()
                        .map(f -> f.name() + " " + f.type().text()))
                .containsExactly("id int64", "day date", "city string");
        assertThat(inferred.rows).anyMatch(row -> row.contains("\"id\":2") && row.contains("\"day\":\"2026-03-02\""));
    }

    @Test
    void a_folder_whose_value_has_not_the_columns_type_leaves_its_files_out() {
        Inputs.write(folder.resolve("day=today/a.ndjson"), "{\"id\":1}\n");
        Inputs.write(folder.resolve("day=2026-03-02/b.ndjson"), "{\"id\":2}\n");
        Map<String, ?> declared =
                Map.of("fields", List.of(Map.of("name", "id", "type", "int64"), Map.of("name", "day", "type", "date")));

        Read read = read("**/*.ndjson", Map.of("partition_columns", List.of("day"), "schema", declared));

        assertThat(read.rows).containsExactly("{\"id\":2,\"day\":\"2026-03-02\"}");
        assertThat(read.failures).singleElement().satisfies(failure -> {
            assertThat(failure.stage()).isEqualTo(Reject.Stage.PARSE);
            assertThat(failure.where()).endsWith("day=today/a.ndjson");
            assertThat(failure.what()).contains("'day'").contains("date");
        });
    }

    @Test
    void a_partition_column_can_not_be_required() {
        Map<String, ?> declared = Map.of("fields", List.of(Map.of("name", "day", "type", "date", "nullable", "false")));

        assertThatThrownBy(() ->
                        Inputs.source(folder, "*", Map.of("partition_columns", List.of("day"), "schema", declared)))
                .hasMessageContaining("must be nullable");
    }

    private Read read(String pattern, Map<String, ?> keys) {
        Map<String, Object> all = new HashMap<>(keys);
        if (keys.containsKey("partition_filter")) {
            all.put("schema", Map.of("fields", List.of(Map.of("name", "id", "type", "int64"))));
        }
        return Read.all(Inputs.source(folder, pattern, all), SyncMode.INCREMENTAL);
    }
}
