package dev.wisent.connectors.transformduckdb;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;

/// The file of DuckDB's library. Wisent's loader of native libraries unpacks it once and tells where; otherwise it is in the
/// driver's jar, or where Java looks for libraries.
final class DuckLibrary {
    private static final ClassLoader DRIVER = DuckDBDriver.class.getClassLoader();
    /// Behind the name of the packed library: the file it was unpacked to.
    private static final String UNPACKED = ".unpacked";

    private DuckLibrary() {}

    /// What `opened` makes of the file, which may be gone afterwards.
    static <T> T open(Function<Path, T> opened) {
        String name = "libduckdb_java.so_" + system();
        URL unpacked = DRIVER.getResource(name + UNPACKED);
        if (unpacked != null) {
            return opened.apply(Path.of(URI.create(unpacked.toString())));
        }
        URL packed = DRIVER.getResource(name);
        if (packed != null) {
            return unpacked(packed, opened);
        }
        return opened.apply(installed()
                .orElseThrow(() -> new IllegalArgumentException("there is no library of DuckDB for " + system())));
    }

    private static <T> T unpacked(URL packed, Function<Path, T> opened) {
        try {
            Path file = Files.createTempFile("wisent-duckdb", ".so");
            try (InputStream in = packed.openStream()) {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            }
            T result = opened.apply(file);
            if (!file.toFile().delete()) {
                // some systems keep what is open
                file.toFile().deleteOnExit();
            }
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> installed() {
        return Stream.of(System.getProperty("java.library.path", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, System.mapLibraryName("duckdb_java")))
                .filter(Files::isReadable)
                .findFirst();
    }

    private static String system() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch", "");
        String os = name.startsWith("mac") ? "macos" : name.startsWith("win") ? "windows" : "linux";
        return os + "_" + (machine.equals("aarch64") ? "arm64" : machine.equals("x86_64") ? "amd64" : machine);
    }
}
