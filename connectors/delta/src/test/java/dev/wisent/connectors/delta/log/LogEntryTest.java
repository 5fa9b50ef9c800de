package dev.wisent.connectors.delta.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class LogEntryTest {
    @Test
    void every_action_that_is_written_comes_back() {
        LogEntry entry = new LogEntry(List.of(
                new Action.CommitInfo(JsonNodeFactory.instance.objectNode().put("operation", "WRITE")),
                new Action.Protocol(3, 7, List.of("timestampNtz"), List.of("appendOnly", "timestampNtz")),
                new Action.Protocol(1, 2, List.of(), List.of()),
                new Action.MetaData(
                        "id-1",
                        Optional.of("events"),
                        "{\"type\":\"struct\",\"fields\":[]}",
                        List.of("day"),
                        Map.of("delta.appendOnly", "true"),
                        OptionalLong.of(17)),
                new Action.Txn("app", 1L << 60),
                new Action.Add(
                        "day=%C3%A4/part-1.parquet",
                        Map.of("day", Optional.of("ä"), "hour", Optional.empty()),
                        12,
                        1_700_000_000_000L,
                        Optional.of("{\"numRecords\":1}")),
                new Action.Remove("old.parquet", Map.of(), 7, 9, Action.Effect.ROWS)));

        assertThat(LogEntry.parse(entry.bytes())).isEqualTo(entry);
    }

    @Test
    void the_newest_txn_of_an_application_counts() {
        LogEntry entry = new LogEntry(List.of(new Action.Txn("a", 1), new Action.Txn("b", 9), new Action.Txn("a", 2)));

        assertThat(entry.txn("a")).contains(2L);
        assertThat(entry.txn("c")).isEmpty();
    }

    @Test
    void actions_of_others_are_kept_apart_by_name() {
        LogEntry entry = LogEntry.parse(
                "{\"domainMetadata\":{\"domain\":\"x\"}}\n\n{\"add\":{\"path\":\"p\",\"partitionValues\":{},\"size\":1,\"modificationTime\":2,\"dataChange\":false,\"deletionVector\":{}}}\n"
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(entry.actions()).first().isEqualTo(new Action.Other("domainMetadata"));
        assertThat(entry.of(Action.Add.class)).hasSize(1);
    }

    @Test
    void what_is_no_log_entry_is_refused() {
        assertThatThrownBy(() -> LogEntry.parse("{\"add\":{\"path\":\"p\"}}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'size' is missing");
        assertThatThrownBy(() -> LogEntry.parse("{\"add\":".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void names_sort_as_their_versions() {
        assertThat(LogNames.entry(12)).isEqualTo("_delta_log/00000000000000000012.json");
        assertThat(LogNames.version("x/_delta_log/00000000000000000012.json")).hasValue(12);
        assertThat(LogNames.version("_delta_log/00000000000000000012.checkpoint.parquet"))
                .isEmpty();
        assertThat(LogNames.version("_delta_log/_last_checkpoint")).isEmpty();
    }
}
