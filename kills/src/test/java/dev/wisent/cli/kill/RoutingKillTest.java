package dev.wisent.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.FolderOracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/// A stream that feeds several targets (`streams:`), killed.
@Execution(ExecutionMode.CONCURRENT)
class RoutingKillTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "WRITTEN,         2",
        "MANIFEST_LINKED, 2",
        "IN_ROLL_FORWARD, 1",
        "COMMITTED,       2",
    })
    void each_target_of_a_killed_run_and_its_rerun_has_its_rows_once(Boundary boundary, int passing)
            throws IOException {
        hasItsRowsOnce(boundary, passing);
    }

    @Tag("sweep")
    @ParameterizedTest
    @CsvSource({"WRITTEN, 1", "STAGED, 1", "COMMITTED, 3"})
    void each_target_of_more_killed_runs_and_their_reruns_has_its_rows_once(Boundary boundary, int passing)
            throws IOException {
        hasItsRowsOnce(boundary, passing);
    }

    private void hasItsRowsOnce(Boundary boundary, int passing) throws IOException {
        Files.writeString(folder.resolve(PipelineYaml.FILE), """
                name: trial
                source: {name: dummy, stream: creatures, sync_mode: stream, sleep: 0.1}
                destination: {name: file, config: {path: FOLDER/out/, unnest: true, commit_interval: 0.01}}
                engine: {until_idle: 1}
                streams:
                  - name: first-page
                    source: {endpoint: creatures}
                    destination:
                      table_id: zoo.raw.creatures
                      record_schema: [{name: id, type: INTEGER, mode: REQUIRED}, {name: name, type: STRING}]
                """.replace("FOLDER", folder.toString()));

        command().killedAt(boundary, passing).result().exits(ChildResult.KILLED);
        command().here().exits(0);

        assertThat(rows("out/zoo.raw.creatures"))
                .containsExactlyInAnyOrder("{\"id\":9898,\"name\":\"BIZON\"}", "{\"id\":88787,\"name\":\"WISENT\"}");
        assertThat(rows("out"))
                .extracting(row -> JsonMapper.shared()
                        .readTree(row)
                        .path("source_data")
                        .path("id")
                        .asInt())
                .containsExactlyInAnyOrder(98, 3333, 56565);
        assertThat(FolderOracle.ofFolder(folder.resolve("out")).leftovers()).isEmpty();
        assertThat(command().here().exits(0).count("read")).isZero();
    }

    private ChildCommand command() {
        return ChildCommand.run(folder, PipelineYaml.FILE);
    }

    private List<String> rows(String target) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(target))) {
            List<Path> parts =
                    files.filter(file -> file.toString().endsWith(".ndjson")).toList();
            return parts.stream().flatMap(RoutingKillTest::lines).toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
