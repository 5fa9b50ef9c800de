package dev.wisent.connectors.transformduckdb;

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
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whole pipelines with `sql`, in JVMs of their own.
@Execution(ExecutionMode.CONCURRENT)
class SqlPipelineTest {
    private static final int ROWS = 1_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "DECODED,   30, full_refresh",
        "COMMITTED, 3,  incremental",
    })
    void rows_of_a_killed_run_and_its_rerun_are_those_of_an_undisturbed_one(Boundary boundary, int passing, String mode)
            throws IOException {
        killed(boundary, passing, orders("undisturbed", mode, 20, 20), orders("killed", mode, 20, 20));
    }

    @Test
    void pages_that_are_put_together_survive_a_kill() throws IOException {
        putTogether(Boundary.WRITTEN, 5);
    }

    @Tag("sweep")
    @ParameterizedTest
    @CsvSource({"DECODED, 300", "FLUSHED, 2"})
    void pages_that_are_put_together_survive_a_kill_anywhere(Boundary boundary, int passing) throws IOException {
        putTogether(boundary, passing);
    }

    private void putTogether(Boundary boundary, int passing) throws IOException {
        killed(boundary, passing, orders("undisturbed", "incremental", 2, 0), orders("killed", "incremental", 2, 0));
    }

    private void killed(Boundary boundary, int passing, Path undisturbed, Path killed) throws IOException {
        ChildResult whole = ChildCommand.run(undisturbed, "p.yml").here().exits(0);

        Gate gate = new Gate(folder.resolve("gate"));
        try (ChildRun run = ChildCommand.run(killed, "p.yml")
                .heldAt(boundary, passing, gate)
                .start()) {
            gate.awaitReached();
            run.send(Signal.KILL);
            run.await().exits(ChildResult.KILLED);
        }
        ChildCommand.run(killed, "p.yml").here().exits(0);

        List<String> rows = rows(undisturbed);
        assertThat(rows).hasSize((int) whole.count("written")).hasSizeBetween(ROWS + 1, 2 * ROWS);
        assertThat(whole.count("read") + whole.count("added"))
                .isEqualTo(whole.count("written") + whole.count("rejected") + whole.count("filtered"));
        assertThat(whole.count("rejected")).isPositive();
        assertThat(whole.count("filtered")).isPositive();
        assertThat(rows(killed)).containsExactlyInAnyOrderElementsOf(rows);
    }

    /// Some rows are left out, some fail, the others become two.
    private Path orders(String name, String mode, int pageSize, int sleepMillis) throws IOException {
        return pipeline(Files.createDirectory(folder.resolve(name)), """
                source: {name: generator, stream: orders, rows: %d, page_size: %d, sleep_ms: %d, sync_mode: %s}
                destination: {name: file, config: {path: out/, commit_interval: 0.05}}
                engine: {until_idle: 0.5}
                transforms:
                  - label: halves
                    sql: |
                      SELECT id, upper(status) AS status, CASE WHEN amount > 9000 THEN error('dear') ELSE amount / 2 END AS half, part
                      FROM batch, unnest(['a', 'b']) AS t(part)
                      WHERE customer_id %% 10 <> 0
                """.formatted(ROWS, pageSize, sleepMillis, mode));
    }

    @Test
    void how_a_source_cuts_its_pages_changes_neither_rows_nor_rejects() throws IOException {
        List<List<String>> results = new ArrayList<>();
        for (int pageSize : List.of(1, 7, 2_000)) {
            Path work =
                    pipeline(Files.createDirectory(folder.resolve("pages-of-" + pageSize)), """
                    source: {name: generator, stream: orders, rows: 3000, page_size: %d}
                    destination: {name: file, config: {path: out/, commit_interval: 0.05}}
                    transforms:
                      - label: halves
                        sql: |
                          SELECT id, CASE WHEN amount > 9900 THEN error('dear') ELSE amount / 2 END AS half, part
                          FROM batch, unnest(['a', 'b']) AS t(part)
                          WHERE customer_id %% 10 <> 0
                    """.formatted(pageSize));
            ChildResult run = ChildCommand.run(work, "p.yml").here().exits(0);
            List<String> result = new ArrayList<>(rows(work));
            Stream.of("read", "added", "written", "rejected", "filtered")
                    .forEach(count -> result.add(count + " " + run.count(count)));
            assertThat(run.count("rejected")).isPositive();
            results.add(result.stream().sorted().toList());
        }
        assertThat(results.get(0)).isEqualTo(results.get(2));
        assertThat(results.get(1)).isEqualTo(results.get(2));
    }

    @Test
    void rows_that_fail_become_rejects_and_the_counts_add_up() throws IOException {
        Path work = pipeline(folder, """
                source: {name: files, stream: people, path: "*.ndjson", format: ndjson}
                destination: {name: file, config: {path: out/}}
                transforms:
                  - {label: numbers, sql: "SELECT id, CAST(age AS INTEGER) AS age FROM batch WHERE id <> 2"}
                """);
        Files.writeString(work.resolve("people.ndjson"), """
                {"id":1,"age":"41"}
                {"id":2,"age":"no"}
                {"id":3,"age":"old"}
                {"id":4,"age":"44"}
                """);

        ChildResult run = ChildCommand.run(work, "p.yml").here().exits(0);

        assertThat(rows(work)).containsExactlyInAnyOrder("{\"id\":1,\"age\":41}", "{\"id\":4,\"age\":44}");
        assertThat(List.of(run.count("read"), run.count("written"), run.count("rejected"), run.count("filtered")))
                .containsExactly(4L, 2L, 1L, 1L);
        ChildResult rejects = wisent("rejects", "list", "p.yml", "--json").exits(0);
        assertThat(rejects.out())
                .contains("people.ndjson", "transform 'numbers': Could not convert string 'old' to INT32");
    }

    @Test
    @DisplayName("the schemaless example of docs/reference/transforms.md")
    void creatures_go_through_as_one_column_of_json() throws IOException {
        Path work = pipeline(folder, """
                source: {name: dummy, stream: creatures}
                destination: {name: file, config: {path: out/}}
                transforms:
                  - label: upper
                    sql: |
                      SELECT source_data->'id' AS id, upper(source_data->>'name') AS name
                      FROM batch WHERE source_data->>'id' <> '98'
                """);

        ChildCommand.run(work, "p.yml").here().exits(0);

        assertThat(rows(work)).hasSize(4).anyMatch(row -> row.contains("{\"id\":9898,\"name\":\"BIZON\"}"));
    }

    @Test
    void preview_shows_rows_and_types_after_the_step() throws IOException {
        pipeline(folder, """
                source: {name: generator, stream: orders, rows: 10, seed: 1}
                destination: {name: file, config: {path: out/}}
                transforms: [{label: tags, sql: "SELECT id, unnest(['x', 'y']) AS tag FROM batch"}]
                """);

        ChildResult preview = wisent("preview", "p.yml", "-n", "3").exits(0);

        assertThat(preview.out().lines())
                .containsExactly("{\"id\":1,\"tag\":\"x\"}", "{\"id\":1,\"tag\":\"y\"}", "{\"id\":2,\"tag\":\"x\"}");
        assertThat(wisent("check", "p.yml").exits(0).out()).contains("tags: id int64, tag string");
    }

    @Test
    void check_says_where_in_the_file_and_where_in_the_sql_and_tells_no_secret() throws IOException {
        pipeline(folder, """
                source: {name: generator, stream: orders, rows: 10}
                destination: {name: file, config: {path: out/}}
                transforms:
                  - {label: typo, sql: "SELECT id, uper(status) AS s FROM batch WHERE note = '${TOKEN}'"}
                """);
        Files.writeString(folder.resolve(".env"), "TOKEN=s3cret-hunter2\n");

        ChildResult check = wisent("check", "p.yml").exits(2);

        assertThat(check.err() + check.out())
                .contains("transform 'typo', p.yml:5:5", "in the SQL: line 1, column 12", "uper", "upper")
                .doesNotContain("hunter2");
    }

    @Test
    void a_secret_in_the_sql_is_in_no_reject_and_no_state() throws IOException {
        pipeline(folder, """
                source: {name: generator, stream: orders, rows: 10}
                destination: {name: file, config: {path: out/}}
                transforms:
                  - {label: salted, sql: "SELECT id, CAST(status || '${TOKEN}' AS INTEGER) AS s, CASE WHEN id > 3 THEN error('${TOKEN}') ELSE id END AS e FROM batch"}
                """);
        Files.writeString(folder.resolve(".env"), "TOKEN=s3cret-hunter2\n");

        ChildResult run = ChildCommand.run(folder, "p.yml").here().exits(0);

        assertThat(run.count("rejected")).isEqualTo(10);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith(".env")) {
                    assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                            .as(file.toString())
                            .doesNotContain("hunter2");
                }
            }
        }
    }

    private ChildResult wisent(String... arguments) {
        return new ChildCommand(folder, List.of(arguments), List.of(), OptionalLong.empty()).here();
    }

    private static Path pipeline(Path work, String rest) throws IOException {
        Files.writeString(
                work.resolve("p.yml"),
                "name: p\n"
                        + rest.replace("path: out/", "path: " + work + "/out/")
                                .replace("path: \"*", "path: \"" + work + "/*"));
        return work;
    }

    private static List<String> rows(Path work) throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(work.resolve("out"))) {
            for (Path part : files.filter(Files::isRegularFile).toList()) {
                rows.addAll(Files.readAllLines(part));
            }
        }
        return rows;
    }
}
