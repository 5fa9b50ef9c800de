package dev.wisent.connectors.kafka;

import java.util.function.Supplier;

/// Makes clients. Kafka looks for its own classes with the loader of the calling thread, which knows nothing of what a family
/// brings.
public final class Clients {
    private Clients() {}

    /// Calls `maker` on this thread, with the family's loader as the thread's.
    public static <T> T made(Supplier<T> maker) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Clients.class.getClassLoader());
        try {
            return maker.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
