package dev.wisent.storage;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A client that is made when it is first needed: making one may read files and ask for credentials. Many threads may
/// ask; one makes it. A failure is thrown, and the next one who asks tries again.
public final class Lazy<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Supplier<T> maker;
    private volatile Optional<T> made = Optional.empty();

    public Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    public T value() {
        Optional<T> there = made;
        return there.isPresent() ? there.get() : make();
    }

    private T make() {
        lock.lock();
        try {
            T value = made.orElseGet(maker);
            made = Optional.of(value);
            return value;
        } finally {
            lock.unlock();
        }
    }

    /// Nothing if nobody needed it.
    public void ifMade(Consumer<T> use) {
        made.ifPresent(use);
    }
}
