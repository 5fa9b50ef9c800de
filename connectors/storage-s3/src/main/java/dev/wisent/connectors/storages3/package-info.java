/// Amazon S3, and stores that speak its protocol, by Amazon's own library.
package dev.wisent.connectors.storages3;
