package dev.wisent.engine.internal.plugin;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipFile;

/// A library on Wisent's class path that Wisent's families use in the same version. A family without a copy of its own gets
/// ours: the AOT cache has its classes, and holds none that a family's loader loads. Plug-ins get none of them.
enum SharedLibrary {
    JACKSON(
            List.of("tools.jackson.core.", "tools.jackson.databind."),
            List.of("tools/jackson/core/JsonParser.class", "tools/jackson/databind/ObjectMapper.class")),
    JACKSON_ANNOTATIONS(
            List.of("com.fasterxml.jackson.annotation."),
            List.of("com/fasterxml/jackson/annotation/JsonProperty.class"));

    private final List<String> prefixes;
    private final List<String> markers;

    SharedLibrary(List<String> prefixes, List<String> markers) {
        this.prefixes = prefixes;
        this.markers = markers;
    }

    static Set<SharedLibrary> all() {
        return EnumSet.allOf(SharedLibrary.class);
    }

    /// Whether class `name` belongs to one of them.
    static boolean isOfAny(String name) {
        return Arrays.stream(values()).anyMatch(library -> library.has(name));
    }

    /// Whether class `name` belongs to it.
    boolean has(String name) {
        return prefixes.stream().anyMatch(name::startsWith);
    }

    /// Whether a jar holds a part of it.
    boolean isIn(ZipFile jar) {
        return markers.stream().anyMatch(marker -> jar.getEntry(marker) != null);
    }
}
