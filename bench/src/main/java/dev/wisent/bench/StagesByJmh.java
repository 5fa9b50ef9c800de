package dev.wisent.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.openjdk.jmh.generators.bytecode.JmhBytecodeGenerator;

/// Parser, encoder and decompressors by JMH. What JMH runs is made of the compiled benchmarks, and compiled, before each run:
/// so no code of it is in the build.
record StagesByJmh(Path work) {
    private static final String PATH = "java.class.path";

    void run() throws Exception {
        Path made = work.resolve("jmh");
        Machine.delete(made);
        Path sources = Files.createDirectories(made.resolve("sources"));
        Path classes = Files.createDirectories(made.resolve("classes"));
        JmhBytecodeGenerator.main(
                new String[] {compiled().toString(), sources.toString(), classes.toString(), "reflection"});
        compile(sources, classes);
        Path results = work.resolve("jmh.json");
        Process jmh = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-classpath",
                        classes + File.pathSeparator + System.getProperty(PATH),
                        "org.openjdk.jmh.Main",
                        System.getProperty("bench.jmh.include", ".*"),
                        "-rf",
                        "json",
                        "-rff",
                        results.toString())
                .inheritIO()
                .start();
        if (jmh.waitFor() != 0) {
            throw new IOException("JMH ended with " + jmh.exitValue());
        }
        int megabytes = StageInput.BYTES / 1_000_000;
        System.out.printf(
                "An operation is %d MB before compression: ms / %d = s/GB. All figures: %s%n",
                megabytes, megabytes, results);
    }

    private static Path compiled() {
        return Stream.of(System.getProperty(PATH).split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(entry -> Files.exists(entry.resolve("dev/wisent/bench/ParserBenchmark.class")))
                .findFirst()
                .orElseThrow();
    }

    private static void compile(Path sources, Path classes) throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        List<String> arguments = new ArrayList<>(
                List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-classpath", System.getProperty(PATH)));
        try (Stream<Path> files = Files.walk(sources)) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
        }
        if (javac.run(null, System.out, System.err, arguments.toArray(String[]::new)) != 0) {
            throw new IOException("what JMH made can't be compiled, see " + sources);
        }
    }
}
