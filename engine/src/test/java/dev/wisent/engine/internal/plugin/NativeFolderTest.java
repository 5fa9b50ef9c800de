package dev.wisent.engine.internal.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated
class NativeFolderTest {
    private static final String RESOURCE = "libduckdb_java.so_linux_amd64";

    @TempDir
    Path folder;

    @BeforeEach
    void a_driver_with_its_library() throws IOException {
        Files.createDirectories(folder.resolve("jars"));
        try (ZipOutputStream jar =
                new ZipOutputStream(Files.newOutputStream(folder.resolve("jars/duckdb_jdbc-2.jar")))) {
            jar.putNextEntry(new ZipEntry(RESOURCE));
            jar.write("native code".getBytes(StandardCharsets.UTF_8));
            jar.putNextEntry(new ZipEntry("other"));
            jar.write("text".getBytes(StandardCharsets.UTF_8));
        }
    }

    @AfterEach
    void unset() {
        System.clearProperty("wisent.native");
    }

    @Test
    void the_library_is_unpacked_once_and_found_where_java_looks() throws IOException {
        System.setProperty("wisent.native", folder.resolve("unpacked").toString());
        Path library = folder.resolve("unpacked/duckdb_jdbc-2").resolve(RESOURCE);

        try (NativeFolder loader = new NativeFolder(folder.resolve("jars"))) {
            assertThat(loader.getResource(RESOURCE)).isNull();
            assertThat(loader.findLibrary("duckdb_java")).isEqualTo(library.toString());
            assertThat(loader.getResource(RESOURCE + ".unpacked"))
                    .isEqualTo(library.toUri().toURL());
            assertThat(loader.getResource("other")).isNotNull();
        }
        assertThat(library).hasContent("native code");
        assertThat(library.getParent()).isDirectoryContaining(file -> file.equals(library));

        Files.writeString(library, "as it was");
        try (NativeFolder loader = new NativeFolder(folder.resolve("jars"))) {
            assertThat(loader.getResource(RESOURCE)).isNull();
        }
        assertThat(library).hasContent("as it was");
    }

    @Test
    void without_a_folder_that_can_be_written_the_driver_unpacks_for_itself() throws IOException {
        try (NativeFolder loader = new NativeFolder(folder.resolve("jars"))) {
            assertThat(loader.getResource(RESOURCE)).isNotNull();
            assertThat(loader.getResource(RESOURCE + ".unpacked")).isNull();
            System.setProperty(
                    "wisent.native", folder.resolve("jars/duckdb_jdbc-2.jar").toString());
            assertThat(loader.getResource(RESOURCE)).isNotNull();
            assertThat(loader.findLibrary("duckdb_java")).isNull();
        }
    }
}
