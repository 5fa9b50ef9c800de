package dev.wisent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.cli.internal.config.Connectors;
import dev.wisent.connectors.core.dummy.DummyFactory;
import dev.wisent.connectors.core.file.FileFactory;
import dev.wisent.connectors.core.files.FilesFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {
    @TempDir
    Path folder;

    private Terminal terminal() {
        return new Terminal(
                folder,
                Connectors.holding(List.of(new FilesFactory(), new DummyFactory()), List.of(new FileFactory())));
    }

    private void things(String... rows) throws IOException {
        Files.writeString(folder.resolve("in.ndjson"), String.join("\n", rows) + "\n");
    }

    private void pipeline(String format) throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: things
                source: {name: files, stream: things, path: '%1$s/in.ndjson', format: ndjson}
                destination: {name: file, config: {path: '%1$s/out/', format: %2$s}}
                """.formatted(folder, format));
    }

    private Path written() throws IOException {
        return written(".ndjson");
    }

    private Path written(String end) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
            return files.filter(f -> f.toString().endsWith(end))
                    .filter(f -> !f.toString().contains(".wisent"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static final String[] ROWS = {
        "{\"id\":1,\"price\":1.50,\"at\":\"2026-11-21T10:00:00Z\",\"tags\":[\"a\",\"b\"],\"name\":\"one\"}",
        "{\"id\":2,\"price\":2.25,\"at\":\"2026-11-21T11:00:00Z\",\"tags\":[],\"name\":null}",
        "{\"id\":3,\"price\":3,\"at\":\"2026-11-21T12:00:00Z\",\"name\":\"three\"}"
    };

    @Test
    void what_a_run_wrote_is_the_same_in_whatever_order() throws IOException {
        things(ROWS);
        pipeline("ndjson");
        Terminal terminal = terminal();
        assertThat(terminal.run("run", "p.yml")).as(terminal.err()).isZero();

        assertThat(terminal.run("validate", "p.yml")).as(terminal.err()).isZero();
        assertThat(terminal.out())
                .isEqualTo(
                        "things to files_things: 3 rows in the source, 3 rows in the target, the same in 5 columns\n");

        Path part = written();
        List<String> lines = new ArrayList<>(Files.readAllLines(part));
        Collections.reverse(lines);
        Files.write(part, lines);
        assertThat(terminal.run("validate", "p.yml", "--json")).isZero();
        assertThat(terminal.out()).contains("\"same\":true", "\"source_rows\":3", "\"differences\":[]");
    }

    @Test
    void columns_that_differ_are_named_with_exit_code_1() throws IOException {
        things(ROWS);
        pipeline("ndjson");
        Terminal terminal = terminal();
        assertThat(terminal.run("run", "p.yml")).as(terminal.err()).isZero();
        Path part = written();
        String text = Files.readString(part);

        Files.writeString(part, text.replace("2.25", "2.26").replace("\"three\"", "\"four\""));
        assertThat(terminal.run("validate", "p.yml")).isEqualTo(1);
        assertThat(terminal.err()).contains("W5009", "stream things, target files_things (name, price)");
        assertThat(terminal.err()).contains("next:   wisent run ").doesNotContain("FILE");

        String swapped =
                text.replace("\"one\"", "\"x\"").replace("\"three\"", "\"one\"").replace("\"x\"", "\"three\"");
        Files.writeString(part, swapped);
        assertThat(terminal.run("validate", "p.yml"))
                .as("values that changed rows")
                .isEqualTo(1);
        assertThat(terminal.err()).contains("((whole rows))");

        Files.writeString(part, text + text.lines().findFirst().orElseThrow() + "\n");
        assertThat(terminal.run("validate", "p.yml")).isEqualTo(1);
        assertThat(terminal.out()).contains("3 rows in the source, 4 rows in the target");
    }

    @Test
    void an_envelope_is_compared_without_the_times_it_was_made_at() throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: zoo
                source: {name: dummy, stream: '*'}
                destination: {name: file, config: {path: '%s/out/{stream}/'}}
                """.formatted(folder));
        Terminal terminal = terminal();
        assertThat(terminal.run("run", "p.yml")).as(terminal.err()).isZero();

        assertThat(terminal.run("validate", "p.yml")).as(terminal.err()).isZero();
        assertThat(terminal.out()).contains("creatures to dummy_creatures: 5 rows", "plants to dummy_plants: 5 rows");
    }

    @Test
    void csv_is_compared_cell_by_cell() throws IOException {
        things(ROWS);
        pipeline("csv");
        Terminal terminal = terminal();
        assertThat(terminal.run("run", "p.yml")).as(terminal.err()).isZero();

        assertThat(terminal.run("validate", "p.yml")).as(terminal.err()).isZero();
        Path part = written(".csv");
        Files.writeString(part, Files.readString(part).replace("2.25", "much"));
        assertThat(terminal.run("validate", "p.yml")).isEqualTo(1);
        assertThat(terminal.err()).contains("W5009", "target files_things (price)");
    }

    @Test
    void a_column_that_grew_on_the_way_is_compared_in_its_last_type() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 30_000; i++) {
            rows.append("{\"id\":")
                    .append(i)
                    .append(",\"note\":\"no ")
                    .append(i)
                    .append("\"}\n");
        }
        things(rows + "{\"id\":1.5,\"note\":{\"a\":[1,2]}}");
        pipeline("ndjson");
        Terminal terminal = terminal();
        assertThat(terminal.run("run", "p.yml")).as(terminal.err()).isZero();

        assertThat(terminal.run("validate", "p.yml")).as(terminal.out()).isZero();
        assertThat(terminal.out())
                .contains("30,001 rows in the source, 30,001 rows in the target, the same in 2 columns");
    }

    @Test
    void a_format_whose_family_is_missing_is_refused() throws IOException {
        things(ROWS);
        pipeline("parquet");
        Terminal terminal = terminal();
        assertThat(terminal.run("run", "p.yml")).as(terminal.err()).isZero();

        assertThat(terminal.run("validate", "p.yml")).isEqualTo(2);
        assertThat(terminal.err()).contains("files of format parquet can't be read here");
    }
}
