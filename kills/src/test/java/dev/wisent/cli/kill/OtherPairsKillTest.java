package dev.wisent.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.Gate;
import dev.wisent.testkit.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/// Killed by SIGKILL: CSV output, schemaless rows of `dummy`, and `logger`, which is at least once.
@Execution(ExecutionMode.CONCURRENT)
class OtherPairsKillTest {
    private static final int ROWS = 2_000;
    private static final List<String> CREATURES = List.of("9898", "88787", "98", "3333", "56565");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "IN_ROLL_FORWARD, 1, full_refresh, out/",
        "COMMITTED,       2, incremental,  out/",
        "PUBLISHED,       1, full_refresh, out.csv",
        "IN_ROLL_FORWARD, 2, stream,       out.csv",
    })
    void csv_output_of_a_killed_run_and_its_rerun_has_every_row_once_under_its_header(
            Boundary boundary, int passing, String mode, String path) {
        isWholeCsv(boundary, passing, mode, path);
    }

    @Tag("sweep")
    @ParameterizedTest
    @CsvSource({
        "STAGING,         3, full_refresh, out/",
        "COMMITTED,       2, stream,       out.csv",
    })
    void csv_output_of_more_killed_runs_and_their_reruns_has_every_row_once_under_its_header(
            Boundary boundary, int passing, String mode, String path) {
        isWholeCsv(boundary, passing, mode, path);
    }

    private void isWholeCsv(Boundary boundary, int passing, String mode, String path) {
        PipelineYaml.orders(ROWS)
                .source("page_size", 20)
                .source("sleep_ms", 3)
                .source("sync_mode", mode)
                .destination("path", path)
                .destination("format", "csv")
                .destination("commit_interval", "0.05")
                .engine("until_idle", "0.5")
                .write(folder);
        killedAt(boundary, passing);
        command().here().exits(0);

        List<String> ids = new ArrayList<>();
        for (Path file : files(path)) {
            List<String> lines = lines(file);
            assertThat(lines.getFirst()).as("header of %s", file).startsWith("id,");
            lines.stream().skip(1).forEach(line -> ids.add(line.substring(0, line.indexOf(','))));
        }
        assertThat(ids).hasSize(ROWS).doesNotHaveDuplicates().contains("1", Integer.toString(ROWS));
    }

    @ParameterizedTest
    @EnumSource(names = {"AFTER_BEGIN", "DECODED", "COMMITTED", "PUBLISHED"})
    void schemaless_rows_of_a_killed_run_and_its_rerun_are_there_once_under_the_same_ids(Boundary boundary)
            throws IOException {
        areThereOnce(boundary);
    }

    @Tag("sweep")
    @ParameterizedTest
    @EnumSource(names = {"AFTER_CLAIM", "STAGED", "BEFORE_PUBLISH"})
    void schemaless_rows_of_more_killed_runs_and_their_reruns_are_there_once_under_the_same_ids(Boundary boundary)
            throws IOException {
        areThereOnce(boundary);
    }

    private void areThereOnce(Boundary boundary) throws IOException {
        dummy("{name: file, config: {path: " + folder + "/out/, commit_interval: 0.01}}");
        killedAt(boundary, 1);
        command().here().exits(0);
        List<String> first = creatures();
        assertThat(first)
                .hasSameSizeAs(CREATURES)
                .allSatisfy(row -> assertThat(CREATURES).anyMatch(row::contains));

        command().here().exits(0);
        assertThat(creatures()).as("read again from the start").containsExactlyInAnyOrderElementsOf(first);
    }

    @ParameterizedTest
    @EnumSource(names = {"WRITTEN", "COMMITTED", "PUBLISHED"})
    void logger_has_shown_every_row_at_least_once_after_a_killed_run_and_its_rerun(Boundary boundary)
            throws IOException {
        dummy("{name: logger, config: {dummy: dummy}}");
        String shown = killedAt(boundary, 1).err();
        shown += command().here().exits(0).err();
        assertThat(shown).contains(CREATURES);
    }

    private void dummy(String destination) throws IOException {
        Files.writeString(
                folder.resolve(PipelineYaml.FILE),
                "name: trial\nsource: {name: dummy, stream: creatures, authentication: {type: api_key, params: {token: t}}}\n"
                        + "destination: " + destination + "\n");
    }

    private ChildResult killedAt(Boundary boundary, int passing) {
        Gate gate = new Gate(folder.resolve("gate"));
        try (ChildRun run = command().heldAt(boundary, passing, gate).start()) {
            gate.awaitReached();
            run.send(Signal.KILL);
            return run.await().exits(ChildResult.KILLED);
        }
    }

    private ChildCommand command() {
        return ChildCommand.run(folder, PipelineYaml.FILE);
    }

    /// Id and record of each row: the times differ.
    private List<String> creatures() {
        return files("out/").stream()
                .flatMap(file -> lines(file).stream())
                .map(line -> JsonMapper.shared().readTree(line))
                .map(row -> row.path("wisent_id").stringValue("") + " " + row.path("source_data"))
                .toList();
    }

    private List<Path> files(String path) {
        Path out = folder.resolve(path);
        if (Files.isRegularFile(out)) {
            return List.of(out);
        }
        try (Stream<Path> all = Files.list(out)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Arrays.asList(Files.readString(file).split("\r?\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
