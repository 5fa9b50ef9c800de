package dev.wisent.engine.internal.plugin;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.engine.plugin.Families;
import dev.wisent.engine.plugin.FamilyIndex;
import dev.wisent.engine.plugin.Origin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Families as a distribution has them.
public final class InstalledFamilies implements Families {
    private final Path home;
    private final Path connectors;

    public InstalledFamilies(Path home) {
        this.home = home;
        connectors = home.resolve("connectors");
    }

    @Override
    public List<FamilyIndex> all() {
        return Folders.folders(connectors).stream()
                .filter(folder -> Files.exists(folder.resolve(FamilyIndex.FILE)))
                .map(folder -> FamilyIndex.read(folder.getFileName().toString(), folder.resolve(FamilyIndex.FILE)))
                .toList();
    }

    @Override
    public Origin.Availability availability(String family) {
        return Folders.jars(connectors.resolve(family)).isEmpty()
                ? Origin.Availability.LEFT_OUT
                : Origin.Availability.INSTALLED;
    }

    @Override
    public Path jars(String family) {
        Path folder = connectors.resolve(family);
        if (availability(family) == Origin.Availability.LEFT_OUT) {
            throw WisentException.of(
                            ErrorCode.PLUGIN_UNUSABLE, "family '" + family + "' is left out of this installation")
                    .where(folder.toString())
                    .hint("take connectors/" + family
                            + " and native from the full distribution of this version and put them below " + home);
        }
        return folder;
    }

    @Override
    public Optional<Path> natives() {
        return Optional.of(home.resolve("native"));
    }
}
