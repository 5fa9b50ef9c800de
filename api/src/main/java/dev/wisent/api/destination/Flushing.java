package dev.wisent.api.destination;

import dev.wisent.api.commit.Fragment;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Fragments that are becoming durable: on disk and fsynced, staged, or held in a session. Fails with a
/// [dev.wisent.api.error.WisentException].
public record Flushing(CompletableFuture<List<Fragment>> fragments) {
    public static Flushing done(List<Fragment> fragments) {
        return new Flushing(CompletableFuture.completedFuture(fragments));
    }
}
