package dev.wisent.api.storage;

import java.util.Optional;

/// Where a store is, as its URL says it.
///
/// @param store `local`, or the [ObjectStoreFactory#name] of its kind: `s3`, `gcs`, `azure`
/// @param bucket bucket or container; empty for `local`
/// @param prefix what paths are relative to, without slashes at either end; for `local` an absolute path
/// @param account of Azure, if the URL names one
/// @param endpoint where the service is reached, if the URL names another place than the usual
/// @param region of S3, if the URL names one
/// @param url to show to people: one usual form, without credentials
public record StoreLocation(
        String store,
        String bucket,
        String prefix,
        Optional<String> account,
        Optional<String> endpoint,
        Optional<String> region,
        String url) {
    /// What its bucket is called, without the prefix.
    public String bucketUrl() {
        boolean whole = prefix.isEmpty() || !url.endsWith("/" + prefix);
        return whole ? url : url.substring(0, url.length() - prefix.length() - 1);
    }
}
