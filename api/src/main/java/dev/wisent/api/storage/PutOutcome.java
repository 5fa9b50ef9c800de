package dev.wisent.api.storage;

/// What became of [ObjectStore#createIfAbsent].
public sealed interface PutOutcome {
    /// The object is ours and durable.
    record Stored(ObjectInfo object) implements PutOutcome {}

    /// Somebody has the path, and nothing was changed. Whoever asked before and got [Unknown] may be this somebody.
    record Exists() implements PutOutcome {}

    /// The request was sent and no answer tells what became of it; it may still arrive. Nothing may be deleted before
    /// the same call with the same content was answered (R4). `cause` is for people.
    record Unknown(StorageFailure cause) implements PutOutcome {}
}
