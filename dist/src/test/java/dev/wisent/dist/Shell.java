package dev.wisent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Commands as somebody else types them: in a folder, with an environment of their own, as another user where we may.
final class Shell {
    private static final String TEMPORARY = "wisent-dist";
    private static final int MOST_MINUTES = 8;
    private static final String STRANGER = "65534";

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    Shell(Path folder) {
        this.folder = folder;
    }

    Shell with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /// What it printed; its exit code must be 0.
    String run(String command) {
        return run("sh", "-c", command);
    }

    /// As a user who owns nothing, if we are root and may become one; else as ourselves.
    String runAsStranger(String command) {
        boolean root = "root".equals(System.getProperty("user.name"));
        return root
                ? run("setpriv", "--reuid", STRANGER, "--regid", STRANGER, "--clear-groups", "sh", "-c", command)
                : run(command);
    }

    private String run(String... command) {
        try {
            Path output = Files.createTempFile("wisent-dist", ".out");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
            process.destroyForcibly();
            String text = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            assertThat(ended)
                    .as("%s ended: %s", String.join(" ", command), text)
                    .isTrue();
            assertThat(process.exitValue())
                    .as("%s:%n%s", String.join(" ", command), text)
                    .isZero();
            return text;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    /// A folder every user may write to.
    static Path open(Path folder) throws IOException {
        Files.createDirectories(folder);
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    /// A folder that others can look into, unlike JUnit's.
    static Path temporary() throws IOException {
        Path folder = Files.createTempDirectory(TEMPORARY).toRealPath();
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// Of folders that [#temporary] made, and those in them. The empty path, of a test that made none, is left alone: it is the
    /// working folder.
    ///
    /// @throws IllegalArgumentException when it is none of them
    static void delete(Path folder) throws IOException {
        if (folder.toString().isEmpty()) {
            return;
        }
        Path all = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
        Path real = folder.toRealPath();
        if (!real.startsWith(all) || !all.relativize(real).getName(0).toString().startsWith(TEMPORARY)) {
            throw new IllegalArgumentException(folder + " is no temporary folder");
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path there, BasicFileAttributes attributes) throws IOException {
                Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rwxr-xr-x"));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path there, IOException failed) throws IOException {
                Files.delete(there);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /// The folder of the source tree.
    static Path tree() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("ARCHITECTURE.md"))) {
            folder = folder.getParent();
            assertThat(folder).as("a folder above with ARCHITECTURE.md").isNotNull();
        }
        return folder;
    }
}
