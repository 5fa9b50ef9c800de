package dev.wisent.connectors.kafka.registry;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/// Asks a registry by GET. What may pass (no connection, 429, 5xx) is tried again until the time for one answer is used up. Any
/// thread.
final class RegistryClient implements AutoCloseable {
    /// For a connection, and again for an answer.
    private static final Duration ATTEMPT = Duration.ofSeconds(10);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);
    /// More than any schema has.
    private static final int MOST = 16 << 20;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERRORS = 500;

    private final RegistryOptions options;
    private final HttpClient http;

    RegistryClient(RegistryOptions options) {
        this.options = options;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(shorter(ATTEMPT, options.patience()))
                .followRedirects(HttpClient.Redirect.NEVER);
        options.ca().ifPresent(file -> builder.sslContext(trusting(file)));
        this.http = builder.build();
    }

    /// What stands at `path`; empty: there is nothing (404).
    ///
    /// @param path behind the registry's address, with its first slash, escaped
    Optional<String> get(String path) {
        long end = System.nanoTime() + options.patience().toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            WisentException failed;
            try {
                HttpResponse<InputStream> answer = http.send(request(path), HttpResponse.BodyHandlers.ofInputStream());
                try (InputStream body = answer.body()) {
                    if (answer.statusCode() == OK) {
                        return Optional.of(text(body));
                    }
                    if (answer.statusCode() == NOT_FOUND) {
                        return Optional.empty();
                    }
                    failed = refused(path, answer.statusCode());
                }
            } catch (SSLException e) {
                failed = failure("TLS with the schema registry failed: " + e.getMessage(), path)
                        .hint("schema_registry.ca_file holds who signed its certificate")
                        .causedBy(e);
            } catch (IOException e) {
                failed = WisentException.transientFailure(
                                ErrorCode.SOURCE_CONNECTION, "the schema registry doesn't answer: " + said(e), e)
                        .where(options.url() + path)
                        .hint("is it running, and is schema_registry.url its address?");
            } catch (InterruptedException e) {
                throw interrupted(path, e);
            }
            if (!failed.isTransient() || end - System.nanoTime() < pause.toNanos()) {
                throw failed;
            }
            sleep(pause, path);
            pause = shorter(LONGEST_PAUSE, pause.multipliedBy(2));
        }
    }

    private HttpRequest request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(options.url() + path))
                .timeout(shorter(ATTEMPT, options.patience()))
                .header("Accept", "application/json, */*")
                .GET();
        switch (options.login()) {
            case RegistryOptions.Login.Nobody() -> {}
            case RegistryOptions.Login.User(String name, String password) ->
                request.header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8)));
            case RegistryOptions.Login.Bearer(String token) -> request.header("Authorization", "Bearer " + token);
        }
        return request.build();
    }

    private static String text(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MOST + 1);
        if (bytes.length > MOST) {
            throw new IOException("its answer is larger than " + MOST + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private WisentException refused(String path, int status) {
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            return failure("the schema registry doesn't let this user in: HTTP " + status, path)
                    .hint("check username and password, or token, in schema_registry");
        }
        if (status == TOO_MANY_REQUESTS || status >= SERVER_ERRORS) {
            return WisentException.transientFailure(
                            ErrorCode.SOURCE_CONNECTION,
                            "the schema registry answers HTTP " + status,
                            new IOException("HTTP " + status))
                    .where(options.url() + path)
                    .hint("its log may tell more");
        }
        return failure("the schema registry answers HTTP " + status, path)
                .hint("is schema_registry.url the address of its API, and schema_registry.type whose it is?");
    }

    private WisentException failure(String what, String path) {
        return WisentException.of(ErrorCode.SOURCE_CONNECTION, what).where(options.url() + path);
    }

    private void sleep(Duration pause, String path) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            throw interrupted(path, e);
        }
    }

    private WisentException interrupted(String path, InterruptedException e) {
        Thread.currentThread().interrupt();
        return failure("the thread was interrupted while a schema was asked for", path)
                .causedBy(e);
    }

    private static String said(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static SSLContext trusting(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int count = 0;
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("ca" + count++, each);
            }
            if (count == 0) {
                throw new IOException("there is no certificate in it");
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw WisentException.of(ErrorCode.SOURCE_CONNECTION, "ca_file can't be used: " + e.getMessage())
                    .where(file.toString())
                    .hint("a PEM file with certificates")
                    .causedBy(e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
