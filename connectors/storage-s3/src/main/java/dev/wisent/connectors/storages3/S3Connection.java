package dev.wisent.connectors.storages3;

import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/// Makes the SDK's client: one attempt a request, for the caller has a budget and knows what may be repeated.
final class S3Connection {
    /// More than any pipeline has requests at once: its own limits come first.
    private static final int MOST_CONNECTIONS = 512;

    private S3Connection() {}

    static S3Client open(S3Options options) {
        S3ClientBuilder client = S3Client.builder()
                .httpClientBuilder(Apache5HttpClient.builder()
                        .connectionTimeout(options.connectTimeout())
                        .socketTimeout(options.requestTimeout())
                        .connectionAcquisitionTimeout(options.requestTimeout())
                        .maxConnections(MOST_CONNECTIONS)
                        // A round trip more for every part, and not all compatible stores answer it.
                        .expectContinueEnabled(false))
                .credentialsProvider(credentials(options))
                .forcePathStyle(options.style() == S3Options.Style.BUCKET_IN_PATH)
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()));
        options.region().map(Region::of).ifPresent(client::region);
        // Checksums in trailers are Amazon's; stores that only speak like it refuse them.
        options.endpoint()
                .ifPresentOrElse(
                        endpoint -> client.endpointOverride(endpoint)
                                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED),
                        () -> client.crossRegionAccessEnabled(true));
        return client.build();
    }

    private static AwsCredentialsProvider credentials(S3Options options) {
        if (options.access() == S3Options.Access.ANONYMOUS) {
            return AnonymousCredentialsProvider.create();
        }
        return options.keys()
                .<AwsCredentialsProvider>map(keys -> StaticCredentialsProvider.create(keys.token()
                        .<AwsCredentials>map(token -> AwsSessionCredentials.create(keys.id(), keys.secret(), token))
                        .orElseGet(() -> AwsBasicCredentials.create(keys.id(), keys.secret()))))
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }
}
