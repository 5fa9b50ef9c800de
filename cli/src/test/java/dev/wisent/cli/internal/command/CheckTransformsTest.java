package dev.wisent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.cli.internal.config.Connectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `check` says of transforms that don't fit the columns, before any row is read.
class CheckTransformsTest {
    private static final String GENERATOR = "{name: generator, stream: orders, rows: 5}";

    @TempDir
    Path folder;

    private Terminal terminal;

    @BeforeEach
    void open() {
        terminal = new Terminal(folder, Connectors.installed());
    }

    private void pipeline(String source, String... steps) throws IOException {
        Files.writeString(
                folder.resolve("p.yml"), """
                name: p
                source: %s
                destination: {name: file, config: {path: out/}}
                transforms:
                """.formatted(source) + "  - " + String.join("\n  - ", steps) + "\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rename: {statsu: state}
            drop: [id, statsu]
            cast: {amount: "decimal(14,2)", statsu: int64}
            mask: {statsu: hash}
            flatten: [statsu]
            """)
    void a_column_that_is_not_there_is_named_with_its_place_and_the_closest_one(String step) throws IOException {
        pipeline(GENERATOR, "{label: first, rename: {note: remark}}", "{label: wrong, " + step + "}");
        assertThat(terminal.run("check", "p.yml")).isEqualTo(2);
        assertThat(terminal.err())
                .contains("there is no column 'statsu'")
                .contains("p.yml:6:5")
                .contains("transform 'wrong'")
                .contains("did you mean 'status'?");
        assertThat(terminal.out()).containsPattern("transforms +failed");
    }

    @Test
    void a_step_sees_the_columns_as_the_steps_before_it_leave_them() throws IOException {
        pipeline(GENERATOR, "{label: names, rename: {status: state}}", "{label: less, drop: [status]}");
        assertThat(terminal.run("check", "p.yml")).isEqualTo(2);
        assertThat(terminal.err()).contains("there is no column 'status'", "did you mean 'state'?", "'less'");

        pipeline(GENERATOR, "{label: names, rename: {status: state}}", "{label: less, drop: [state]}");
        assertThat(terminal.run("check", "p.yml")).isZero();
        assertThat(terminal.out()).contains("names, less: id int64, customer_id int64, amount decimal(12,2)");
    }

    @Test
    void what_can_not_be_flattened_and_names_that_meet_are_refused() throws IOException {
        pipeline(GENERATOR, "{label: flat, flatten: [amount]}");
        assertThat(terminal.run("check", "p.yml")).isEqualTo(2);
        assertThat(terminal.err()).contains("column 'amount' is decimal(12,2), there is nothing to flatten", "'flat'");

        pipeline(GENERATOR, "{label: same, rename: {note: status}}");
        assertThat(terminal.run("check", "p.yml")).isEqualTo(2);
        assertThat(terminal.err()).contains("status", "give one of them another name", "'same'");
    }

    @Test
    void columns_that_rows_will_tell_are_looked_at_by_preview() throws IOException {
        Files.createDirectories(folder.resolve("in"));
        Files.writeString(folder.resolve("in/a.ndjson"), "{\"id\":1,\"name\":\"a\"}\n");
        pipeline("{name: files, stream: things, path: \"" + folder + "/in/*.ndjson\"}", "{label: wrong, drop: [nmae]}");
        assertThat(terminal.run("check", "p.yml")).isZero();
        assertThat(terminal.out()).contains("wrong: the columns show when rows come");
        assertThat(terminal.run("preview", "p.yml")).isEqualTo(2);
        assertThat(terminal.err())
                .contains("there is no column 'nmae'", "transform 'wrong'", "did you mean 'name'?", "p.yml:5:5");
    }
}
