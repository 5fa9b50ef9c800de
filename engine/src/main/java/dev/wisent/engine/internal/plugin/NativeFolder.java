package dev.wisent.engine.internal.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The loader of a folder of libraries with native code. DuckDB's driver unpacks 70 MB from its jar into the temporary folder
/// at every start, and leaves them there when it is killed, unless its jar holds none and Java knows where the
/// library is. So that
/// is
/// what it sees here: with the system property `wisent.native`, a folder, the library is unpacked into that once, and found
/// there.
/// Without it, or when the folder can't be written, the driver does as ever.
final class NativeFolder extends URLClassLoader {
    private static final String PROPERTY = "wisent.native";
    /// What follows names the system.
    private static final String DUCKDB_RESOURCE = "libduckdb_java.so_";
    private static final String DUCKDB_LIBRARY = "duckdb_java";
    /// Behind the name of that resource: the file it was unpacked to, for who calls its functions without the driver.
    private static final String UNPACKED = ".unpacked";

    static {
        registerAsParallelCapable();
    }

    private volatile Optional<Path> duckdb = Optional.empty();

    NativeFolder(Path folder) {
        super("wisent:native", Folders.urls(Folders.jars(folder)), ClassLoader.getPlatformClassLoader());
    }

    @Override
    public @Nullable URL findResource(String name) {
        if (name.startsWith(DUCKDB_RESOURCE) && name.endsWith(UNPACKED)) {
            findResource(name.substring(0, name.length() - UNPACKED.length()));
            return duckdb.map(Folders::url).orElse(null);
        }
        URL packed = super.findResource(name);
        if (packed == null || !name.startsWith(DUCKDB_RESOURCE)) {
            return packed;
        }
        duckdb = Optional.ofNullable(System.getProperty(PROPERTY))
                .map(folder -> Path.of(folder, jar(packed), name))
                .filter(library -> Files.isReadable(library) || unpack(packed, library));
        return duckdb.isPresent() ? null : packed;
    }

    @Override
    protected @Nullable String findLibrary(String name) {
        return name.equals(DUCKDB_LIBRARY) && duckdb.isPresent()
                ? duckdb.get().toAbsolutePath().toString()
                : super.findLibrary(name);
    }

    /// The name of the jar, which tells the version.
    private static String jar(URL packed) {
        String path = packed.getPath();
        String jar = path.substring(0, Math.max(0, path.indexOf("!/")));
        return jar.substring(jar.lastIndexOf('/') + 1).replaceFirst("\\.jar$", "");
    }

    /// Complete under a name of its own before it gets its name: several processes may do this at once.
    private static boolean unpack(URL packed, Path library) {
        try {
            Path folder = Files.createDirectories(library.toAbsolutePath().getParent());
            Path unpacked = Files.createTempFile(folder, "unpacking", ".new");
            try (InputStream in = packed.openStream()) {
                Files.copy(in, unpacked, StandardCopyOption.REPLACE_EXISTING);
                Files.move(unpacked, library, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unpacked);
            }
            return true;
        } catch (IOException unwritable) {
            return false;
        }
    }
}
