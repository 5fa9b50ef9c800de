package dev.wisent.cli.internal.console;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// What SIGINT and SIGTERM do while a run goes on: the first stops it in order (R13), the second gives it up, the third ends
/// the process.
///
/// A shutdown hook could not tell the second signal, so `sun.misc.Signal` is used, by reflection: javac warns of it and can't
/// be told not to.
public final class Signals implements AutoCloseable {
    private static final int INTERRUPTED = 130;
    private static final List<String> NAMES = List.of("INT", "TERM");

    private final AtomicInteger received = new AtomicInteger();
    private final Runnable first;
    private final Runnable second;
    private final List<Runnable> restore = new ArrayList<>();

    private Signals(Runnable first, Runnable second) {
        this.first = first;
        this.second = second;
    }

    /// Both are called from a thread of their own, and must not wait. Where the JVM has no signals to offer nothing is
    /// installed.
    public static Signals install(Runnable first, Runnable second) {
        Signals signals = new Signals(first, second);
        // without signals the process ends, and the next run resumes as after a kill
        NAMES.forEach(name -> handle(name, signals::received).ifPresent(signals.restore::add));
        return signals;
    }

    /// From now on `then` is called for each signal `name`, and must not wait; false: nobody will tell.
    static boolean on(String name, Runnable then) {
        return handle(name, then).isPresent();
    }

    /// What brings back the handler that was there; empty: there is no such signal here.
    private static Optional<Runnable> handle(String name, Runnable then) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(),
                    new Class<?>[] {handlerType},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "handle" -> {
                            then.run();
                            yield null;
                        }
                        case "hashCode" -> System.identityHashCode(proxy);
                        case "equals" -> false; // nobody asks
                        default -> "the signals of a run";
                    });
            Object signal = type.getConstructor(String.class).newInstance(name);
            Method install = type.getMethod("handle", type, handlerType);
            Object before = install.invoke(null, signal, handler);
            return Optional.of(() -> {
                try {
                    install.invoke(null, signal, before);
                } catch (ReflectiveOperationException impossible) {
                    throw new IllegalStateException(impossible); // it worked a moment ago
                }
            });
        } catch (ReflectiveOperationException | IllegalArgumentException noSignals) {
            return Optional.empty();
        }
    }

    /// Nothing is installed: signals are somebody else's.
    public static Signals none() {
        return new Signals(() -> {}, () -> {});
    }

    void received() {
        switch (received.incrementAndGet()) {
            case 1 -> first.run();
            case 2 -> second.run();
            default -> endProcess();
        }
    }

    /// Ends the process here and now, as a kill would.
    public static void endProcess() {
        Runtime.getRuntime().halt(INTERRUPTED);
    }

    /// Signals do again what they did before.
    @Override
    public void close() {
        restore.forEach(Runnable::run);
    }
}
