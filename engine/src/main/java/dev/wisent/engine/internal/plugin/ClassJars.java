package dev.wisent.engine.internal.plugin;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Finds classes in jars, which stay open. A `URLClassLoader` makes several objects and a URL for each class and asks each jar
/// up to the one that has it; here the jar that had the first class of a package is asked first. That spares a start a tenth of
/// its CPU. May be called from several threads.
final class ClassJars implements Closeable {
    private final List<OpenJar> jars;
    private final Map<String, OpenJar> byPackage = new ConcurrentHashMap<>();

    /// One of the jars.
    ///
    /// @param origin what classes from it are defined with
    record OpenJar(JarFile file, CodeSource origin) {}

    /// The bytes of a class.
    record Found(byte[] bytes, OpenJar jar) {}

    private ClassJars(List<OpenJar> jars) {
        this.jars = jars;
    }

    /// All of them or, where one can't be read, none.
    ///
    /// @param who what messages call their owner
    static ClassJars open(String who, List<Path> paths) throws WisentException {
        List<OpenJar> jars = new ArrayList<>();
        for (Path path : paths) {
            try {
                JarFile file = new JarFile(path.toFile(), true, ZipFile.OPEN_READ, JarFile.runtimeVersion());
                jars.add(new OpenJar(file, new CodeSource(Folders.url(path), (Certificate[]) null)));
            } catch (IOException notAJar) {
                closeAfter(notAJar, new ClassJars(jars));
                throw WisentException.of(ErrorCode.PLUGIN_UNUSABLE, who + " is not a jar that can be read")
                        .where(path.toString())
                        .causedBy(notAJar);
            }
        }
        return new ClassJars(List.copyOf(jars));
    }

    /// Closes `open` because of `failure`, which is the one that is told.
    static void closeAfter(Exception failure, Closeable open) {
        try {
            open.close();
        } catch (IOException another) {
            failure.addSuppressed(another);
        }
    }

    List<JarFile> files() {
        return jars.stream().map(OpenJar::file).toList();
    }

    /// The class `name` of package `inPackage`.
    Optional<Found> find(String name, String inPackage) throws IOException {
        String path = name.replace('.', '/').concat(".class");
        OpenJar likely = byPackage.get(inPackage);
        if (likely != null) {
            ZipEntry entry = likely.file().getJarEntry(path);
            if (entry != null) {
                return Optional.of(read(likely, entry));
            }
        }
        for (OpenJar jar : jars) {
            ZipEntry entry = jar.file().getJarEntry(path);
            if (entry != null) {
                byPackage.putIfAbsent(inPackage, jar);
                return Optional.of(read(jar, entry));
            }
        }
        return Optional.empty();
    }

    private static Found read(OpenJar jar, ZipEntry entry) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(entry.getSize())];
        try (InputStream in = jar.file().getInputStream(entry)) {
            int read = in.readNBytes(bytes, 0, bytes.length);
            if (read < bytes.length) {
                throw new IOException(
                        entry.getName() + " is cut off in " + jar.file().getName());
            }
        }
        return new Found(bytes, jar);
    }

    @Override
    public void close() throws IOException {
        for (OpenJar jar : jars) {
            jar.file().close();
        }
    }
}
