/// Objects in stores: local disk, S3, Google Cloud Storage, Azure Blob. [ObjectStore] is what one store does; who needs
/// one asks [ObjectStores] with a URL. [ObjectStoreFactory] is what a kind of store implements.
///
/// All calls block, and may be made from many threads, virtual ones too. Failures are [StorageFailure]s; the one answer
/// that is neither success nor failure is [PutOutcome.Unknown].
package dev.wisent.api.storage;
