package dev.wisent.connectors.secretsgsm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command line in a JVM of its own, with the credentials Google's library finds by itself.
class GsmReferenceTest {
    private static final String VALUE = "planted-secret-value";

    @TempDir
    Path folder;

    private final FakeGoogle google = new FakeGoogle();

    @AfterEach
    void close() {
        google.close();
    }

    private ChildResult wisent(String... arguments) {
        return new ChildCommand(folder, List.of(arguments), List.of(), OptionalLong.empty())
                .startedBy(
                        "env",
                        "GOOGLE_APPLICATION_CREDENTIALS=" + folder.resolve("key.json"),
                        "FAKE=" + google.endpoint())
                .result();
    }

    private void pipeline(String path) throws IOException {
        google.keyFile(folder);
        Files.writeString(folder.resolve("p.yml"), """
                name: p
                secrets: {gsm: {endpoint: "${FAKE}"}}
                source: {name: dummy, stream: creatures, authentication: {type: api_key, params: {token: "gsm://token", again: "a ${gsm://token}"}}}
                destination: {name: file, config: {path: '%s'}}
                """.formatted(path));
        google.put("projects/home-project/secrets/token/versions/latest", VALUE);
        google.put("projects/home-project/secrets/place/versions/2", "out-" + VALUE);
    }

    @Test
    void secrets_check_lists_them_and_each_is_fetched_once() throws Exception {
        pipeline("out-${gsm://none}");

        ChildResult told = wisent("secrets", "check", "p.yml");

        assertThat(told.exit()).as(told.err()).isEqualTo(2);
        assertThat(told.out())
                .containsPattern("source.authentication.params.token +gsm://token +ok")
                .containsPattern("destination.config.path +\\$\\{gsm://none} +there is no secret gsm://none")
                .doesNotContain(VALUE);
        assertThat(google.asked())
                .containsExactly(
                        "projects/home-project/secrets/token/versions/latest",
                        "projects/home-project/secrets/none/versions/latest");
    }

    @Test
    void a_run_uses_them_and_shows_none() throws Exception {
        pipeline("${gsm://place/versions/2}/");

        ChildResult told = wisent("run", "p.yml");

        assertThat(told.exit()).as(told.err()).isZero();
        assertThat(folder.resolve("out-" + VALUE)).isDirectory();
        assertThat(told.out() + told.err()).doesNotContain(VALUE);
    }

    @Test
    void an_unknown_key_of_its_settings_is_an_error() throws Exception {
        pipeline("out/");
        Path file = folder.resolve("p.yml");
        Files.writeString(file, Files.readString(file).replace("endpoint:", "projectid: p, endpoint:"));

        ChildResult told = wisent("check", "p.yml");

        assertThat(told.exit()).isEqualTo(2);
        assertThat(told.err()).contains("secrets.gsm.projectid").contains("did you mean 'project_id'?");
    }
}
