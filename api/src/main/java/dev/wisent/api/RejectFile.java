package dev.wisent.api;

/// Durable rejects that a commit names: only named ones exist (R8).
public record RejectFile(String path, long count) {}
