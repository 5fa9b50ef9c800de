package dev.wisent.connectors.kafka;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;

/// Makes and closes clients. Kafka looks for its own classes with the loader of the calling thread, which knows nothing of what
/// a family brings.
public final class Clients {
    /// A broker is told that nobody fetches any more, and answers when the fetch before that one is over, which takes up to
    /// half a second: its answer tells nothing.
    private static final CloseOptions TOLD = CloseOptions.timeout(Duration.ofMillis(20));

    private Clients() {}

    /// Closes `consumer`, which has nothing left to say.
    public static void close(Consumer<?, ?> consumer) {
        consumer.close(TOLD);
    }

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
