package dev.wisent.storage;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.PutOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/// Finds out whether a store refuses to create what is there. Some that speak S3 ignore the condition and answer "stored"
/// to everyone: commits would overwrite each other there.
public final class CreateProbe {
    /// Begins the name of the object it creates and removes.
    public static final String NAME = ".wisent-probe-";

    /// One lost answer is no verdict.
    private static final Duration BUDGET = Duration.ofSeconds(30);

    private CreateProbe() {}

    /// Creates an object below the store's place twice and removes it. [ErrorCode#STORAGE_UNSAFE]: the second one was
    /// taken; a [dev.wisent.api.storage.StorageFailure]: it can't be found out.
    public static void check(ObjectStore store) {
        String path = NAME + UUID.randomUUID();
        Creation creation = new Creation(store, BUDGET);
        try {
            answered(creation.create(path, bytes(path + " first")));
            if (answered(creation.create(path, bytes(path + " second"))) instanceof PutOutcome.Stored) {
                throw WisentException.of(
                                ErrorCode.STORAGE_UNSAFE,
                                "the store took a second object of one name, although it was asked to refuse it")
                        .where(store.url());
            }
        } finally {
            store.delete(path);
        }
    }

    private static PutOutcome answered(PutOutcome outcome) {
        if (outcome instanceof PutOutcome.Unknown unknown) {
            throw unknown.cause();
        }
        return outcome;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
