package dev.wisent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.Counts;
import dev.wisent.api.LaneId;
import dev.wisent.api.Position;
import dev.wisent.api.RejectFile;
import dev.wisent.api.RunId;
import dev.wisent.api.SplitId;
import dev.wisent.api.StreamId;
import dev.wisent.api.StreamState;
import dev.wisent.api.commit.Claimant;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.commit.LaneView;
import dev.wisent.api.commit.Progress;
import dev.wisent.api.commit.ProgressJson;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.commit.Role;
import dev.wisent.api.commit.SplitView;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.RunRecord;
import dev.wisent.cli.internal.FakeConnectors;
import dev.wisent.cli.internal.FakeConnectors.Shelf;
import dev.wisent.engine.state.SqliteStateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateAndRejectsTest {
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

    @TempDir
    Path folder;

    private Terminal terminal;

    @BeforeEach
    void pipeline() throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: a
                source: {name: letters, stream: capital}
                destination: {name: shelf, config: {path: x}}
                """);
        Files.writeString(folder.resolve("r-1.ndjson"), reject("run-1", "old") + reject("run-2", "new"));
        LaneView lane =
                new LaneView(12, Optional.of(new Claimant(new RunId("run-2"), "host-a", 4711, AT, Role.READ)), 11, 11);
        GenerationView live = new GenerationView(
                GenerationId.FIRST,
                Map.of(
                        new SplitId("s1"), new SplitView(new Position(1500, "page-3"), false),
                        new SplitId("s2"), new SplitView(Position.at(7), true)),
                Optional.empty(),
                StreamState.EMPTY,
                new Counts(1502, 0, 1500, 2, 0, 0, 0, 99, 98),
                List.of(new RejectFile("r-1.ndjson", 2), new RejectFile("gone.ndjson", 3)));
        Shelf shelf = new Shelf().shows(new ProgressView(Map.of(LaneId.FIRST, lane), live, Optional.empty()));
        terminal = new Terminal(folder, FakeConnectors.with(shelf));
    }

    @Test
    void state_shows_lanes_generations_and_positions_as_the_destination_has_them() {
        try (SqliteStateStore store = SqliteStateStore.open(folder.resolve(".wisent/state.db"))) {
            store.saveProgress(new JobKey("a", new StreamId("capital")), "12345");
        }

        assertThat(terminal.run("state", "p.yml")).isZero();
        assertThat(terminal.out()).isEqualTo("""
                pipeline     a, id a
                stream       capital
                kept by      the destination
                lane 0       commit 12, claimed under 11 by run run-2 on host-a (process 4711) since 2026-11-20T10:00:00Z
                live         generation 0: 2 splits, 1 finished, 1,500 rows written, 2 rejected
                  split s1 at 1,500 (page-3)
                  split s2 at 7, finished
                open         none
                stored copy  5 characters
                """);
        assertThat(terminal.run("state", "p.yml", "--json")).isZero();
        assertThat(terminal.out())
                .contains("{\"split\":\"s1\",\"ordinal\":1500,\"token\":\"page-3\",\"finished\":false}");
    }

    @Test
    void looking_makes_no_state_store() {
        assertThat(terminal.run("state", "p.yml")).isZero();
        assertThat(terminal.run("runs", "p.yml")).isZero();
        assertThat(terminal.run("runs")).isZero();
        assertThat(folder.resolve(".wisent")).doesNotExist();
    }

    @Test
    void one_run_is_shown_by_its_id_its_beginning_or_as_the_last() {
        try (SqliteStateStore store = SqliteStateStore.open(folder.resolve("other.db"))) {
            store.saveRun(run("run-1", AT, RunRecord.Status.SUCCEEDED));
            store.saveRun(run("run-2", AT.plusSeconds(60), RunRecord.Status.FAILED));
        }

        assertThat(terminal.run("runs", "show", "last", "--state-db", "other.db"))
                .isZero();
        assertThat(terminal.out()).contains("run           run-2\n", "status        failed\n", "W4002 writing failed");
        assertThat(terminal.run("runs", "show", "run-1", "--state-db", "other.db", "--json"))
                .isZero();
        assertThat(terminal.out()).contains("\"run_id\":\"run-1\"", "\"status\":\"succeeded\"", "\"summary\":{");
        assertThat(terminal.run("runs", "show", "run", "--state-db", "other.db"))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("2 runs begin with 'run'");
        assertThat(terminal.run("runs", "show", "last")).isEqualTo(2);
        assertThat(terminal.err()).contains("the state store knows no run 'last'");
    }

    @Test
    void state_without_a_file_lists_and_exports_what_the_store_knows_of_all_pipelines() {
        try (SqliteStateStore store = SqliteStateStore.open(folder.resolve(".wisent/state.db"))) {
            GenerationView live = new GenerationView(
                    GenerationId.FIRST,
                    Map.of(new SplitId("s1"), new SplitView(Position.at(7), true)),
                    Optional.empty(),
                    StreamState.EMPTY,
                    new Counts(7, 0, 7, 0, 0, 0, 0, 9, 9),
                    List.of());
            String copy =
                    ProgressJson.text(Progress.restore(new ProgressView(Map.of(), live, Optional.empty()), Map.of()));
            for (String pipeline : List.of("a", "b")) {
                store.saveProgress(new JobKey(pipeline, new StreamId("capital")), copy);
            }
            store.saveRun(run("run-1", AT, RunRecord.Status.SUCCEEDED));
        }

        assertThat(terminal.run("state")).isZero();
        assertThat(terminal.out().lines().map(line -> line.split(" +")[0])).containsExactly("PIPELINE", "a", "b");
        assertThat(terminal.run("state", "--json")).isZero();
        assertThat(terminal.out()).contains("\"pipeline_id\":\"a\"", "\"pipeline_id\":\"b\"");
        assertThat(terminal.run("state", "export", "--json")).isZero();
        assertThat(terminal.out())
                .contains("\"runs\":[{\"run_id\":\"run-1\"", "\"pipeline_id\":\"a\"", "\"pipeline_id\":\"b\"");
        assertThat(terminal.run("state", "export", "p.yml")).isZero();
        assertThat(terminal.out())
                .contains("\"pipeline_id\":\"a\"", "\"progress\":[{\"", "},{\"")
                .doesNotContain("\"pipeline_id\":\"b\"");
    }

    @Test
    void state_show_is_state_of_a_file() {
        assertThat(terminal.run("state", "p.yml")).isZero();
        String state = terminal.out();
        assertThat(terminal.run("state", "show", "p.yml")).isZero();
        assertThat(terminal.out()).isEqualTo(state).contains("lane 0       commit 12");
    }

    @Test
    void rejects_are_listed_with_place_reason_and_first_bytes() {
        assertThat(terminal.run("rejects", "list", "p.yml", "--last")).isZero();
        assertThat(terminal.out()).isEqualTo("""
                W2001  new
                  id:     r-1:2
                  where:  in.csv, line 48,213, byte 9,114,502
                  run:    run-2, 2026-11-20T10:00:00Z, while: parse
                  raw:    a,b.c
                next: wisent rejects show p.yml ID, or mend the cause and then
                      wisent rejects replay p.yml
                """);
        assertThat(terminal.err())
                .contains("gone.ndjson")
                .contains("3 rejects can't be shown")
                .contains("1 reject.");
    }

    @Test
    void rejects_of_all_runs_are_one_object_with_json() {
        assertThat(terminal.run("rejects", "list", "p.yml", "--json")).isZero();
        assertThat(terminal.out())
                .hasLineCount(1)
                .startsWith("{\"version\":1,\"rejects\":[{\"id\":\"r-1:1\",\"replayed\":false,\"run\":\"run-1\"")
                .contains("run-2");
    }

    @Test
    void one_reject_is_shown_with_its_bytes() {
        assertThat(terminal.run("rejects", "show", "p.yml", "r-1:2")).isZero();
        assertThat(terminal.out())
                .contains("where:  in.csv, line 48,213")
                .contains("raw:    6 bytes")
                .contains("00000000  61 2c 62 01 63 0a")
                .endsWith("  next:   mend what the message says (a type, a contract, a transform), then\n"
                        + "          wisent rejects replay p.yml\n");
        assertThat(terminal.run("rejects", "show", "p.yml", "r-1:2", "--raw")).isZero();
        assertThat(terminal.out()).isEqualTo("a,b\u0001c\n");
        assertThat(terminal.run("rejects", "show", "p.yml", "r-1:9")).isEqualTo(2);
        assertThat(terminal.err())
                .contains("there is no reject 'r-1:9'")
                .contains("next:   wisent rejects list p.yml --all");
    }

    @Test
    void runs_are_listed_newest_first() {
        try (SqliteStateStore store = SqliteStateStore.open(folder.resolve(".wisent/state.db"))) {
            store.saveRun(run("run-1", AT, RunRecord.Status.SUCCEEDED));
            store.saveRun(run("run-2", AT.plusSeconds(60), RunRecord.Status.FAILED));
        }

        assertThat(terminal.run("runs", "p.yml")).isZero();
        assertThat(terminal.out()).isEqualTo("""
                RUN    PIPELINE  STATUS     STARTED               TOOK   ROWS   REJECTS  ERROR
                run-2  a         failed     2026-11-20T10:01:00Z  1.5 s  -      -        W4002 writing failed
                run-1  a         succeeded  2026-11-20T10:00:00Z  1.5 s  1,204  3
                """);
        assertThat(terminal.run("runs", "--last", "2", "--json")).isZero();
        assertThat(terminal.out()).contains("\"seconds\":1.5,\"written\":1204,\"rejected\":3}");
        assertThat(terminal.run("runs", "--last", "1", "--json")).isZero();
        assertThat(terminal.out())
                .isEqualToIgnoringNewLines(
                        "{\"version\":1,\"runs\":[{\"run_id\":\"run-2\",\"pipeline\":\"a\",\"pipeline_id\":\"a\","
                                + "\"status\":\"failed\",\"started\":\"2026-11-20T10:01:00Z\",\"ended\":\"2026-11-20T10:01:01.500Z\","
                                + "\"seconds\":1.5,\"error\":{\"code\":\"W4002\",\"message\":\"writing failed\"}}]}");
    }

    private static RunRecord run(String id, Instant started, RunRecord.Status status) {
        boolean failed = status == RunRecord.Status.FAILED;
        return new RunRecord(
                new RunId(id),
                "a",
                "a",
                status,
                started,
                Optional.of(started.plusMillis(1500)),
                failed ? Optional.of("W4002") : Optional.empty(),
                failed ? Optional.of("writing failed") : Optional.empty(),
                failed ? "{}" : "{\"streams\":[{\"written\":1200,\"rejected\":0},{\"written\":4,\"rejected\":3}]}");
    }

    private static String reject(String run, String message) {
        return ("{\"run\":\"%s\",\"stream\":\"capital\",\"stage\":\"parse\",\"where\":\"in.csv\",\"ordinal\":48212,\"line\":48213,"
                        + "\"byte_offset\":9114502,\"code\":\"W2001\",\"message\":\"%s\",\"raw_base64\":\"YSxiAWMK\",\"raw_bytes\":6,"
                        + "\"at\":\"2026-11-20T10:00:00Z\"}\n")
                .formatted(run, message);
    }
}
