package dev.wisent.cli.internal.config;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.engine.plugin.Families;
import dev.wisent.engine.plugin.FamilyIndex;
import dev.wisent.engine.plugin.Origin;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The families of a source tree: each is a module, read where its sources are, and built by the launcher when it is first
/// used, so that nobody waits for the build of what they don't use.
final class SourceTree implements Families {
    private final Path root;

    SourceTree(Path root) {
        this.root = root;
    }

    @Override
    public List<FamilyIndex> all() {
        try (Stream<Path> modules = Files.list(root.resolve("connectors"))) {
            return modules.sorted()
                    .filter(module -> Files.exists(index(module)))
                    .map(module -> FamilyIndex.read(module.getFileName().toString(), index(module)))
                    .toList();
        } catch (IOException unreadable) {
            throw WisentException.of(ErrorCode.PLUGIN_UNUSABLE, "the source tree's connectors can't be read")
                    .where(root.toString())
                    .causedBy(unreadable);
        }
    }

    private static Path index(Path module) {
        return module.resolve("src/main/resources").resolve(FamilyIndex.RESOURCE);
    }

    @Override
    public Origin.Availability availability(String family) {
        return Origin.Availability.BUILT_ON_USE;
    }

    /// The launcher knows what is stale, and who else builds.
    @Override
    public Path jars(String family) {
        try {
            Process launcher = new ProcessBuilder(root.resolve("wisent").toString(), "--build-family", family)
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectError(Redirect.INHERIT)
                    .start();
            String folder = new String(launcher.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (launcher.waitFor() != 0 || folder.isEmpty()) {
                throw WisentException.of(ErrorCode.PLUGIN_UNUSABLE, "family '" + family + "' could not be built")
                        .where(root.resolve("connectors").resolve(family).toString())
                        .hint("the output of its build is above");
            }
            return Path.of(folder);
        } catch (IOException failed) {
            throw WisentException.of(ErrorCode.PLUGIN_UNUSABLE, "family '" + family + "' could not be built")
                    .where(root.toString())
                    .causedBy(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw WisentException.of(ErrorCode.INTERRUPTED, "stopped while family '" + family + "' was built")
                    .causedBy(new InterruptedIOException());
        }
    }

    @Override
    public Optional<Path> natives() {
        return Optional.of(root.resolve("cli/target/wisent/native"));
    }
}
