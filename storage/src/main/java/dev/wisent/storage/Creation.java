package dev.wisent.storage;

import dev.wisent.api.storage.GetRequest;
import dev.wisent.api.storage.ObjectContent;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.PutOutcome;
import dev.wisent.api.storage.StorageFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

/// Creates an object once, whatever answers get lost: the same request again and again, and if the object is there in the
/// end, its content tells whose it is. The content must be such as no other writer would write: it holds a name of its
/// own, or a random number.
public final class Creation {
    private final ObjectStore store;
    private final Retries retries;

    /// @param budget how long to repeat a request whose answer was lost
    public Creation(ObjectStore store, Duration budget) {
        this.store = store;
        retries = Retries.within(budget);
    }

    /// [PutOutcome.Unknown] only when the budget is used up without an answer.
    public PutOutcome create(String path, byte[] content) {
        PutOutcome outcome = store.createIfAbsent(path, ByteBuffer.wrap(content));
        if (!(outcome instanceof PutOutcome.Unknown unknown)) {
            return outcome;
        }
        Retries.Budget left = retries.begin();
        while (true) {
            try {
                left.pauseAfter(unknown.cause());
                switch (store.createIfAbsent(path, ByteBuffer.wrap(content))) {
                    case PutOutcome.Stored stored -> {
                        return stored;
                    }
                    case PutOutcome.Exists exists -> {
                        return whose(path, content);
                    }
                    case PutOutcome.Unknown again -> unknown = again;
                }
            } catch (StorageFailure failed) {
                return new PutOutcome.Unknown(failed);
            }
        }
    }

    private PutOutcome whose(String path, byte[] ours) {
        try (ObjectContent there = store.get(GetRequest.of(path))) {
            boolean same = there.info().size() == ours.length
                    && Arrays.equals(there.stream().readAllBytes(), ours);
            return same ? new PutOutcome.Stored(there.info()) : new PutOutcome.Exists();
        } catch (IOException e) {
            throw StorageFailure.of(StorageFailure.Kind.UNAVAILABLE, "the object can't be read", Urls.of(store, path))
                    .causedBy(e);
        }
    }
}
