package dev.wisent.engine.internal.plugin;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What lies in a folder, by name. A folder that is not there holds nothing.
final class Folders {
    private Folders() {}

    static List<Path> folders(Path folder) {
        return list(folder, Files::isDirectory);
    }

    static List<Path> jars(Path folder) {
        return list(folder, file -> file.toString().endsWith(".jar") && Files.isRegularFile(file));
    }

    static URL[] urls(List<Path> jars) {
        return jars.stream().map(Folders::url).toArray(URL[]::new);
    }

    static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException never) {
            throw new IllegalArgumentException(jar.toString(), never);
        }
    }

    private static List<Path> list(Path folder, Predicate<Path> wanted) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(wanted).sorted().toList();
        } catch (IOException unreadable) {
            throw WisentException.of(ErrorCode.PLUGIN_UNUSABLE, "a folder of plug-ins can't be read")
                    .where(folder.toString())
                    .causedBy(unreadable);
        }
    }
}
