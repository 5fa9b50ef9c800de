package dev.wisent.cli.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class RunLogTest {
    private static final int MOST = 4_000;

    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();

    private RunLog log() {
        return new RunLog(new LogFolder(folder), "p", "run-1", MOST, () -> event("continued", -1), warnings::add);
    }

    private static ObjectNode event(String name, int number) {
        return JsonNodeFactory.instance.objectNode().put("event", name).put("number", number);
    }

    private LogFolder.Kept kept() {
        return new LogFolder(folder).all(Optional.empty()).getFirst();
    }

    private static List<Integer> numbers(List<ObjectNode> events) {
        return events.stream().map(event -> event.path("number").asInt()).toList();
    }

    @Test
    void a_long_log_loses_its_older_half_and_says_so() throws IOException {
        int events = 1_000;
        try (RunLog log = log()) {
            for (int i = 0; i < events; i++) {
                log.add(event("e", i));
            }
        }
        LogFolder.Kept kept = kept();

        List<Integer> numbers = numbers(new LogReader(kept).next());
        assertThat(Files.size(kept.file()) + Files.size(kept.older())).isBetween(MOST / 2L, (long) MOST);
        assertThat(numbers).contains(-1);
        List<Integer> rows = numbers.stream().filter(n -> n >= 0).toList();
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i)).isEqualTo(events - rows.size() + i);
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void who_reads_along_misses_nothing_where_a_new_half_begins() {
        List<Integer> seen = new ArrayList<>();
        try (RunLog log = log()) {
            log.add(event("e", 0));
            try (LogReader reader = new LogReader(kept())) {
                for (int i = 1; i < 1_000; i++) {
                    log.add(event("e", i));
                    if (i % 7 == 0) {
                        seen.addAll(numbers(reader.next()));
                    }
                }
                seen.addAll(numbers(reader.next()));
            }
        }
        List<Integer> rows = seen.stream().filter(n -> n >= 0).toList();

        assertThat(rows).hasSize(1_000).isSorted();
    }

    @Test
    void what_a_kill_left_of_a_line_is_passed_over() throws IOException {
        try (RunLog log = log()) {
            log.add(event("e", 1));
        }
        Files.writeString(kept().file(), Files.readString(kept().file()) + "{\"event\":\"e\",\"num");

        assertThat(numbers(new LogReader(kept()).next())).containsExactly(1);
    }

    @Test
    void a_gap_is_named_once_events_can_be_kept_again() throws IOException {
        Path blocker = Files.writeString(folder.resolve("p"), "a file where a folder is wanted");
        try (RunLog log = log()) {
            log.add(event("e", 1));
            log.add(event("e", 2));
            Files.delete(blocker);
            log.add(event("e", 3));
        }

        assertThat(warnings).singleElement().asString().contains("warning[W4002]", "run-1.log");
        List<ObjectNode> events = new LogReader(kept()).next();
        assertThat(numbers(events)).containsExactly(-1, 3);
        assertThat(events.getFirst().path("missing").asInt()).isEqualTo(2);
    }
}
