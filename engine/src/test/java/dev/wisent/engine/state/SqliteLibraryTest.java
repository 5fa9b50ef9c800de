package dev.wisent.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteJDBCLoader;

class SqliteLibraryTest {
    private final Properties before = (Properties) System.getProperties().clone();

    @TempDir
    Path folder;

    @AfterEach
    void restore() {
        System.setProperties(before);
    }

    @Test
    void the_library_is_unpacked_once_and_the_driver_is_told_where() throws IOException {
        System.setProperty("wisent.native", folder.resolve("native").toString());

        SqliteLibrary.locate();

        Path unpacked = folder.resolve("native").resolve(SQLiteJDBCLoader.getVersion());
        assertThat(System.getProperty("org.sqlite.lib.path")).isEqualTo(unpacked.toString());
        try (var files = Files.list(unpacked)) {
            assertThat(files).containsExactly(unpacked.resolve(System.mapLibraryName("sqlitejdbc")));
        }
    }

    @Test
    void a_folder_that_cant_be_written_leaves_everything_to_the_driver() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        System.setProperty("wisent.native", file.resolve("native").toString());

        SqliteLibrary.locate();

        assertThat(System.getProperty("org.sqlite.lib.path")).isNull();
    }

    @Test
    void without_the_property_nothing_changes() {
        System.clearProperty("wisent.native");

        SqliteLibrary.locate();

        assertThat(System.getProperty("org.sqlite.lib.path")).isNull();
    }
}
