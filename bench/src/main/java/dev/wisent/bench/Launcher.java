package dev.wisent.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Where the program under measurement is: the launcher of this source tree.
final class Launcher {
    private Launcher() {}

    static String path() {
        return Path.of(System.getProperty("bench.launcher", "wisent"))
                .toAbsolutePath()
                .normalize()
                .toString();
    }

    /// Java as the launcher starts it, with the same class path and AOT cache, and behind that class path the benchmarks and
    /// DuckDB. The launcher must have been started once.
    static List<String> java() throws IOException {
        Path state = Path.of(path()).resolveSibling("cli/target/wisent");
        Path app = state.resolve(Files.readString(state.resolve("current")).strip());
        Stream<String> own = Stream.of(
                        Files.readString(app.resolve("jars")).strip().split("\\s+", -1))
                .map(jar -> app.resolve(jar).toString());
        Stream<String> more = Stream.concat(
                Stream.of(System.getProperty("bench.jar", "")),
                Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator, -1))
                        .filter(entry -> entry.contains("duckdb_jdbc")));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xms96m",
                "-Xmn24m",
                "-XX:MetaspaceSize=64m",
                "-Djdk.util.jar.version=21",
                "-Dwisent.heap.watch=true",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        if (Files.exists(Path.of("/sys/kernel/mm/transparent_hugepage/enabled"))) {
            command.add("-XX:+UseTransparentHugePages");
        }
        Path cache = app.resolve(System.getProperty("java.runtime.version") + ".aot");
        if (!Files.exists(cache)) {
            throw new IllegalStateException(path() + " has made no AOT cache for this JDK: start it once");
        }
        command.addAll(List.of(
                "-XX:AOTCache=" + cache,
                "-cp",
                String.join(File.pathSeparator, Stream.concat(own, more).toList())));
        return command;
    }
}
