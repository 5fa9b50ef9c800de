package dev.wisent.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.FolderOracle;
import dev.wisent.testkit.RowBag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Rejects that are run again: each record ends up once, as a row or as a reject.
class ReplayTest {
    private static final int ROWS = 600;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "AFTER_CLAIM, 1",
        "FETCHED, 150",
        "WRITTEN, 150",
        "STAGED, 1",
        "MANIFEST_LINKED, 2",
        "MANIFEST_LINKED, 3",
        "COMMITTED, 1"
    })
    void a_killed_replay_and_its_repetition_give_each_record_once(Boundary boundary, int passing) throws IOException {
        ndjson();
        pipeline("*.ndjson", "int64");
        ChildResult first = run().here().exits(0);
        assertThat(first.count("rejected")).isEqualTo(ROWS / 2);

        pipeline("*.ndjson", "string");
        ChildResult killed = replay().killedAt(boundary, passing).result();
        // where the machine is busy all rows may go in one commit, and there is no third
        boolean mayEnd = boundary == Boundary.MANIFEST_LINKED && passing > 2;
        assertThat(killed.exit()).as(killed.toString()).isIn(ChildResult.KILLED, mayEnd ? 0 : ChildResult.KILLED);
        long kept = oracle().committedRows();
        ChildResult repeated = replay().here().exits(0);

        Trial.holds(oracle(), everything());
        assertThat(repeated.count("written")).isEqualTo(ROWS - kept);
        assertThat(repeated.count("read")).isEqualTo(repeated.count("written"));
        assertThat(rejects()).isEmpty();
        assertThat(replay().here().exits(0).count("read")).isZero();
        assertThat(run().here().exits(0).count("read"))
                .as("the run after knows its files")
                .isZero();
    }

    @Test
    void what_fails_again_is_a_reject_again_at_the_same_place() throws IOException {
        ndjson();
        pipeline("*.ndjson", "int64");
        run().here().exits(0);
        JsonNode before = rejects().get(0);

        ChildResult replayed = replay().here().exits(0);

        assertThat(replayed.count("read")).isEqualTo(ROWS / 2);
        assertThat(replayed.count("rejected")).isEqualTo(ROWS / 2);
        assertThat(rejects()).hasSize(ROWS / 2);
        assertThat(rejects().valueStream())
                .anyMatch(again -> again.path("where").equals(before.path("where"))
                        && again.path("line").equals(before.path("line"))
                        && again.path("raw_base64").equals(before.path("raw_base64"))
                        && !again.path("id").equals(before.path("id")));
        assertThat(list("--all")).hasSize(ROWS);
    }

    @Test
    void a_record_of_a_csv_is_replayed_under_the_names_of_its_header() throws IOException {
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("in/a.csv"), "n,id\n1,1\n2,two\n");
        pipeline("*.csv", "int64");
        run().here().exits(0);

        pipeline("*.csv", "string");
        replay().here().exits(0);

        RowBag expected = new RowBag();
        expected.add("{\"id\":1,\"n\":1}");
        expected.add("{\"id\":\"two\",\"n\":2}");
        Trial.holds(oracle(), expected);
    }

    @Test
    void a_record_that_declared_columns_refused_goes_through_the_transforms_once() throws IOException {
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("in/a.ndjson"), "{\"id\":\"x\",\"name\":\"ann\"}\n");
        masked("INTEGER");
        assertThat(run().here().exits(0).count("rejected")).isEqualTo(1);
        assertThat(rejects().get(0).path("raw_base64").asString())
                .as("the record as it was read")
                .isEqualTo("eyJpZCI6IngiLCJuYW1lIjoiYW5uIn0=");

        masked("STRING");
        replay().here().exits(0);

        RowBag expected = new RowBag();
        expected.add("{\"id\":\"x\",\"name\":\"49915e0d7d4b402e3017d010bc1c0e83cac6c797d6c16e66340fe3268693a6a1\"}");
        Trial.holds(oracle(), expected);
    }

    private void masked(String idType) throws IOException {
        PipelineYaml.files("in/*.ndjson")
                .source("schema", "{fields: [{name: id, type: string}, {name: name, type: string}]}")
                .destination("unnest", true)
                .destination("destination_id", "people")
                .destination(
                        "record_schemas",
                        "[{destination_id: people, record_schema: [{name: id, type: " + idType
                                + "}, {name: name, type: STRING}]}]")
                .store("state.db")
                .write(folder);
        Files.writeString(
                folder.resolve(PipelineYaml.FILE),
                "transforms: [{label: secret, mask: {name: hash}}]\n",
                StandardOpenOption.APPEND);
    }

    @Test
    void unpublished_rows_of_an_earlier_run_are_not_touched() throws IOException {
        PipelineYaml.orders(20_000).source("fail_at_page", 15).write(folder);
        run().here().exits(1);
        long hidden = oracle().hiddenRows();

        ChildResult refused = replay().here().exits(2);

        assertThat(refused.errorCode()).isEqualTo("W1006");
        assertThat(oracle().hiddenRows()).isEqualTo(hidden);
    }

    /// Every other record has an id that is no number.
    private void ndjson() throws IOException {
        Files.createDirectories(folder.resolve("in"));
        for (int file = 0; file < 2; file++) {
            StringBuilder lines = new StringBuilder();
            for (int n = file; n < ROWS; n += 2) {
                lines.append(row(n)).append('\n');
            }
            Files.writeString(folder.resolve("in/" + file + ".ndjson"), lines);
        }
    }

    private static String row(int n) {
        return "{\"id\":" + (n % 4 < 2 ? String.valueOf(n) : "\"x" + n + "\"") + ",\"n\":" + n + "}";
    }

    private static RowBag everything() {
        RowBag rows = new RowBag();
        for (int n = 0; n < ROWS; n++) {
            rows.add(row(n));
        }
        return rows;
    }

    private void pipeline(String files, String idType) {
        PipelineYaml.files("in/" + files)
                .source("schema", "{fields: [{name: id, type: " + idType + "}, {name: n, type: int64}]}")
                .destination("commit_interval", "0.01")
                .store("state.db")
                .write(folder);
    }

    private ChildCommand run() {
        return ChildCommand.run(folder, PipelineYaml.FILE);
    }

    private ChildCommand replay() {
        return command("rejects", "replay", PipelineYaml.FILE, "--json");
    }

    private ChildCommand command(String... arguments) {
        return new ChildCommand(folder, List.of(arguments), List.of(), OptionalLong.empty());
    }

    private JsonNode rejects() {
        return command("rejects", "list", PipelineYaml.FILE, "--json")
                .here()
                .exits(0)
                .json()
                .path("rejects");
    }

    private JsonNode list(String option) {
        return command("rejects", "list", PipelineYaml.FILE, option, "--json")
                .here()
                .exits(0)
                .json()
                .path("rejects");
    }

    private FolderOracle oracle() {
        return FolderOracle.ofFolder(folder.resolve("out"));
    }
}
