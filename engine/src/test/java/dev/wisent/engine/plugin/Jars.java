package dev.wisent.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// Compiles sources and packs them, as a plug-in's author does.
final class Jars {
    private final Path work;
    private final List<Path> classPath = new ArrayList<>();

    Jars(Path work) {
        this.work = work;
    }

    /// What later sources may use, before what is on the class path.
    Jars using(Path... jars) {
        classPath.addAll(List.of(jars));
        return this;
    }

    /// A jar of these classes.
    ///
    /// @param files further entries: text by path
    Path make(Path jar, Map<String, String> sources, Map<String, String> files) {
        try {
            Path classes = Files.createTempDirectory(work, "classes");
            compile(sources, classes);
            Files.createDirectories(jar.getParent());
            try (OutputStream out = Files.newOutputStream(jar);
                    ZipOutputStream zip = new ZipOutputStream(out)) {
                Map<String, byte[]> entries = new LinkedHashMap<>();
                files.forEach((path, text) -> entries.put(path, text.getBytes(StandardCharsets.UTF_8)));
                try (var tree = Files.walk(classes)) {
                    for (Path file : tree.filter(Files::isRegularFile).toList()) {
                        entries.put(classes.relativize(file).toString(), Files.readAllBytes(file));
                    }
                }
                for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                    zip.putNextEntry(new ZipEntry(entry.getKey()));
                    zip.write(entry.getValue());
                }
            }
            return jar;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void compile(Map<String, String> sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Source> units = sources.entrySet().stream()
                .map(e -> new Source(e.getKey(), e.getValue()))
                .toList();
        if (units.isEmpty()) {
            return;
        }
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            StringBuilder path = new StringBuilder();
            classPath.forEach(jar -> path.append(jar).append(File.pathSeparator));
            path.append(System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(
                            null,
                            files,
                            null,
                            List.of("-d", classes.toString(), "-cp", path.toString(), "-proc:none"),
                            null,
                            units)
                    .call();
            assertThat(compiled).as("compiled").isTrue();
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(URI.create("string:///" + className.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /// A source factory `name` in package `p`, whose summary is the expression `summary`.
    static Map<String, String> factory(String p, String name, String summary) {
        return Map.of(p + ".Factory", """
                package %s;
                public final class Factory implements dev.wisent.api.source.SourceFactory {
                    public String name() { return "%s"; }
                    public String summary() { return %s; }
                    public java.util.List<dev.wisent.api.source.StreamInfo> knownStreams() { return java.util.List.of(); }
                    public dev.wisent.api.config.ConfigShape keys() { return dev.wisent.api.config.ConfigShape.of(); }
                    public dev.wisent.api.source.Source create(
                            dev.wisent.api.config.ConfigSection config, dev.wisent.api.source.SourceSettings settings) {
                        throw new IllegalStateException("no such planet");
                    }
                }
                """.formatted(p, name, summary));
    }

    /// The service file that names it.
    static Map<String, String> service(String p) {
        return Map.of("META-INF/services/dev.wisent.api.source.SourceFactory", p + ".Factory\n");
    }

    static Optional<String> summary(Catalog catalog, String name) {
        return catalog.find(dev.wisent.engine.plugin.Kind.SOURCE, name).map(f -> f.summary());
    }
}
