package dev.wisent.connectors.statepostgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bizon's `backend: {type: postgres}`, wherever its keys stand, in whole commands.
class BizonBackendTest {
    private static final Server SERVER = Server.shared();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{type: postgres, config: {database: postgres, schema: %s, syncCursorInDBEvery: 2, host: localhost, port: %d, username: postgres, password: p, echoEngine: false}}",
                "{type: postgres, database: postgres, schema: %s, syncCursorInDBEvery: 2, host: localhost, port: %d, username: postgres, password: p}",
                "{type: postgres, syncCursorInDBEvery: 2, config: {database: postgres, schema: %s, host: localhost, port: %d, username: postgres, password: p}}",
            })
    void a_run_keeps_its_record_there(String backend) throws IOException {
        String schema = Server.name();
        pipeline(backend.formatted(schema, SERVER.port()));

        command("run", "p.yml", "--json").exits(0);

        assertThat(SERVER.ask("SELECT count(*) FROM " + schema + ".wisent_runs"))
                .isEqualTo("1");
        assertThat(folder.resolve(".wisent/state.db")).doesNotExist();
    }

    @Test
    void a_key_in_both_places_is_an_error_that_names_both() throws IOException {
        pipeline("{type: postgres, host: a, config: {host: b, database: d, username: u}}");

        assertThat(command("check", "p.yml").exits(2).err())
                .contains("engine.backend.config.host: 'host' stands under 'config' and beside it")
                .contains("the other one is at p.yml:4:");
    }

    @Test
    void the_password_stands_in_nothing_that_is_told_or_kept() throws IOException {
        SERVER.run("CREATE ROLE planted LOGIN PASSWORD 'pl4nted-s3cret' IN ROLE with_password");
        SERVER.run("CREATE SCHEMA planted AUTHORIZATION planted");
        Files.writeString(folder.resolve(".env"), "PLANTED=pl4nted-s3cret\n");
        for (String password : List.of("env://PLANTED", "pl4nted-s3cret", "'wrong-${PLANTED}'")) {
            pipeline(
                    "{type: postgres, database: postgres, schema: planted, host: localhost, port: %d, username: planted, password: %s}"
                            .formatted(SERVER.port(), password));
            List<String> run = List.of("run", "p.yml", "--json", "--log-level=debug");
            // where the password comes from makes a difference to the first command only
            for (List<String> words : password.startsWith("env:")
                    ? List.of(
                            run,
                            List.of("check", "p.yml"),
                            List.of("doctor", "p.yml", "--json"),
                            List.of("runs", "p.yml", "--json"))
                    : List.of(run)) {
                ChildResult told = command(words.toArray(String[]::new));
                assertThat(told.out() + told.err()).as("%s", words).isNotBlank().doesNotContain("pl4nted");
            }
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(f -> !f.endsWith(".env") && !f.endsWith("p.yml"))
                    .toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as("%s", file)
                        .doesNotContain("pl4nted");
            }
        }
    }

    private void pipeline(String backend) throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: p
                source: {name: dummy, stream: creatures}
                destination: {name: file, config: {path: out/}}
                engine: {backend: %s}
                """.formatted(backend));
    }

    private ChildResult command(String... words) {
        ChildCommand asked = new ChildCommand(folder, List.of(words), List.of(), OptionalLong.empty());
        // a run in a JVM of its own: what a library prints past us is seen, too
        return words[0].equals("run") ? asked.result() : asked.here();
    }
}
