package dev.wisent.cli.internal.config;

import dev.wisent.api.config.ConfigProblems;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.Key;
import dev.wisent.engine.plugin.BrokenPlugin;
import dev.wisent.engine.plugin.Catalog;
import dev.wisent.engine.plugin.Kind;
import dev.wisent.engine.plugin.Origin;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// Reads `plugins:`: folders, or jars, with the plug-ins a pipeline brings.
final class PluginsReader {
    static final Key<List<String>> PLUGINS = Key.texts("plugins")
            .about(
                    "folders or jars with the plug-ins the pipeline brings, relative to its file; see docs/how-to/install.md")
            .example("[plugin/target]")
            .orEmpty();
    private static final String KEY = PLUGINS.name();

    private final ConfigSection top;
    private final ConfigProblems problems;
    private final Path folder;

    /// @param folder that of the pipeline file: paths are relative to it
    PluginsReader(ConfigSection top, ConfigProblems problems, Path folder) {
        this.top = top;
        this.problems = problems;
        this.folder = folder;
    }

    /// The connectors there are, and those the pipeline brings. A plug-in that can't be opened is a problem if the pipeline
    /// brings it, and a warning if it only lies in the working folder's `plugins/`.
    Connectors read(Connectors connectors) {
        for (BrokenPlugin plugin : connectors.catalog().broken()) {
            problems.warn(
                    top.place(KEY), KEY, "one is left out: " + plugin.error().what());
        }
        Connectors all = connectors;
        for (String text : top.read(PLUGINS)) {
            all = new Connectors(with(all.catalog(), text));
        }
        return all;
    }

    private Catalog with(Catalog catalog, String text) {
        Path place;
        try {
            place = folder.resolve(text).toAbsolutePath().normalize();
        } catch (InvalidPathException notAPath) {
            top.problem(KEY, "must be paths of folders or jars", "");
            return catalog;
        }
        if (!Files.exists(place)) {
            top.problem(
                    KEY,
                    "there is no folder or jar '" + text + "'",
                    "the path is relative to the pipeline file; a plug-in has to be built first");
            return catalog;
        }
        Catalog all = catalog.with(place);
        List<BrokenPlugin> broken =
                all.broken().stream().filter(b -> b.jar().startsWith(place)).toList();
        broken.forEach(b -> top.problem(KEY, b.error().what(), b.error().hint()));
        if (broken.isEmpty() && Kind.ofPlugins().stream().noneMatch(kind -> holds(all, kind, place))) {
            top.problem(
                    KEY,
                    "there is no plug-in in '" + text + "'",
                    "a plug-in's jar names its factories in META-INF/services; is it built?");
        }
        return all;
    }

    private static boolean holds(Catalog catalog, Kind<?> kind, Path place) {
        return catalog.offers(kind).stream()
                .anyMatch(o -> o.origin() instanceof Origin.Plugin(Path jar) && jar.startsWith(place));
    }
}
