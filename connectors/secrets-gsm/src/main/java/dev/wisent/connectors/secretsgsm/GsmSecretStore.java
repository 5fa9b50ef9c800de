package dev.wisent.connectors.secretsgsm;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.secretmanager.v1.SecretManager;
import com.google.api.services.secretmanager.v1.model.SecretPayload;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.secret.SecretStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/// Google Secret Manager, with the application default credentials: those of the variable
/// `GOOGLE_APPLICATION_CREDENTIALS`, of `gcloud auth application-default login`, or of the machine.
///
/// Settings, under `secrets.gsm`: `project_id` (that of the credentials without it), `endpoint` (Google's without it).
public final class GsmSecretStore implements SecretStore {
    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 20_000;
    private static final int TRIES = 3;
    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final int NOT_FOUND = 404;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;
    private static final int FIRST_OF_THEIRS = 500;

    private final Login login;
    private Map<String, String> settings = Map.of();
    private Optional<Session> session = Optional.empty();

    /// Where credentials come from.
    interface Login {
        GoogleCredentials credentials() throws IOException;
    }

    private record Session(SecretManager client, GoogleCredentials credentials) {}

    /// Found by `java.util.ServiceLoader`.
    public GsmSecretStore() {
        this(GoogleCredentials::getApplicationDefault);
    }

    GsmSecretStore(Login login) {
        this.login = login;
    }

    @Override
    public String scheme() {
        return "gsm";
    }

    @Override
    public String summary() {
        return "Google Secret Manager";
    }

    @Override
    public void configure(Map<String, String> given) {
        settings = Map.copyOf(given);
    }

    @Override
    public Optional<String> find(String path) {
        Session open = session();
        SecretName name = SecretName.of(path, () -> project(open));
        for (int attempt = 1; ; attempt++) {
            try {
                SecretPayload payload = open.client()
                        .projects()
                        .secrets()
                        .versions()
                        .access(name.value())
                        .execute()
                        .getPayload();
                return Optional.of(text(path, payload));
            } catch (HttpResponseException answer) {
                if (answer.getStatusCode() == NOT_FOUND) {
                    return Optional.empty();
                }
                if (!isPassing(answer.getStatusCode()) || attempt == TRIES) {
                    throw refused(path, name, answer);
                }
            } catch (IOException unreachable) {
                if (attempt == TRIES) {
                    throw WisentException.of(
                                    ErrorCode.SOURCE_CONNECTION,
                                    "Google Secret Manager can't be reached for gsm://" + path + ": "
                                            + unreachable.getMessage())
                            .hint("tried " + TRIES
                                    + " times; check network and proxy, secrets.gsm.endpoint, and the credentials")
                            .causedBy(unreachable);
                }
            }
            pause(attempt);
        }
    }

    private Session session() {
        if (session.isEmpty()) {
            GoogleCredentials credentials = credentials();
            HttpCredentialsAdapter authorized = new HttpCredentialsAdapter(credentials);
            HttpRequestInitializer initializer = request -> {
                authorized.initialize(request);
                request.setConnectTimeout(CONNECT_MILLIS).setReadTimeout(READ_MILLIS);
            };
            SecretManager.Builder builder = new SecretManager.Builder(
                            new NetHttpTransport(), GsonFactory.getDefaultInstance(), initializer)
                    .setApplicationName("wisent");
            String endpoint = settings.getOrDefault("endpoint", "");
            if (!endpoint.isBlank()) {
                builder.setRootUrl(endpoint.endsWith("/") ? endpoint : endpoint + "/");
            }
            session = Optional.of(new Session(builder.build(), credentials));
        }
        return session.get();
    }

    private GoogleCredentials credentials() {
        try {
            return login.credentials().createScoped(SCOPE);
        } catch (IOException none) {
            throw WisentException.of(
                            ErrorCode.SOURCE_CONNECTION, "there are no usable Google credentials: " + none.getMessage())
                    .hint(
                            "run 'gcloud auth application-default login', or name a key file in GOOGLE_APPLICATION_CREDENTIALS")
                    .causedBy(none);
        }
    }

    private Optional<String> project(Session open) {
        return Optional.of(settings.getOrDefault("project_id", ""))
                .filter(id -> !id.isBlank())
                .or(() -> Optional.ofNullable(open.credentials().getProjectId()))
                .or(() -> Optional.ofNullable(System.getenv("GOOGLE_CLOUD_PROJECT")));
    }

    private static boolean isPassing(int status) {
        return status == TOO_MANY || status >= FIRST_OF_THEIRS;
    }

    private static String text(String path, SecretPayload payload) {
        byte[] data = payload.getData() == null ? new byte[0] : payload.decodeData();
        CRC32C sum = new CRC32C();
        sum.update(data);
        if (payload.getDataCrc32c() != null && payload.getDataCrc32c() != sum.getValue()) {
            throw WisentException.of(
                            ErrorCode.SOURCE_CONNECTION,
                            "what came for gsm://" + path + " is damaged: its checksum differs")
                    .hint("try again");
        }
        return new String(data, StandardCharsets.UTF_8);
    }

    private static WisentException refused(String path, SecretName name, HttpResponseException answer) {
        int status = answer.getStatusCode();
        String theirs = answer instanceof GoogleJsonResponseException json && json.getDetails() != null
                ? json.getDetails().getMessage()
                : "HTTP " + status;
        boolean denied = status == UNAUTHORIZED || status == FORBIDDEN;
        return WisentException.of(
                        ErrorCode.SOURCE_CONNECTION,
                        (denied ? "no right to read gsm://" : "Google Secret Manager refuses gsm://") + path + " ("
                                + name.value() + "): " + theirs)
                .hint(
                        denied
                                ? "grant roles/secretmanager.secretAccessor on it to whom the credentials belong to; is the project right?"
                                : "look at the secret's versions: is this one enabled?")
                .causedBy(answer);
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(FIRST_PAUSE_MILLIS << (attempt - 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw WisentException.of(ErrorCode.INTERRUPTED, "waiting for Google Secret Manager was interrupted")
                    .causedBy(e);
        }
    }
}
