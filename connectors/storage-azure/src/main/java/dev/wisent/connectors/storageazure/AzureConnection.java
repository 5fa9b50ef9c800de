package dev.wisent.connectors.storageazure;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import java.time.Duration;

/// Makes the SDK's client: one attempt a request, for the caller has a budget and knows what may be repeated.
final class AzureConnection {
    /// Whole attempts may take this long; that no byte moves is noticed earlier.
    private static final Duration LONGEST_ATTEMPT = Duration.ofMinutes(10);

    private AzureConnection() {}

    static BlobContainerClient open(String container, AzureOptions options) {
        BlobContainerClientBuilder client = new BlobContainerClientBuilder()
                .endpoint(options.endpoint())
                .containerName(container)
                .retryOptions(new RequestRetryOptions(
                        RetryPolicyType.FIXED, 1, LONGEST_ATTEMPT, Duration.ofMillis(1), Duration.ofMillis(1), null))
                .httpClient(new JdkHttpClientBuilder()
                        .connectionTimeout(options.connectTimeout())
                        .responseTimeout(options.requestTimeout())
                        .readTimeout(options.requestTimeout())
                        .writeTimeout(options.requestTimeout())
                        .build());
        switch (options.credentials()) {
            case AzureOptions.Credentials.Key(String key) ->
                client.credential(new StorageSharedKeyCredential(options.account(), key));
            case AzureOptions.Credentials.Token(String token) -> client.sasToken(token);
            case AzureOptions.Credentials.Nobody nobody -> client.setAnonymousAccess();
            case AzureOptions.Credentials.Found found -> client.credential(new DefaultAzureCredentialBuilder().build());
        }
        return client.buildClient();
    }
}
