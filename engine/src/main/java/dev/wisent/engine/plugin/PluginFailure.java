package dev.wisent.engine.plugin;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.engine.internal.plugin.PluginLoader;
import java.util.Optional;
import java.util.ServiceConfigurationError;

/// Says in words what is wrong with a family or plug-in.
public final class PluginFailure {
    private PluginFailure() {}

    /// The error that tells why `who` can't be used.
    ///
    /// @param who `plug-in <jar>` or `family <name>`
    public static WisentException unusable(String who, Throwable failure) {
        Throwable cause = meant(failure);
        return WisentException.of(ErrorCode.PLUGIN_UNUSABLE, who + " can't be used: " + reason(cause))
                .where(place(who))
                .hint(hint(cause))
                .causedBy(failure);
    }

    /// If the heap was full: an error that says what can be done about it.
    public static Optional<WisentException> outOfMemory(Throwable failure) {
        if (!(failure instanceof OutOfMemoryError)) {
            return Optional.empty();
        }
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        String message =
                "the memory was not enough: %s (the heap may have %,d MB)".formatted(failure.getMessage(), heap);
        return Optional.of(WisentException.of(ErrorCode.OUT_OF_MEMORY, message).causedBy(failure));
    }

    /// If the heap was full, or if it was the code of a family or plug-in that failed with something it should not have thrown:
    /// an error that says so, or names it.
    public static Optional<WisentException> known(Throwable failure) {
        Optional<WisentException> memory = outOfMemory(failure);
        return memory.isPresent() ? memory : pluginDefect(failure);
    }

    private static Optional<WisentException> pluginDefect(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            Optional<String> who = thrower(at);
            if (who.isPresent()) {
                Throwable cause = meant(at);
                if (cause instanceof LinkageError || cause instanceof ClassNotFoundException) {
                    return Optional.of(unusable(who.get(), failure));
                }
                return Optional.of(
                        WisentException.of(ErrorCode.PLUGIN_FAILED, "a defect in " + who.get() + ": " + told(cause))
                                .where(place(who.get()))
                                .hint("its author should see the text of --log-level debug")
                                .causedBy(failure));
            }
        }
        return Optional.empty();
    }

    /// Whose method threw it: the first one on the stack that is not the JDK's, nor of a library we lend to families.
    private static Optional<String> thrower(Throwable failure) {
        for (StackTraceElement frame : failure.getStackTrace()) {
            String loader = frame.getClassLoaderName();
            if (loader != null && loader.startsWith(PluginLoader.NAME)) {
                return Optional.of(loader.substring(PluginLoader.NAME.length()));
            }
            boolean jdk = frame.getModuleName() != null;
            if (!jdk && !PluginLoader.isShared(frame.getClassName())) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /// Below what only wraps.
    private static Throwable meant(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wraps = failure instanceof ServiceConfigurationError || failure instanceof ExceptionInInitializerError;
        return wraps && cause != null ? meant(cause) : failure;
    }

    private static String reason(Throwable cause) {
        return switch (cause) {
            case UnsupportedClassVersionError _ ->
                "it was compiled for a newer Java than this one, "
                        + Runtime.version().feature();
            case NoClassDefFoundError missing -> missing(name(missing));
            case ClassNotFoundException missing -> missing(name(missing));
            case IncompatibleClassChangeError changed ->
                "it was built for another version of Wisent or of a library (" + changed.getMessage() + ")";
            case ServiceConfigurationError wrong -> told(wrong);
            default -> told(cause);
        };
    }

    private static String missing(String type) {
        if (PluginLoader.isApi(type)) {
            return "it was built for another version of Wisent, which had " + type;
        }
        if (type.startsWith("dev.wisent.")) {
            return "it uses " + type + ", which is not for plug-ins";
        }
        return "it needs " + type + ", and no jar has it";
    }

    private static String hint(Throwable cause) {
        return switch (cause) {
            case UnsupportedClassVersionError _ ->
                "compile it with --release " + Runtime.version().feature();
            case NoClassDefFoundError missing -> missingHint(name(missing));
            case ClassNotFoundException missing -> missingHint(name(missing));
            case IncompatibleClassChangeError _ -> "build it again with this version's wisent-api";
            default -> "";
        };
    }

    private static String missingHint(String type) {
        if (PluginLoader.isApi(type)) {
            return "build it again with this version's wisent-api";
        }
        if (type.startsWith("dev.wisent.")) {
            return "plug-ins see dev.wisent.api and dev.wisent.columnar";
        }
        return "put the jar that has it beside the plug-in's jar: a plug-in sees nothing of Wisent's own libraries";
    }

    private static String name(Throwable missing) {
        String message = missing.getMessage() == null ? "a class" : missing.getMessage();
        // "Could not initialize class x" is no missing class, and its text says so
        return message.indexOf(' ') < 0 ? message.replace('/', '.') : message;
    }

    private static String told(Throwable cause) {
        String message = cause.getMessage() == null ? "" : ": " + cause.getMessage();
        return cause.getClass().getSimpleName() + message;
    }

    private static String place(String who) {
        return who.substring(who.indexOf(' ') + 1);
    }
}
