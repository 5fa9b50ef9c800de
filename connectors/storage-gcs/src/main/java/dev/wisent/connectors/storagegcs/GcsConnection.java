package dev.wisent.connectors.storagegcs;

import com.google.api.gax.retrying.RetrySettings;
import com.google.auth.Credentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.HttpStorageOptions;
import com.google.cloud.storage.MultipartUploadClient;
import com.google.cloud.storage.MultipartUploadSettings;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Google's clients: one attempt a request, for the caller has a budget and knows what may be repeated.
///
/// @param objects speaks JSON
/// @param uploads speaks XML, as only that has uploads in parts
record GcsConnection(Storage objects, MultipartUploadClient uploads) {
    private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";
    /// Nothing we do needs one, and without a name the library looks for one in the network.
    private static final String NO_PROJECT = "none";

    static GcsConnection open(GcsOptions options) throws IOException {
        HttpStorageOptions.Builder builder = StorageOptions.http();
        options.endpoint().ifPresent(builder::setHost);
        builder.setProjectId(NO_PROJECT)
                .setCredentials(credentials(options))
                .setRetrySettings(RetrySettings.newBuilder().setMaxAttempts(1).build())
                .setTransportOptions(HttpTransportOptions.newBuilder()
                        .setConnectTimeout(
                                Math.toIntExact(options.connectTimeout().toMillis()))
                        .setReadTimeout(Math.toIntExact(options.requestTimeout().toMillis()))
                        .build());
        HttpStorageOptions made = builder.build();
        return new GcsConnection(made.getService(), MultipartUploadClient.create(MultipartUploadSettings.of(made)));
    }

    private static Credentials credentials(GcsOptions options) throws IOException {
        if (options.access() == GcsOptions.Access.ANONYMOUS) {
            return NoCredentials.getInstance();
        }
        if (options.key().isPresent()) {
            byte[] key = options.key().get().getBytes(StandardCharsets.UTF_8);
            return ServiceAccountCredentials.fromStream(new ByteArrayInputStream(key))
                    .createScoped(SCOPE);
        }
        if (options.keyFile().isPresent()) {
            try (InputStream key =
                    Files.newInputStream(Path.of(options.keyFile().get()))) {
                return GoogleCredentials.fromStream(key).createScoped(SCOPE);
            }
        }
        return GoogleCredentials.getApplicationDefault().createScoped(SCOPE);
    }
}
