package dev.wisent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.cli.internal.config.Connectors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final String VALUE = "pl@nted \"secret\" 42";

    @TempDir
    Path folder;

    private Terminal terminal() {
        return new Terminal(folder, Connectors.installed()).with("PLANTED", VALUE);
    }

    @Test
    void check_lists_each_reference_with_its_place_and_never_a_value() throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: ${NAME_OF_IT:-fallback-text}
                source: {name: dummy, stream: creatures, authentication: {type: api_key, params: {token: env://PLANTED}}}
                destination: {name: logger, config: {dummy: "a ${PLANTED} b ${ NOT_SET }"}}
                engine:
                  backend: {type: postgres, config: {password: gsm://database}}
                nonsense: $$5
                """);
        Terminal terminal = terminal();

        assertThat(terminal.run("secrets", "check", "p.yml")).isEqualTo(2);
        assertThat(terminal.out().lines().map(String::stripTrailing))
                .containsExactly("""
                KEY                                 REFERENCE         RESULT                                                                               WHERE
                name                                ${NAME_OF_IT:-…}  ok, its default                                                                      p.yml:1:7
                source.authentication.params.token  env://PLANTED     ok                                                                                   p.yml:2:90
                destination.config.dummy            ${PLANTED}        ok                                                                                   p.yml:3:45
                destination.config.dummy            ${ NOT_SET }      the variable NOT_SET is not set                                                      p.yml:3:45
                engine.backend.config.password      gsm://database    gsm:// (Google Secret Manager) needs the family secrets-gsm, which is not installed  p.yml:5:48""".lines().toArray(String[]::new));

        assertThat(terminal.run("secrets", "check", "p.yml", "--json")).isEqualTo(2);
        assertThat(terminal.out())
                .contains("\"path\":\"engine.backend.config.password\"", "\"state\":\"default\"", "\"ok\":false")
                .doesNotContain("pl@nted", "fallback-text");
    }

    @Test
    void check_is_content_when_everything_resolves_or_there_is_nothing() throws IOException {
        Files.writeString(folder.resolve("p.yml"), "a: env://FROM_FILE\n");
        Files.writeString(folder.resolve("none.yml"), "a: b\n");
        Files.writeString(folder.resolve("prod.env"), "FROM_FILE=x\n");
        Terminal terminal = terminal();

        assertThat(terminal.run("secrets", "check", "p.yml", "--env-file", "prod.env"))
                .isZero();
        assertThat(terminal.run("secrets", "check", "none.yml")).isZero();
        assertThat(terminal.out()).contains("no references");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // runs through
                "{name: logger, config: {dummy: '${PLANTED}'}}|{retry: {budget: 0.1}}|run",
                "{name: file, config: {path: FOLDER/out/}}|{retry: {budget: 0.1}}|run",
                "{name: file, config: {path: 'FOLDER/out/${PLANTED}/'}}|{retry: {budget: 0.1}}|run",
                "{name: file, config: {path: 'FOLDER/out/${PLANTED}/'}}|{retry: {budget: 0.1}}|check",
                // fails at the configuration
                "{name: file, config: {path: FOLDER/out/, buffer_size: '${PLANTED}'}}|{retry: {budget: 0.1}}|run",
                "{name: file, config: {path: FOLDER/out/, format: '${PLANTED}'}}|{retry: {budget: 0.1}}|run",
                "{name: file, config: {path: FOLDER/out/, delimiter: '${PLANTED}'}}|{retry: {budget: 0.1}}|run",
                "{name: file, config: {path: 'x://${PLANTED}'}}|{retry: {budget: 0.1}}|run",
                "{name: file, config: {path: FOLDER/out/}}|{backend: {type: '${PLANTED}'}}|run",
                "{name: file, config: {path: FOLDER/out/}}|{backend: {type: postgres, config: {password: '${PLANTED}'}}}|run",
                "{name: file, config: {path: FOLDER/out/}}|{envelope_prefix: '${PLANTED}'}|check",
                "{name: file, config: {path: FOLDER/out/, unnest: true, record_schemas: [{destination_id: t, record_schema: [{name: a, type: '${PLANTED}'}]}]}}|{retry: {budget: 0.1}}|check",
                // fails at work: the folder can't be made, the store can't be opened
                "{name: file, config: {path: 'FOLDER/blocker/${PLANTED}/'}}|{retry: {budget: 0.1}}|run",
                "{name: file, config: {path: 'FOLDER/blocker/${PLANTED}/'}}|{retry: {budget: 0.1}}|check",
                "{name: file, config: {path: FOLDER/out/}}|{backend: {type: sqlite, database: 'FOLDER/blocker/${PLANTED}'}}|run",
            })
    void a_planted_secret_appears_nowhere(String spec) throws IOException {
        String[] parts = spec.split("\\|");
        Files.writeString(folder.resolve("blocker"), "a file where a folder is wanted");
        Files.writeString(
                folder.resolve("p.yml"), """
                name: planted
                source: {name: dummy, stream: creatures, authentication: {type: api_key, params: {token: '${NONE:-default-secret-77}', more: env://PLANTED}}}
                destination: %s
                engine: %s
                """.formatted(parts[0], parts[1]).replace("FOLDER", folder.toString()));
        Terminal terminal = terminal();

        for (String json : List.of("--log-level=debug", "--json")) {
            terminal.run(parts[2], "p.yml", json);
            assertThat(terminal.out() + terminal.err()).isNotBlank();
            nowhere(terminal.out());
            nowhere(terminal.err());
        }
        terminal.run("runs", "--json");
        nowhere(terminal.out());
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("p.yml")) {
                    nowhere(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
        }
    }

    @Test
    void a_planted_secret_stands_in_no_reject() throws IOException {
        Files.writeString(folder.resolve("in.ndjson"), "{\"a\":1}\nnot json\n");
        Files.writeString(folder.resolve("p.yml"), """
                name: planted
                source: {name: files, stream: s, path: '%s/in.*', null_value: null, cursor_field: env://PLANTED}
                destination: {name: file, alias: env://PLANTED, config: {path: '%s/out/'}}
                """.formatted(folder, folder));
        Terminal terminal = terminal();

        terminal.run("run", "p.yml", "--json");
        assertThat(terminal.out()).contains("\"rejected\":1");
        nowhere(terminal.err());
        terminal.run("rejects", "list", "p.yml", "--json");
        nowhere(terminal.out());
        try (Stream<Path> files = Files.walk(folder.resolve(".wisent"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                nowhere(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
    }

    private static void nowhere(String text) {
        assertThat(text).doesNotContain("pl@nted", "pl%40nted", "default-secret-77");
    }
}
