/// Google Cloud Storage, by Google's own library over HTTP.
package dev.wisent.connectors.storagegcs;
