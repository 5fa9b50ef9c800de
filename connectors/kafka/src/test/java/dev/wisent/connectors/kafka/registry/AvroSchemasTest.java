package dev.wisent.connectors.kafka.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.testkit.SelfSigned;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A registry that is slow to come, asks who is there, or is none.
class AvroSchemasTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final SchemaId ID = new SchemaId.Numbered(7);

    private final RegistryFake registry = RegistryFake.start();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        registry.close();
    }

    private static RegistryOptions options(
            String url, RegistryOptions.Login login, Optional<Path> ca, Duration patience) {
        return new RegistryOptions(
                RegistryOptions.Kind.CONFLUENT, URI.create(url), Optional.empty(), login, ca, patience);
    }

    private Schemas.Found<?> ask(RegistryOptions.Login login, Duration patience) {
        try (Schemas<?> schemas = Schemas.avro(options(registry.url(), login, Optional.empty(), patience))) {
            return schemas.schema(ID);
        }
    }

    private WisentException failure(RegistryOptions.Login login, Duration patience) {
        try {
            throw new AssertionError("there was an answer: " + ask(login, patience));
        } catch (WisentException e) {
            return e;
        }
    }

    @Test
    void answers_that_may_pass_are_asked_for_again() {
        registry.confluent(7, "\"string\"");
        registry.fail(503, 2);

        assertThat(ask(new RegistryOptions.Login.Nobody(), LONG)).isInstanceOf(Schemas.Found.Known.class);
        assertThat(registry.asked()).hasSize(3);
    }

    @Test
    void a_registry_that_stays_away_is_a_transient_failure_that_names_it() {
        registry.fail(500, Integer.MAX_VALUE);

        WisentException failed = failure(new RegistryOptions.Login.Nobody(), SHORT);

        assertThat(failed.isTransient()).isTrue();
        assertThat(failed.code()).isEqualTo(ErrorCode.SOURCE_CONNECTION);
        assertThat(failed.what()).isEqualTo("the schema registry answers HTTP 500");
        assertThat(failed.where()).isEqualTo(registry.url() + "/schemas/ids/7");
        registry.close();
        assertThat(failure(new RegistryOptions.Login.Nobody(), SHORT).what())
                .startsWith("the schema registry doesn't answer");
    }

    @Test
    void who_asks_is_told_by_name_and_password_or_by_a_token_that_stand_in_no_message() {
        registry.confluent(7, "\"string\"");
        registry.only("Basic YWRhOnMzY3JldA==");
        assertThat(ask(new RegistryOptions.Login.User("ada", "s3cret"), LONG)).isInstanceOf(Schemas.Found.Known.class);

        WisentException refused = failure(new RegistryOptions.Login.User("ada", "wr0ng"), LONG);

        assertThat(refused.isTransient()).isFalse();
        assertThat(refused.what()).isEqualTo("the schema registry doesn't let this user in: HTTP 401");
        assertThat(refused.where() + refused.hint() + refused.tried()).doesNotContain("wr0ng");
        registry.only("Bearer t0ken");
        assertThat(ask(new RegistryOptions.Login.Bearer("t0ken"), LONG)).isInstanceOf(Schemas.Found.Known.class);
    }

    @Test
    void an_address_that_is_none_of_a_registry_is_told() {
        registry.put("/schemas/ids/7", "<html>");

        WisentException failed = failure(new RegistryOptions.Login.Nobody(), LONG);

        assertThat(failed.code()).isEqualTo(ErrorCode.SOURCE_FAILED);
        assertThat(failed.what()).isEqualTo("the schema registry's answer can't be used: the answer is no JSON");
        registry.fail(301, 1);
        assertThat(failure(new RegistryOptions.Login.Nobody(), LONG).what())
                .isEqualTo("the schema registry answers HTTP 301");
    }

    @Test
    void an_id_that_is_unknown_is_not_asked_for_again_and_again() {
        try (Schemas<?> schemas =
                Schemas.avro(options(registry.url(), new RegistryOptions.Login.Nobody(), Optional.empty(), LONG))) {
            for (int i = 0; i < 3; i++) {
                assertThat(schemas.schema(ID)).isInstanceOf(Schemas.Found.None.class);
            }
        }
        assertThat(registry.asked()).containsExactly("/schemas/ids/7");
    }

    @Test
    void tls_is_by_the_certificates_of_ca_file() throws Exception {
        SelfSigned certificate = SelfSigned.in(folder);
        Path store = certificate.store();
        Path ca = certificate.ca();
        try (RegistryFake secure = RegistryFake.start(context(store))) {
            secure.confluent(7, "\"string\"");
            RegistryOptions.Login nobody = new RegistryOptions.Login.Nobody();
            try (Schemas<?> schemas = Schemas.avro(options(secure.url(), nobody, Optional.of(ca), LONG))) {
                assertThat(schemas.schema(ID)).isInstanceOf(Schemas.Found.Known.class);
            }
            try (Schemas<?> schemas = Schemas.avro(options(secure.url(), nobody, Optional.empty(), LONG))) {
                assertThatThrownBy(() -> schemas.schema(ID))
                        .hasMessageStartingWith("TLS with the schema registry failed");
            }
        }
    }

    private static SSLContext context(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, SelfSigned.PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, SelfSigned.PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
