package dev.wisent.connectors.secretsgsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

    private record Told(int exit, String out, String err) {}

    private Told wisent(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path", ""),
                "dev.wisent.cli.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("stdout").toFile())
                .redirectError(folder.resolve("stderr").toFile());
        builder.environment()
                .putAll(Map.of(
                        "GOOGLE_APPLICATION_CREDENTIALS",
                                folder.resolve("key.json").toString(),
                        "FAKE", google.endpoint()));
        Process process = builder.start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running");
        }
        return new Told(
                process.exitValue(),
                Files.readString(folder.resolve("stdout")),
                Files.readString(folder.resolve("stderr")));
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

        Told told = wisent("secrets", "check", "p.yml");

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

        Told told = wisent("run", "p.yml");

        assertThat(told.exit()).as(told.err()).isZero();
        assertThat(folder.resolve("out-" + VALUE)).isDirectory();
        assertThat(told.out() + told.err()).doesNotContain(VALUE);
    }

    @Test
    void an_unknown_key_of_its_settings_is_an_error() throws Exception {
        pipeline("out/");
        Path file = folder.resolve("p.yml");
        Files.writeString(file, Files.readString(file).replace("endpoint:", "projectid: p, endpoint:"));

        Told told = wisent("check", "p.yml");

        assertThat(told.exit()).isEqualTo(2);
        assertThat(told.err()).contains("secrets.gsm.projectid").contains("did you mean 'project_id'?");
    }
}
