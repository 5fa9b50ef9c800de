package dev.wisent.engine.internal.plugin;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.engine.plugin.BrokenPlugin;
import dev.wisent.engine.plugin.Kind;
import dev.wisent.engine.plugin.Offer;
import dev.wisent.engine.plugin.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/// The plug-ins in a folder, or in one jar.
public final class PluginSupply implements Supply {
    private static final String SERVICES = "META-INF/services/";

    private final Path place;
    private final Optional<Path> natives;
    private final Map<Path, OpenJars> open = new TreeMap<>();
    private final List<BrokenPlugin> broken = new ArrayList<>();
    private boolean opened;

    public PluginSupply(Path place, Optional<Path> natives) {
        this.place = place;
        this.natives = natives;
    }

    public Path place() {
        return place;
    }

    @Override
    public synchronized <F> List<Offer<F>> offers(Kind<F> kind) {
        openAll();
        List<Offer<F>> offers = new ArrayList<>();
        open.forEach(
                (jar, jars) -> offers.addAll(FixedSupply.offers(kind, jars.factories(kind), new Origin.Plugin(jar))));
        return offers;
    }

    @Override
    public synchronized List<BrokenPlugin> broken() {
        openAll();
        return List.copyOf(broken);
    }

    private void openAll() {
        if (opened) {
            return;
        }
        opened = true;
        if (Files.isRegularFile(place)) {
            open(place, List.of());
            return;
        }
        open(Folders.jars(place));
        Folders.folders(place).forEach(folder -> open(Folders.jars(folder)));
    }

    private void open(List<Path> jars) {
        List<Path> plugins = jars.stream().filter(this::namesAFactory).toList();
        List<Path> libraries =
                jars.stream().filter(jar -> !plugins.contains(jar)).toList();
        plugins.forEach(jar -> open(jar, libraries));
    }

    private void open(Path jar, List<Path> libraries) {
        try {
            List<Path> all = Stream.concat(Stream.of(jar), libraries.stream()).toList();
            open.put(jar, OpenJars.open("plug-in " + jar, all, natives, Set.of(), Kind.ofPlugins()));
        } catch (WisentException error) {
            broken.add(new BrokenPlugin(jar, error));
        }
    }

    private boolean namesAFactory(Path jar) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return Kind.ofPlugins().stream()
                    .anyMatch(kind -> zip.getEntry(SERVICES + kind.type().getName()) != null);
        } catch (IOException notAJar) {
            broken.add(new BrokenPlugin(
                    jar,
                    WisentException.of(ErrorCode.PLUGIN_UNUSABLE, "this is not a jar that can be read")
                            .where(jar.toString())
                            .causedBy(notAJar)));
            return false;
        }
    }
}
