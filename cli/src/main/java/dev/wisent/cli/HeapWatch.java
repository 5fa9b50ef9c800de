package dev.wisent.cli;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.function.LongSupplier;

/// Keeps the heap at the size that what is alive needs. The serial collector, which the launcher chooses, lets the old
/// generation grow up to `-Xmx` before it looks at it once: a long load would take a quarter of the machine's memory, nearly
/// all of it garbage. It has no option for that, so the process asks for a collection itself when the heap has grown by a
/// quarter ([HeapBound]).
///
/// It needs no clock: each collection of the young generation ends an object that only this knows, which wakes the thread.
public final class HeapWatch {
    /// Set by the launcher when the collector is its own choice; others have a policy of their own.
    private static final String WANTED = "wisent.heap.watch";

    private final LongSupplier used;
    private final Runnable collection;
    private final HeapBound bound = new HeapBound();
    private final ReferenceQueue<Object> collected = new ReferenceQueue<>();

    HeapWatch(LongSupplier used, Runnable collection) {
        this.used = used;
        this.collection = collection;
    }

    /// Begins to watch, if the launcher wants it. The thread ends with the process.
    public static void start() {
        if (Boolean.getBoolean(WANTED)) {
            Runtime runtime = Runtime.getRuntime();
            HeapWatch watch = new HeapWatch(() -> runtime.totalMemory() - runtime.freeMemory(), System::gc);
            Thread unused = Thread.ofPlatform().daemon().name("heap").start(watch::watch);
        }
    }

    /// Watches until the thread is interrupted.
    void watch() {
        try {
            while (true) {
                Reference<Object> young = new WeakReference<>(new Object(), collected);
                Reference<?> unused = collected.remove();
                Reference.reachabilityFence(young); // nobody is told of one that is garbage itself
                if (bound.isPassed(used.getAsLong())) {
                    collection.run();
                    bound.collected(used.getAsLong());
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
