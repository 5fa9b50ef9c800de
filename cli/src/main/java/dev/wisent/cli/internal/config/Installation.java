package dev.wisent.cli.internal.config;

import dev.wisent.engine.plugin.Families;
import java.nio.file.Path;
import java.util.Optional;

/// Where Wisent was started from, as the launcher says by system properties.
public final class Installation {
    /// The folder of an unpacked distribution.
    private static final String HOME = "wisent.home";
    /// The folder of a source tree.
    private static final String SOURCES = "wisent.sources";

    private Installation() {}

    /// The families beside the class path. None if no launcher started us.
    public static Families families() {
        return path(SOURCES)
                .<Families>map(SourceTree::new)
                .or(() -> path(HOME).map(Families::in))
                .orElseGet(Families::none);
    }

    private static Optional<Path> path(String property) {
        return Optional.ofNullable(System.getProperty(property)).map(Path::of);
    }
}
