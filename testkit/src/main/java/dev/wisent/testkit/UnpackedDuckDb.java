package dev.wisent.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/// DuckDB's driver unpacks 70 MB from its jar into the temporary folder at every start, and leaves them there when it is
/// killed, unless its jar holds no library and Java knows where one is. Children get it like that: unpacked once.
final class UnpackedDuckDb {
    /// What follows names the system.
    private static final String PACKED = "libduckdb_java.so_";

    private UnpackedDuckDb() {}

    static boolean isDriver(Path jar) {
        return String.valueOf(jar.getFileName()).startsWith("duckdb_jdbc");
    }

    /// Writes the driver without its libraries to `slim`, and this system's library into `folder`, under the name
    /// `java.library.path` is searched for.
    static void unpack(Path jar, Path slim, Path folder) throws IOException {
        try (JarFile packed = new JarFile(jar.toFile());
                OutputStream file = Files.newOutputStream(slim);
                JarOutputStream out = new JarOutputStream(file)) {
            Enumeration<JarEntry> entries = packed.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                if (!entry.getName().startsWith(PACKED)) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    packed.getInputStream(entry).transferTo(out);
                    out.closeEntry();
                } else if (entry.getName().equals(PACKED + system())) {
                    Files.copy(
                            packed.getInputStream(entry),
                            Files.createDirectories(folder).resolve(System.mapLibraryName("duckdb_java")));
                }
            }
        }
    }

    private static String system() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch", "");
        String os = name.startsWith("mac") ? "macos" : name.startsWith("win") ? "windows" : "linux";
        return os + "_" + (machine.equals("aarch64") ? "arm64" : machine.equals("x86_64") ? "amd64" : machine);
    }
}
