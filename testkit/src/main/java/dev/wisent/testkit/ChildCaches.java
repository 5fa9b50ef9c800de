package dev.wisent.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Where the AOT cache of `wisent` is. A cache holds for every class path that begins with the one it was made with, jars of
/// the same size and age: what Wisent itself is made of comes first, in an order of its own, so that test runs of different
/// modules begin alike.
///
/// @param first what Wisent itself is made of
/// @param rest connectors and what they bring
/// @param folder of the caches
record ChildCaches(List<String> first, List<String> rest, Path folder) {
    private static final String SHARED = "wisent.child.caches";
    private static final String SUFFIX = ".aot";
    /// Beginnings of jars' names.
    private static final List<String> WISENT = List.of(
            "wisent-api-",
            "wisent-cli-",
            "wisent-columnar-",
            "wisent-connector-core-",
            "wisent-engine-",
            "wisent-storage-");
    /// Parts of jars' paths.
    private static final List<String> LIBRARIES = List.of(
            "jackson-annotations",
            "jspecify",
            "picocli",
            "snakeyaml-engine",
            "sqlite-jdbc",
            "/tools/jackson/",
            "zstd-jni");

    /// @param own for what no other test run can use
    static ChildCaches of(List<String> classPath, Path own) throws IOException {
        Optional<Path> shared = Optional.ofNullable(System.getProperty(SHARED)).map(Path::of);
        List<String> first = classPath.stream()
                .filter(ChildCaches::isWisents)
                .sorted(Comparator.comparing(ChildCaches::name))
                .toList();
        // not so in Wisent's own modules, whose classes are in no jar yet
        boolean isWhole = WISENT.stream()
                .allMatch(wanted -> first.stream().anyMatch(jar -> name(jar).startsWith(wanted)));
        if (shared.isEmpty() || !isWhole) {
            return new ChildCaches(classPath, List.of(), own);
        }
        List<String> rest =
                classPath.stream().filter(entry -> !isWisents(entry)).toList();
        return new ChildCaches(first, rest, Files.createDirectories(shared.get()));
    }

    private static boolean isWisents(String entry) {
        return WISENT.stream().anyMatch(name(entry)::startsWith)
                || LIBRARIES.stream().anyMatch(entry::contains);
    }

    private static String name(String entry) {
        return Path.of(entry).getFileName().toString();
    }

    /// The class path a cache is made with.
    String shared() {
        return String.join(File.pathSeparator, first);
    }

    /// The whole class path.
    String classPath() {
        List<String> all = new ArrayList<>(first);
        all.addAll(rest);
        return String.join(File.pathSeparator, all);
    }

    /// The cache, which may not be there yet.
    Path file() throws IOException {
        StringBuilder about = new StringBuilder(System.getProperty("java.vm.version", ""));
        for (String jar : first) {
            Path path = Path.of(jar);
            about.append('\n').append(jar).append(' ').append(Files.size(path));
            about.append(' ').append(Files.getLastModifiedTime(path));
        }
        return folder.resolve(UUID.nameUUIDFromBytes(about.toString().getBytes(StandardCharsets.UTF_8)) + SUFFIX);
    }

    /// From now on `made` is the cache. Those of other builds are dropped.
    void keep(Path made) throws IOException {
        if (!Files.exists(made)) {
            return;
        }
        Path file = file();
        try (Stream<Path> others = Files.list(folder)) {
            for (Path other : others.filter(path -> path.toString().endsWith(SUFFIX))
                    .filter(path -> !path.equals(made) && !path.equals(file))
                    .toList()) {
                Files.deleteIfExists(other);
            }
        }
        // of two that made one at the same time the second replaces its equal
        Path beside = Files.copy(made, folder.resolve(UUID.randomUUID() + ".tmp"));
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
