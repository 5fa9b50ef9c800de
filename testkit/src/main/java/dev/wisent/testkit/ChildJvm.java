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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/// How all child JVMs of a test run are started: with the class path of this JVM, and, because a child that lives half a
/// second should not spend it on loading classes, with an AOT cache made once. That of `wisent` is kept in the folder that the
/// system property `wisent.child.caches` names, for the test runs of other modules that start the same one; without the
/// property each test run makes its own.
final class ChildJvm {
    private static final String WISENT = "dev.wisent.cli.Main";
    /// Few cores, short lives: what is called a few hundred times is not worth compiling. The classes of zstd-jni are those the
    /// launcher chooses.
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-Djdk.util.jar.version=21",
            "-XX:TieredStopAtLevel=1",
            "-XX:CompileThresholdScaling=10",
            "--enable-native-access=ALL-UNNAMED",
            "-Xlog:disable",
            "-Xlog:all=error:stderr");
    private static final List<String> TOOLS = List.of(
            "apiguardian", "archunit", "assertj", "awaitility", "byte-buddy", "hamcrest", "junit", "opentest4j");
    private static final long TRAINING_SECONDS = 120;
    private static final String TRAINING = """
            name: training
            source: {name: generator, stream: orders, rows: 1000, page_size: 100}
            destination: {name: file, config: {path: out/}}
            """;

    private static final String LIBRARIES = "native";
    private static final AtomicBoolean BEGUN = new AtomicBoolean();
    private static final AtomicReference<Optional<ChildJvm>> TRAINED = new AtomicReference<>(Optional.empty());

    private final String main;
    private final String classPath;
    private final Path libraries;
    private final Path cache;

    private ChildJvm(String main, String classPath, Path libraries, Path cache) {
        this.main = main;
        this.classPath = classPath;
        this.libraries = libraries;
        this.cache = cache;
    }

    /// `wisent`: the same one for every child, made at the first call; since one was [#trained], that.
    static ChildJvm shared() {
        return TRAINED.get().orElseGet(() -> Shared.JVM);
    }

    /// `wisent` without a cache, for one child of this JVM that shows which classes the others need; empty if there was one.
    static Optional<ChildJvm> untrained() {
        ChildJvm shared = Shared.JVM;
        Path own = shared.libraries.resolveSibling("own.aot");
        return BEGUN.compareAndSet(false, true)
                ? Optional.of(new ChildJvm(WISENT, shared.classPath, shared.libraries, own))
                : Optional.empty();
    }

    /// The option of the child that does.
    String recording() {
        return "-XX:AOTCacheOutput=" + cache;
    }

    /// The same, but for what it runs.
    ChildJvm running(Class<?> program) {
        return new ChildJvm(program.getName(), classPath, libraries, cache);
    }

    /// It has, whatever it ran.
    void trained() {
        if (Files.exists(cache)) {
            TRAINED.set(Optional.of(new ChildJvm(WISENT, classPath, libraries, cache)));
        }
    }

    private static final class Shared {
        static final ChildJvm JVM = make();

        private static ChildJvm make() {
            try {
                Path folder = folder();
                List<String> classPath = classPath(folder, path -> !path.endsWith("test-classes") && !isTool(path));
                ChildCaches caches = ChildCaches.of(classPath, folder);
                Path cache = caches.file();
                if (!Files.exists(cache)) {
                    Files.writeString(folder.resolve("training.yml"), TRAINING);
                    Path made = folder.resolve("child.aot");
                    new ChildJvm(WISENT, caches.shared(), folder.resolve(LIBRARIES), made)
                            .train(folder, List.of("run", "training.yml", "--json"));
                    caches.keep(made);
                }
                return new ChildJvm(WISENT, caches.classPath(), folder.resolve(LIBRARIES), cache);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// A program of the tests.
    ///
    /// @param training its arguments for a run that shows which classes it needs, in a folder of its own; empty: no
    ///     cache is made
    static ChildJvm of(Class<?> main, List<String> training) {
        try {
            Path folder = folder();
            ChildJvm jvm = new ChildJvm(
                    main.getName(),
                    String.join(File.pathSeparator, classPath(folder, path -> true)),
                    folder.resolve(LIBRARIES),
                    folder.resolve("child.aot"));
            if (!training.isEmpty()) {
                jvm.train(folder, training);
            }
            return jvm;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// For this JVM.
    private static Path folder() throws IOException {
        Path folder = Files.createTempDirectory("wisent-child-jvm");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        return folder;
    }

    List<String> command(List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        command.addAll(FLAGS);
        command.add("-Djava.library.path=" + libraries);
        // SQLite's is unpacked once, too, instead of at each start
        command.add("-Dwisent.native=" + libraries);
        if (Files.exists(cache)) {
            command.add("-XX:AOTCache=" + cache);
        }
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(arguments);
        return command;
    }

    /// Without a cache children start all the same, only later: whatever goes wrong here is left to them to tell.
    private void train(Path folder, List<String> arguments) throws IOException {
        Process training = new ProcessBuilder(command(List.of(recording()), arguments))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("training.log").toFile())
                .start();
        try {
            if (!training.waitFor(TRAINING_SECONDS, TimeUnit.SECONDS)) {
                training.destroyForcibly().waitFor();
            }
            if (training.exitValue() != 0) {
                // of classes that a run which failed needed
                Files.deleteIfExists(cache);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A cache wants jars: folders of classes become some.
    private static List<String> classPath(Path folder, Predicate<Path> wanted) throws IOException {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            // empty is the working folder, which who starts the tests may leave at the end; a module that has nothing
            // but tests
            // names a folder that is not there
            if (entry.isEmpty() || !Files.exists(path) || !wanted.test(path)) {
                continue;
            }
            if (UnpackedDuckDb.isDriver(path)) {
                Path jar = folder.resolve("duckdb.jar");
                UnpackedDuckDb.unpack(path, jar, folder.resolve(LIBRARIES));
                entries.add(jar.toString());
            } else if (!Files.isDirectory(path)) {
                entries.add(entry);
            } else {
                Path jar = folder.resolve(entries.size() + ".jar");
                pack(path, jar);
                entries.add(jar.toString());
            }
        }
        return entries;
    }

    /// What tests are written with. Whoever looks for plug-ins opens every jar of the class path, and these are the larger
    /// half.
    private static boolean isTool(Path jar) {
        String name = jar.getFileName().toString();
        return TOOLS.stream().anyMatch(name::startsWith);
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
