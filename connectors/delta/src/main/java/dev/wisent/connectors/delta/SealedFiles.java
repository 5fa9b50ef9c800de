package dev.wisent.connectors.delta;

import dev.wisent.api.commit.Fragment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The files of a lane that were ended since its last flush, in order. One thread.
final class SealedFiles {
    private record Sealed(SentFile file, CompletableFuture<Fragment> fragment) {}

    private final List<Sealed> files = new ArrayList<>();

    void add(SentFile file, CompletableFuture<Fragment> fragment) {
        files.add(new Sealed(file, fragment));
    }

    /// All of them, which are not this one's any more.
    List<CompletableFuture<Fragment>> flush() {
        List<CompletableFuture<Fragment>> fragments =
                files.stream().map(Sealed::fragment).toList();
        files.clear();
        return fragments;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what can't be removed is left to the next run's sweep
    void drop() {
        for (Sealed sealed : files) {
            sealed.fragment().whenComplete((written, failure) -> sealed.file().discard());
        }
        files.clear();
    }
}
