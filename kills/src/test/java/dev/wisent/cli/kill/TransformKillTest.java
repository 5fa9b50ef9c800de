package dev.wisent.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.Gate;
import dev.wisent.testkit.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs with transforms, killed by SIGKILL: after a crash the same input is cut into other batches and must give the same rows.
@Execution(ExecutionMode.CONCURRENT)
class TransformKillTest {
    private static final int ROWS = 2_000;
    private static final int NESTED = 600;
    private static final int FILES = 6;
    /// Orders above are too dear for the type: rejects.
    private static final String STEPS = """
            transforms:
              - {label: names, rename: {note: remark}}
              - {label: secret, mask: {customer_id: hash, status: redact}, salt: pepper}
              - {label: cheap, cast: {amount: "decimal(5,2)"}}
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "DECODED,   30, full_refresh",
        "COMMITTED, 3,  incremental",
        "WRITTEN,   40, stream",
    })
    void transformed_rows_of_a_killed_run_and_its_rerun_are_those_of_an_undisturbed_one(
            Boundary boundary, int passing, String mode) throws IOException {
        areThoseOfAnUndisturbedOne(boundary, passing, mode);
    }

    @Tag("sweep")
    @ParameterizedTest
    @CsvSource({
        "STAGED,    2,  full_refresh",
        "COMMITTED, 2,  full_refresh",
        "COMMITTED, 3,  stream",
    })
    void transformed_rows_of_more_killed_runs_and_their_reruns_are_those_of_undisturbed_ones(
            Boundary boundary, int passing, String mode) throws IOException {
        areThoseOfAnUndisturbedOne(boundary, passing, mode);
    }

    private void areThoseOfAnUndisturbedOne(Boundary boundary, int passing, String mode) throws IOException {
        Path undisturbed = Files.createDirectory(folder.resolve("undisturbed"));
        Path killed = Files.createDirectory(folder.resolve("killed"));
        pipeline(undisturbed, mode);
        pipeline(killed, mode);
        ChildResult whole =
                ChildCommand.run(undisturbed, PipelineYaml.FILE).here().exits(0);

        Gate gate = new Gate(folder.resolve("gate"));
        try (ChildRun run = ChildCommand.run(killed, PipelineYaml.FILE)
                .heldAt(boundary, passing, gate)
                .start()) {
            gate.awaitReached();
            run.send(Signal.KILL);
            run.await().exits(ChildResult.KILLED);
        }
        ChildCommand.run(killed, PipelineYaml.FILE).here().exits(0);

        List<String> rows = rows(undisturbed);
        assertThat(rows).hasSize((int) whole.count("written")).hasSizeBetween(1, ROWS - 1);
        assertThat(whole.count("written") + whole.count("rejected")).isEqualTo(ROWS);
        assertThat(rows(killed)).containsExactlyInAnyOrderElementsOf(rows);
    }

    /// Of 600 records, some are too large for the cast, and some can't be flattened.
    @ParameterizedTest
    @CsvSource({
        "DECODED, 3",
        "WRITTEN, 4",
        "STAGED, 2",
        "COMMITTED, 2",
    })
    void dropped_flattened_and_refused_records_of_a_killed_run_and_its_rerun_are_there_once(
            Boundary boundary, int passing) throws IOException {
        Path undisturbed = Files.createDirectory(folder.resolve("undisturbed"));
        Path killed = Files.createDirectory(folder.resolve("killed"));
        nested(undisturbed);
        nested(killed);
        ChildResult whole =
                ChildCommand.run(undisturbed, PipelineYaml.FILE).here().exits(0);

        ChildCommand.run(killed, PipelineYaml.FILE)
                .killedAt(boundary, passing)
                .result()
                .exits(ChildResult.KILLED);
        ChildCommand.run(killed, PipelineYaml.FILE).here().exits(0);

        List<String> rows = rows(undisturbed);
        assertThat(whole.count("written")).isEqualTo(rows.size()).isBetween(1L, NESTED - 1L);
        assertThat(whole.count("written") + whole.count("rejected")).isEqualTo(NESTED);
        assertThat(parsed(rows(killed))).containsExactlyInAnyOrderElementsOf(parsed(rows));
        assertThat(rejects(killed)).containsExactlyInAnyOrderElementsOf(rejects(undisturbed));
    }

    /// The keys of flattened JSON come in the order in which rows bring them up.
    private static List<JsonNode> parsed(List<String> rows) {
        return rows.stream().map(JsonMapper.shared()::readTree).toList();
    }

    private static List<String> rejects(Path work) {
        JsonNode rejects = new ChildCommand(
                        work,
                        List.of("rejects", "list", PipelineYaml.FILE, "--all", "--json"),
                        List.of(),
                        OptionalLong.empty())
                .here()
                .exits(0)
                .json()
                .path("rejects");
        return rejects.valueStream()
                .map(reject -> reject.path("raw_base64").asString() + " "
                        + reject.path("message").asString())
                .toList();
    }

    private static void nested(Path work) throws IOException {
        Files.createDirectories(work.resolve("in"));
        for (int file = 0; file < FILES; file++) {
            StringBuilder lines = new StringBuilder();
            for (int n = file; n < NESTED; n += FILES) {
                String more = n % 50 == 7 ? "[" + n + "]" : "{\"k" + n % 9 + "\":{\"n\":" + n + "}}";
                lines.append(
                        "{\"n\":%d,\"address\":{\"city\":\"c%d\",\"geo\":{\"lat\":%d}},\"more\":%s,\"note\":\"x\"}%n"
                                .formatted(n, n, n, more));
            }
            Files.writeString(work.resolve("in/" + file + ".ndjson"), lines);
        }
        PipelineYaml.files("in/*.ndjson")
                .source(
                        "schema",
                        "{fields: [{name: n, type: int64}, {name: address, type: \"struct<city:string,geo:struct<lat:int64>>\"},"
                                + " {name: more, type: json}, {name: note, type: string}]}")
                .destination("commit_interval", "0.01")
                .store("state.db")
                .write(work);
        Files.writeString(work.resolve(PipelineYaml.FILE), """
                transforms:
                  - {label: apart, flatten: [address, more]}
                  - {label: less, drop: [note]}
                  - {label: small, cast: {n: string, address_geo_lat: "decimal(3,1)"}}
                """, StandardOpenOption.APPEND);
    }

    private static void pipeline(Path work, String mode) throws IOException {
        PipelineYaml.orders(ROWS)
                .source("page_size", 20)
                .source("sleep_ms", 3)
                .source("sync_mode", mode)
                .destination("commit_interval", "0.05")
                .engine("until_idle", "2")
                .write(work);
        Files.writeString(work.resolve(PipelineYaml.FILE), STEPS, StandardOpenOption.APPEND);
    }

    private static List<String> rows(Path work) throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(work.resolve("out"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                rows.addAll(Files.readAllLines(file));
            }
        }
        return rows;
    }
}
