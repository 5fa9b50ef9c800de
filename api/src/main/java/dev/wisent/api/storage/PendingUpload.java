package dev.wisent.api.storage;

import java.time.Instant;

/// An upload that somebody began and nobody ended.
///
/// @param path of the object it would become
/// @param id the store's name for it
/// @param started when it began, by the store's clock
public record PendingUpload(String path, String id, Instant started) {}
