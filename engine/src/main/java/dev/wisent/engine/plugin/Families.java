package dev.wisent.engine.plugin;

import dev.wisent.api.error.WisentException;
import dev.wisent.engine.internal.plugin.InstalledFamilies;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The families of an installation. May be called from several threads.
public interface Families {
    /// Each family's index, by the family's name. Loads no class.
    List<FamilyIndex> all();

    /// Whether `family`, one of [#all], can be opened.
    Origin.Availability availability(String family);

    /// The folder with the jars of `family`, one of [#all]. In a source tree it may have to be built first. A family that is
    /// left out of this installation is refused with how to get it.
    Path jars(String family) throws WisentException;

    /// The folder with the libraries that have native code, if there is one.
    Optional<Path> natives();

    /// The families below `home`: in `connectors/<name>/` an index and jars, or an index alone for a family that is left out;
    /// in `native/` the libraries with native code.
    static Families in(Path home) {
        return new InstalledFamilies(home);
    }

    /// No families: what is on the class path is all there is.
    static Families none() {
        return new Families() {
            @Override
            public List<FamilyIndex> all() {
                return List.of();
            }

            @Override
            public Origin.Availability availability(String family) {
                throw new IllegalArgumentException(family);
            }

            @Override
            public Path jars(String family) {
                throw new IllegalArgumentException(family);
            }

            @Override
            public Optional<Path> natives() {
                return Optional.empty();
            }
        };
    }
}
