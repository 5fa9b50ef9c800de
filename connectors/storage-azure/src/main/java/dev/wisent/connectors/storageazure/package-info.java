/// Azure Blob Storage, by Microsoft's own library.
package dev.wisent.connectors.storageazure;
