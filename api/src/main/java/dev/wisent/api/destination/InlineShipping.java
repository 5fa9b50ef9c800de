package dev.wisent.api.destination;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/// Runs every action at once, on the caller's thread.
final class InlineShipping implements Shipping {
    @Override
    public Shipment start(String what) {
        return new Inline();
    }

    private static final class Inline implements Shipment {
        private Optional<Exception> failure = Optional.empty();

        @Override
        public byte[] buffer(int capacity) {
            return new byte[capacity];
        }

        @Override
        public void send(byte[] data, int length, Action action) {
            if (failure.isEmpty()) {
                try {
                    action.run(data, length);
                } catch (Exception e) {
                    failure = Optional.of(e);
                }
            }
        }

        @Override
        public <T> CompletableFuture<T> finish(Callable<T> last) {
            if (failure.isPresent()) {
                return CompletableFuture.failedFuture(failure.get());
            }
            try {
                return CompletableFuture.completedFuture(last.call());
            } catch (Exception e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        @Override
        public void cancel(Runnable cleanUp) {
            cleanUp.run();
        }
    }
}
