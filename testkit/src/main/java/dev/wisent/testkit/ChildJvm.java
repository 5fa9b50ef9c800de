package dev.wisent.testkit;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/// How all child JVMs of a test run are started: with the class path of this JVM, and, because a child that lives half a
/// second should not spend it on loading classes, with an AOT cache made once.
final class ChildJvm {
    private static final String MAIN = "dev.wisent.cli.Main";
    /// Few cores, short lives.
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-Xlog:disable",
            "-Xlog:all=error:stderr");
    private static final long TRAINING_SECONDS = 120;
    private static final String TRAINING = """
            name: training
            source: {name: generator, stream: orders, rows: 1000, page_size: 100}
            destination: {name: file, config: {path: out/}}
            """;

    /// In the folder of the cache.
    private static final String LIBRARIES = "native";

    private final String classPath;
    private final Path cache;

    private ChildJvm(String classPath, Path cache) {
        this.classPath = classPath;
        this.cache = cache;
    }

    /// The same one for every child, made at the first call.
    static ChildJvm shared() {
        return Shared.JVM;
    }

    private static final class Shared {
        static final ChildJvm JVM = make();

        private static ChildJvm make() {
            try {
                Path folder = Files.createTempDirectory("wisent-child-jvm");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
                ChildJvm jvm = new ChildJvm(classPath(folder), folder.resolve("child.aot"));
                jvm.train(folder);
                return jvm;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    List<String> command(List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        command.addAll(FLAGS);
        command.add("-Djava.library.path=" + cache.resolveSibling(LIBRARIES));
        if (Files.exists(cache)) {
            command.add("-XX:AOTCache=" + cache);
        }
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, MAIN));
        command.addAll(arguments);
        return command;
    }

    /// Without a cache children start all the same, only later: whatever goes wrong here is left to them to tell.
    private void train(Path folder) throws IOException {
        Files.writeString(folder.resolve("training.yml"), TRAINING);
        Process training = new ProcessBuilder(
                        command(List.of("-XX:AOTCacheOutput=" + cache), List.of("run", "training.yml", "--json")))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("training.log").toFile())
                .start();
        try {
            if (!training.waitFor(TRAINING_SECONDS, TimeUnit.SECONDS)) {
                training.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A cache wants jars: folders of classes become some. Tests stay out.
    private static String classPath(Path folder) throws IOException {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (UnpackedDuckDb.isDriver(path)) {
                Path jar = folder.resolve("duckdb.jar");
                UnpackedDuckDb.unpack(path, jar, folder.resolve(LIBRARIES));
                entries.add(jar.toString());
            } else if (!Files.isDirectory(path)) {
                entries.add(entry);
            } else if (!path.endsWith("test-classes")) {
                Path jar = folder.resolve(entries.size() + ".jar");
                pack(path, jar);
                entries.add(jar.toString());
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> all = Files.walk(classes)) {
            for (Path path : all.filter(path -> !path.equals(classes)).sorted().toList()) {
                // folders have entries of their own: some libraries look for what is in them
                boolean folder = Files.isDirectory(path);
                String name = classes.relativize(path).toString().replace(File.separatorChar, '/');
                out.putNextEntry(new JarEntry(folder ? name + "/" : name));
                if (!folder) {
                    Files.copy(path, out);
                }
                out.closeEntry();
            }
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // what is left of a temporary folder harms nobody
        }
    }
}
