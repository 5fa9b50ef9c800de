package dev.wisent.connectors.core.file;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Requests that don't depend on each other, some at a time. All have ended when a call returns or throws.
final class SideBySide {
    /// As many as hide a store's delay, and no store minds.
    private static final int AT_ONCE = 16;

    interface Call<T, R> {
        R of(T item) throws IOException;
    }

    private SideBySide() {}

    /// The answers in order; the first failure, if there is one.
    static <T, R> List<R> map(List<T> items, Call<T, R> call) throws IOException {
        List<R> answers = new ArrayList<>();
        if (items.size() == 1) {
            answers.add(call.of(items.getFirst()));
            return answers;
        }
        List<Future<R>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofPlatform().daemon(true).name("side-", 0).factory())) {
            items.forEach(item -> calls.add(threads.submit(() -> call.of(item))));
        }
        for (Future<R> answer : calls) {
            answers.add(answer(answer));
        }
        return answers;
    }

    private static <R> R answer(Future<R> call) throws IOException {
        try {
            return call.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException known -> throw known;
                case RuntimeException known -> throw known;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw WisentException.of(ErrorCode.INTERRUPTED, "waiting for the store was interrupted")
                    .causedBy(e);
        }
    }
}
