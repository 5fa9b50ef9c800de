package dev.wisent.connectors.core.files;

import dev.wisent.storage.PathPattern;
import java.nio.file.Path;

/// A [PathPattern] below the folder where listing starts.
///
/// @param root the folder above the first wildcard: where listing starts
/// @param names what paths relative to the root, with slashes, must match
/// @param depth how deep below the root files can lie
/// @param spellsHidden whether hidden folders may have to be entered
record Glob(Path root, PathPattern names, int depth, boolean spellsHidden) {
    /// A pattern without wildcards names one file, or a folder with everything in it. An [IllegalArgumentException]
    /// says what is wrong.
    static Glob parse(String text, boolean isFolder) {
        String pattern = isFolder ? text.replaceAll("/+$", "") + "/**" : text;
        int wild = PathPattern.firstWildcard(pattern);
        int slash = wild == pattern.length() ? pattern.lastIndexOf('/') : pattern.lastIndexOf('/', wild);
        String below = pattern.substring(slash + 1);
        String above = slash == 0 ? "/" : pattern.substring(0, Math.max(0, slash));
        return new Glob(
                Path.of(above).toAbsolutePath().normalize(),
                PathPattern.parse(below),
                below.contains("**")
                        ? Integer.MAX_VALUE
                        : (int) below.chars().filter(c -> c == '/').count() + 1,
                below.startsWith(".") || below.startsWith("_") || below.matches(".*[/{,][._].*"));
    }

    /// How deep below such a folder files can lie; 0: not at all.
    int depthBelow(String folder) {
        int levels = folder.isEmpty()
                ? 0
                : (int) folder.chars().filter(c -> c == '/').count() + 1;
        return depth == Integer.MAX_VALUE ? depth : Math.max(0, depth - levels);
    }

    boolean matches(String relative) {
        return names.matches(relative);
    }
}
