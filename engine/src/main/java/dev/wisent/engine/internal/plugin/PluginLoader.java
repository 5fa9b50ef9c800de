package dev.wisent.engine.internal.plugin;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The loader of one family or plug-in. It sees the JDK, Wisent's API (with what object stores share), its own jars, libraries
/// with native code, and what is lent to it; nothing else that Wisent has on its class path, so no version of a library can
/// clash.
public final class PluginLoader extends URLClassLoader {
    /// Begins the name of each such loader; a stack trace shows it, and so who is to blame.
    public static final String NAME = "wisent:";

    private static final ClassLoader OURS = PluginLoader.class.getClassLoader();
    private static final List<String> API = List.of("dev.wisent.api.", "dev.wisent.columnar.", "dev.wisent.storage.");

    static {
        registerAsParallelCapable();
    }

    private final Optional<Path> natives;
    private final List<SharedLibrary> lent;

    PluginLoader(String who, URL[] jars, Optional<Path> natives, Set<SharedLibrary> lent) {
        super(NAME + who, jars, ClassLoader.getPlatformClassLoader());
        this.natives = natives;
        this.lent = List.copyOf(lent);
    }

    /// Whether class `name` belongs to Wisent's API.
    public static boolean isApi(String name) {
        return API.stream().anyMatch(name::startsWith);
    }

    /// Whether class `name` may be ours though a family uses it.
    public static boolean isShared(String name) {
        return SharedLibrary.isOfAny(name);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (isApi(name) || lent.stream().anyMatch(library -> library.has(name))) {
            return OURS.loadClass(name);
        }
        Optional<NativeLibrary> library = NativeLibrary.of(name);
        return library.isPresent() ? NativeLoaders.load(library.get(), name, natives) : super.loadClass(name, resolve);
    }
}
