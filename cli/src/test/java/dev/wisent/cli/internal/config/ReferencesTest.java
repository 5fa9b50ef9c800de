package dev.wisent.cli.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "${TOKEN}, hunter2-hunter2",
                "a-${COUNT}-b-${COUNT}, a-7-b-7",
                "${ COUNT }, 7",
                "${NOT_SET:-else}, else",
                "${EMPTY:-else}, else",
                "${COUNT:-else}, 7",
                "${NOT_SET:-a:b}, a:b",
                "${env://COUNT}, 7",
                "x${env://COUNT}y, x7y",
                "env://COUNT, 7",
                "BIZON_ENV_FULL, from-full-name",
                "BIZON_ENV_SHORT, from-short-name",
                "$$, $",
                "$${COUNT}, ${COUNT}",
                "100$, 100$",
                "https://host/env://COUNT, https://host/env://COUNT",
            })
    void a_reference_is_replaced_inside_a_value(String written, String expected) {
        PipelineSpec spec = Loading.load("""
                name: a
                source: {name: letters, stream: capital}
                destination: {name: shelf, config: {path: x, destination_id: '%s'}}
                """.formatted(written));

        assertThat(spec.destination().target().name()).isEqualTo(expected);
    }

    @Test
    void what_a_reference_brings_is_never_read_as_yaml() {
        PipelineSpec spec = Loading.load("""
                name: ${EVIL}
                source: {name: letters, stream: capital, count: '${COUNT}'}
                destination: {name: shelf, config: {path: x}}
                """, Map.of("EVIL", "{a: b}\nid: [1]", "COUNT", "7"));

        assertThat(spec.name()).isEqualTo("{a: b}\nid: [1]");
    }

    @Test
    void keys_are_never_resolved() {
        assertThat(Loading.told("p.yml", "${TOKEN}: a\n", Loading.VARIABLES)).contains("'${TOKEN}'");
    }

    @Test
    void a_secret_stands_in_no_message_wherever_it_is_used() {
        String valid = """
                name: a
                id: a
                log_level: info
                source: {name: letters, stream: capital, sync_mode: incremental, cursor_field: c, primary_key: [id],
                  max_iterations: 3, count: 3, reset: false, init_pipeline: x, authentication: {token: t}}
                destination:
                  name: shelf
                  alias: b
                  config:
                    path: x
                    destination_id: y
                    buffer_size: 1
                    commit_interval: 1
                    unnest: true
                    record_schemas: [{destination_id: y, record_schema: [{name: id, type: string, mode: NULLABLE}]}]
                engine:
                  backend: {type: sqlite, config: {database: d, schema: public}}
                  queue: {type: memory}
                  runner: {type: thread, log_level: info, config: {max_workers: 1}}
                  envelope_prefix: w
                  lease: {heartbeat: 1, expiry: 9}
                  publish: at_end
                error_handling: {on_bad_record: reject, max_failures: 0, dlq_path: p}
                """;
        Matcher values = Pattern.compile("(?<=: )[a-z0-9A-Z_]+").matcher(valid);
        int count = 0;
        while (values.find()) {
            count++;
            String text = valid.substring(0, values.start()) + "\"${TOKEN}\"" + valid.substring(values.end())
                    + "unknown: 1\n";
            assertThat(Loading.told("p.yml", text, Loading.VARIABLES))
                    .contains("unknown key")
                    .doesNotContain("hunter2");
        }
        assertThat(count).isGreaterThan(25);
    }

    @Test
    void the_environment_comes_before_the_named_file_and_that_before_dot_env() throws IOException {
        Files.writeString(folder.resolve(".env"), """
                # a comment
                A=dotenv
                B=dotenv
                export C="with \\"quotes\\" and # no comment" # a comment
                D='single $x'
                E=
                """);
        Files.writeString(folder.resolve("prod.env"), "A=prod\nB=prod\n");

        Variables variables = Variables.of(Map.of("A", "environment"), folder, Optional.of(Path.of("prod.env")));

        assertThat(variables.find("A")).contains("environment");
        assertThat(variables.find("B")).contains("prod");
        assertThat(variables.find("C")).contains("with \"quotes\" and # no comment");
        assertThat(variables.find("D")).contains("single $x");
        assertThat(variables.find("E")).contains("");
        assertThat(variables.find("F")).isEmpty();
    }

    @Test
    void an_environment_file_that_is_not_there_or_broken_is_told_without_its_content() throws IOException {
        assertThatThrownBy(() -> Variables.of(Map.of(), folder, Optional.of(Path.of("no.env"))))
                .isInstanceOfSatisfying(
                        WisentException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_FILE));

        Files.writeString(folder.resolve(".env"), "A=1\nhunter2\n");
        assertThatThrownBy(() -> Variables.of(Map.of(), folder, Optional.empty()))
                .isInstanceOfSatisfying(WisentException.class, e -> {
                    assertThat(e.where()).endsWith(".env:2");
                    assertThat(e.what()).doesNotContain("hunter2");
                });
    }

    @Test
    void a_secret_is_masked_in_other_spellings_and_line_by_line() {
        Secrets secrets =
                new Secrets(java.util.List.of("a \"b\"/c", "-----BEGIN KEY-----\nMIIEvQIBADANBg\n-----END KEY-----"));

        assertThat(secrets.mask("{\"x\":\"a \\\"b\\\"/c\"} http://h/a%20%22b%22%2Fc a+%22b%22%2Fc"))
                .isEqualTo("{\"x\":\"***\"} http://h/*** ***");
        assertThat(secrets.mask("key:\n    MIIEvQIBADANBg\n")).isEqualTo("key:\n    ***\n");
    }

    @Test
    void what_is_left_of_a_secret_that_a_message_cut_is_masked() {
        Secrets secrets = new Secrets(java.util.List.of("hunter2-hunter2", "hunting"));

        assertThat(secrets.mask("a \"hunter2-hu...\" b hunter2… c hunti... d hun... e ... f ......"))
                .isEqualTo("a \"***...\" b ***… c ***... d hun... e ... f ......");
    }

    @Test
    void a_secret_key_hides_what_stands_in_the_file_itself() {
        assertThat(Loading.told("p.yml", """
                name: a
                source: {name: letters, stream: capital, authentication: {token: {in: plain-sight}}}
                destination: {name: shelf, config: {path: x}}
                """, Map.of()))
                .contains("source.authentication.token")
                .doesNotContain("plain-sight");
    }

    @Test
    void secrets_are_masked_longest_first_and_plain_values_are_left() {
        Secrets secrets = new Secrets(java.util.List.of("pass", "password", "1000", "true", "abc", ""));

        assertThat(secrets.mask("password pass 1000 true abc")).isEqualTo("*** *** 1000 true abc");
    }
}
