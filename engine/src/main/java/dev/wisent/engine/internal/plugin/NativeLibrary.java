package dev.wisent.engine.internal.plugin;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.ZipFile;

/// Libraries with native code and state that belongs to the process: two copies of DuckDB that open one file lose data
/// silently, and a native library can be bound to one class loader only. They are loaded once, whoever asks first.
enum NativeLibrary {
    DUCKDB("DuckDB", "org.duckdb.", "DuckDBDriver"),
    SQLITE("SQLite", "org.sqlite.", "JDBC"),
    ZSTD("zstd-jni", "com.github.luben.zstd.", "Zstd"),
    SNAPPY("snappy-java", "org.xerial.snappy.", "Snappy");

    private final String label;
    private final String prefix;
    private final String marker;

    NativeLibrary(String label, String prefix, String mainClass) {
        this.label = label;
        this.prefix = prefix;
        marker = prefix.replace('.', '/') + mainClass + ".class";
    }

    String label() {
        return label;
    }

    /// The library that class `name` belongs to.
    static Optional<NativeLibrary> of(String name) {
        return Arrays.stream(values()).filter(l -> name.startsWith(l.prefix)).findFirst();
    }

    /// Refuses a jar that brings one of them along.
    static void refuseCopies(String who, ZipFile jar) {
        for (NativeLibrary library : values()) {
            if (jar.getEntry(library.marker) != null) {
                throw WisentException.of(
                                ErrorCode.PLUGIN_UNUSABLE,
                                who + " brings " + library.label
                                        + ", a library with native code that a process may have only once")
                        .where(jar.getName())
                        .hint("leave it out (in Maven: scope 'provided'); Wisent gives it to every plug-in");
            }
        }
    }
}
