package dev.wisent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.wisent.cli.internal.config.Connectors;
import dev.wisent.cli.internal.console.Console;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class InitTest {
    @TempDir
    Path folder;

    private Terminal terminal() {
        return new Terminal(folder, Connectors.installed());
    }

    @Test
    void the_file_to_write_is_named_first_or_by_an_option_and_names_the_pipeline() throws IOException {
        Terminal terminal = terminal();

        assertThat(terminal.run("init", "orders.yml", "--from", "generator", "--to", "logger"))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.run("init", "--from", "generator", "--to", "logger", "--output", "other.yml"))
                .isZero();
        assertThat(terminal.run("init", "a.yml", "--output", "b.yml", "--from", "generator", "--to", "logger"))
                .isEqualTo(2);

        assertThat(terminal.err()).contains("the file to write is named twice");
        assertThat(folder.resolve("orders.yml")).content().contains("\nname: orders\n");
        assertThat(folder.resolve("other.yml")).content().contains("\nname: other\n");
        assertThat(folder.resolve("a.yml")).doesNotExist();
    }

    @Test
    void a_new_users_pipeline_takes_two_commands() throws IOException {
        Terminal terminal = terminal();

        assertThat(terminal.run(
                        "init",
                        "--from",
                        "generator",
                        "--to",
                        "file",
                        "--name",
                        "orders",
                        "--set",
                        "rows=5",
                        "--set",
                        "destination.path=" + folder.resolve("out") + "/"))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.out()).startsWith("written: orders.yml\n").endsWith("next: wisent run orders.yml\n");
        assertThat(Files.readString(folder.resolve("orders.yml")).lines().limit(16))
                .containsExactly(
                        "# yaml-language-server: $schema=.wisent/wisent.schema.json",
                        "# Run it with: wisent run orders.yml",
                        "name: orders",
                        "",
                        "# seeded orders, any count and size, for tests and measurements",
                        "source:",
                        "  name: generator",
                        "  stream: orders",
                        "  sync_mode: full_refresh  # one of full_refresh, incremental, stream",
                        "  # how many orders there are",
                        "  rows: 5",
                        "  # record_bytes: 200  # about how long an order is as a line of NDJSON",
                        "  # page_size: 1000  # orders a page; reading can resume after each",
                        "  # seed: 1  # other seeds, other orders",
                        "  # fail_at_page:  # reading fails for good at this page",
                        "  # sleep_ms: 0  # milliseconds to wait before each page");

        assertThat(terminal.run("run", "orders.yml")).as(terminal.err()).isZero();
        assertThat(terminal.err()).contains("5");
    }

    @ParameterizedTest
    @CsvSource({"generator,file", "generator,logger", "dummy,file", "dummy,logger", "files,file", "files,logger"})
    void what_it_writes_is_valid_for_the_schema_beside_it(String from, String to) throws IOException {
        Terminal terminal = terminal();

        assertThat(terminal.run("init", "--from", from, "--to", to, "--json"))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.out())
                .isEqualTo("{\"version\":1,\"file\":\"%s-to-%s.yml\",\"next\":\"wisent run %s-to-%s.yml\"}\n"
                        .formatted(from, to, from, to));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(folder.resolve(".wisent/wisent.schema.json")))
                        .validate(Files.readString(folder.resolve(from + "-to-" + to + ".yml")), InputFormat.YAML))
                .isEmpty();
    }

    @Test
    void a_file_that_is_there_is_kept() throws IOException {
        Files.writeString(folder.resolve("mine.yml"), "mine");
        Terminal terminal = terminal();

        assertThat(terminal.run("init", "--from", "dummy", "--to", "logger", "--output", "mine.yml"))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("there is a file mine.yml already");
        assertThat(folder.resolve("mine.yml")).hasContent("mine");
    }

    @Test
    void nothing_is_written_when_what_was_said_does_not_fit() {
        Terminal terminal = terminal();

        assertThat(terminal.run("init", "--from", "generator", "--to", "file", "--set", "rows=many"))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("source.rows: must be a whole number of at least 0, not 'many'");
        assertThat(terminal.run("init", "--from", "generator", "--to", "file", "--set", "row=1"))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("has a key 'row'");
        assertThat(terminal.run("init", "--from", "files", "--to", "file", "--set", "path=in/*.csv"))
                .isEqualTo(2);
        assertThat(terminal.err())
                .contains(
                        "the source and the destination have a key 'path'",
                        "say which: --set source.path=VALUE or --set destination.path=VALUE");
        assertThat(terminal.run("init", "--from", "generater", "--to", "file")).isEqualTo(2);
        assertThat(terminal.err()).contains("did you mean 'generator'?");
        assertThat(terminal.run("init", "--from", "generator")).isEqualTo(2);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void on_a_terminal_it_asks_with_the_defaults_in_brackets() throws IOException {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Shell shell = new Shell(
                Console.of(new ByteArrayOutputStream(), err, Console.Mode.TERMINAL),
                Map.of(),
                folder,
                Connectors::installed);
        // source, destination (first a slip), name, file, stream, sync mode; logger needs nothing
        String answers = "dummy\nlager\nlogger\nmy plants\n\nplants\n\n";
        InitCommand init = new InitCommand(() -> Optional.of(new BufferedReader(new StringReader(answers))));

        int code = init.run(new CommandLine(init.spec()).parseArgs(), shell);

        String asked = err.toString(StandardCharsets.UTF_8);
        assertThat(asked)
                .contains(
                        "source: where records come from (dummy, files, generator) [generator]\n> ",
                        "  one of file, logger",
                        "file: the file to write [my-plants.yml]",
                        "stream: a stream of that source, or several: a list, or a pattern with * and ?. For files any name you like (creatures, plants) [creatures]");
        assertThat(code).as(asked).isZero();
        assertThat(Files.readString(folder.resolve("my-plants.yml"))).contains("name: \"my plants\"", "stream: plants");
    }
}
