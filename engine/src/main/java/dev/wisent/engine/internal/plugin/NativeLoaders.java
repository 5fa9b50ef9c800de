package dev.wisent.engine.internal.plugin;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Loads libraries with native code: from Wisent's class path if they are there, else from a folder of such libraries, which
/// gets one loader for the whole process.
final class NativeLoaders {
    private static final ClassLoader OURS = NativeLoaders.class.getClassLoader();
    private static final Map<NativeLibrary, Shared> SHARED = new EnumMap<>(NativeLibrary.class);

    private NativeLoaders() {}

    private record Shared(Path folder, NativeFolder loader) {}

    static Class<?> load(NativeLibrary library, String name, Optional<Path> folder) throws ClassNotFoundException {
        try {
            return OURS.loadClass(name);
        } catch (ClassNotFoundException notOurs) {
            if (folder.isEmpty()) {
                throw notOurs;
            }
            return shared(library, folder.get()).loader().loadClass(name);
        }
    }

    private static synchronized Shared shared(NativeLibrary library, Path folder) {
        Shared there = SHARED.get(library);
        if (there == null) {
            there = SHARED.values().stream()
                    .filter(s -> s.folder().equals(folder))
                    .findFirst()
                    .orElseGet(() -> new Shared(folder, new NativeFolder(folder)));
            SHARED.put(library, there);
        }
        if (!there.folder().equals(folder)) {
            throw WisentException.of(
                            ErrorCode.PLUGIN_UNUSABLE,
                            library.label() + " is loaded already, and a process may have it only once")
                    .where(there.folder() + "\n" + folder);
        }
        return there;
    }
}
