package dev.wisent.connectors.secretsgsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.auth.oauth2.GoogleCredentials;
import dev.wisent.api.error.WisentException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GsmSecretStoreTest {
    private static final String NAME = "projects/home-project/secrets/db/versions/latest";
    private static final String VALUE = "s3cret ü\n2nd line";

    @TempDir
    Path folder;

    private final FakeGoogle google = new FakeGoogle();
    private byte[] key = new byte[0];

    @BeforeEach
    void key() throws IOException {
        key = Files.readAllBytes(google.keyFile(folder));
    }

    @AfterEach
    void close() {
        google.close();
    }

    private GsmSecretStore store(Map<String, String> settings) {
        GsmSecretStore store = new GsmSecretStore(() -> GoogleCredentials.fromStream(new ByteArrayInputStream(key)));
        store.configure(settings);
        return store;
    }

    private GsmSecretStore store() {
        return store(Map.of("endpoint", google.endpoint()));
    }

    @ParameterizedTest
    @CsvSource({
        "db, projects/home-project/secrets/db/versions/latest",
        "db/versions/3, projects/home-project/secrets/db/versions/3",
        "projects/other/secrets/db, projects/other/secrets/db/versions/latest",
        "projects/other/secrets/db/versions/7, projects/other/secrets/db/versions/7",
    })
    void a_path_names_a_secret_its_version_or_all_of_it(String path, String asked) {
        google.put(asked, VALUE);

        assertThat(store().find(path)).contains(VALUE);
        assertThat(google.asked()).containsExactly(asked);
    }

    @Test
    void the_project_of_the_settings_wins_over_that_of_the_credentials() {
        google.put("projects/set/secrets/db/versions/latest", VALUE);

        assertThat(store(Map.of("endpoint", google.endpoint(), "project_id", "set"))
                        .find("db"))
                .contains(VALUE);
    }

    @Test
    void a_secret_that_is_not_there_is_none() {
        assertThat(store().find("db")).isEmpty();
    }

    @Test
    void without_rights_it_is_told_whose_answer_that_is_and_what_to_grant() {
        google.put(NAME, VALUE);
        google.fail(NAME, 403);

        assertThatThrownBy(() -> store().find("db")).isInstanceOfSatisfying(WisentException.class, e -> {
            assertThat(e.what()).contains("no right to read gsm://db", NAME, "secretmanager.versions.access");
            assertThat(e.hint()).contains("roles/secretmanager.secretAccessor");
        });
        assertThat(google.asked()).hasSize(1);
    }

    @Test
    void a_disabled_version_is_told_as_google_does() {
        google.fail(NAME, 400);

        assertThatThrownBy(() -> store().find("db")).hasMessageContaining("Google Secret Manager refuses gsm://db");
    }

    @Test
    void what_passes_is_asked_again_but_not_for_ever() {
        google.put(NAME, VALUE);
        google.fail(NAME, 503, 429);
        assertThat(store().find("db")).contains(VALUE);

        google.fail(NAME, 503, 503, 503, 503);
        assertThatThrownBy(() -> store().find("db")).hasMessageContaining("refuses gsm://db");
        assertThat(google.asked()).hasSize(6);
    }

    @Test
    void nobody_there_is_told_with_what_was_tried() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        assertThatThrownBy(() ->
                        store(Map.of("endpoint", "http://localhost:" + port)).find("db"))
                .isInstanceOfSatisfying(WisentException.class, e -> {
                    assertThat(e.what()).contains("can't be reached for gsm://db");
                    assertThat(e.hint()).contains("tried 3 times");
                });
    }

    @Test
    void a_path_that_is_no_name_is_refused_before_anything_is_asked() {
        assertThatThrownBy(() -> store().find("../db?x=1")).hasMessageContaining("is no name of a secret");
        assertThat(google.asked()).isEmpty();
    }

    @Test
    void without_credentials_it_is_told_how_to_get_some() {
        GsmSecretStore store = new GsmSecretStore(() -> {
            throw new IOException("Your default credentials were not found.");
        });

        assertThatThrownBy(() -> store.find("db")).isInstanceOfSatisfying(WisentException.class, e -> {
            assertThat(e.what()).contains("no usable Google credentials");
            assertThat(e.hint()).contains("GOOGLE_APPLICATION_CREDENTIALS");
        });
    }
}
