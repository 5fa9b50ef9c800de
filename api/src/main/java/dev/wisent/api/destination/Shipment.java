package dev.wisent.api.destination;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/// A sequence of I/O actions on a ship thread, for one part. Called by one worker.
///
/// After an action failed the later ones are not run; [#finish] then fails with that first failure. I/O errors that
/// may pass are for the action
/// itself to name transient; actions are not repeated.
public interface Shipment {
    /// An I/O action over the first `length` bytes of a buffer.
    interface Action {
        void run(byte[] data, int length) throws Exception;
    }

    /// A buffer of at least `capacity` bytes from the ship share; waits while the share is used up (R10). Contents
    /// are undefined.
    byte[] buffer(int capacity);

    /// Hands `data`, which came from [#buffer], over; it is given back to the share when the action has run.
    void send(byte[] data, int length, Action action);

    /// The last action; its result is the shipment's.
    <T> CompletableFuture<T> finish(Callable<T> last);

    /// Runs `cleanUp` after whatever was sent; nothing sent is waited for by the caller.
    void cancel(Runnable cleanUp);
}
