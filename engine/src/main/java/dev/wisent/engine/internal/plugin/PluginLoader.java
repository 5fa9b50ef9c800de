package dev.wisent.engine.internal.plugin;

import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Manifest;

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
    private final ClassJars classes;

    /// @param classes those of `jars`, closed with this loader
    PluginLoader(String who, List<Path> jars, ClassJars classes, Optional<Path> natives, Set<SharedLibrary> lent) {
        super(NAME + who, Folders.urls(jars), ClassLoader.getPlatformClassLoader());
        this.classes = classes;
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

    /// What is not in the jars themselves may be in one that a manifest names: `URLClassLoader` knows.
    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String inPackage = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        Optional<ClassJars.Found> found;
        try {
            found = classes.find(name, inPackage);
            if (found.isPresent()) {
                know(inPackage, found.get().jar());
            }
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
        if (found.isEmpty()) {
            return super.findClass(name);
        }
        byte[] bytes = found.get().bytes();
        return defineClass(name, bytes, 0, bytes.length, found.get().jar().origin());
    }

    /// Defines the package with what the jar's manifest tells of it.
    private void know(String name, ClassJars.OpenJar jar) throws IOException {
        if (name.isEmpty() || getDefinedPackage(name) != null) {
            return;
        }
        Manifest manifest = jar.file().getManifest();
        try {
            definePackage(
                    name,
                    manifest == null ? new Manifest() : manifest,
                    jar.origin().getLocation());
        } catch (IllegalArgumentException defined) {
            if (getDefinedPackage(name) == null) {
                throw defined;
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (classes) {
            super.close();
        }
    }
}
