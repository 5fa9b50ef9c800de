package dev.wisent.engine.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.OSInfo;

/// Where SQLite's native library is loaded from. The driver unpacks it from its jar into the temporary folder at every start,
/// asks the system for its kind by starting a process, and leaves the file there when it is killed. With the system
/// property `wisent.native`, a folder, the library is unpacked into it once and loaded from there; without it, or when
/// the folder can't be written, the driver does as ever. Each version of the driver has a folder in it.
final class SqliteLibrary {
    private static final String FOLDER = "wisent.native";
    /// Looked at by the driver.
    private static final String DRIVER_FOLDER = "org.sqlite.lib.path";

    private SqliteLibrary() {}

    /// Called before the first connection.
    static void locate() {
        Optional.ofNullable(System.getProperty(FOLDER))
                .filter(folder -> System.getProperty(DRIVER_FOLDER) == null)
                .map(folder -> Path.of(folder, SQLiteJDBCLoader.getVersion()))
                .filter(SqliteLibrary::isThere)
                .ifPresent(folder -> System.setProperty(DRIVER_FOLDER, folder.toString()));
    }

    private static boolean isThere(Path folder) {
        String name = System.mapLibraryName("sqlitejdbc");
        Path library = folder.resolve(name);
        return Files.isReadable(library) || unpack(name, library);
    }

    /// Complete under a name of its own before it gets its name: several processes may do this at once.
    private static boolean unpack(String name, Path library) {
        String resource = "/org/sqlite/native/" + OSInfo.getNativeLibFolderPathForCurrentOS() + "/" + name;
        try (InputStream packed = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (packed == null) {
                return false;
            }
            Files.createDirectories(library.toAbsolutePath().getParent());
            Path unpacked = Files.createTempFile(library.toAbsolutePath().getParent(), name, ".new");
            Files.copy(packed, unpacked, StandardCopyOption.REPLACE_EXISTING);
            Files.move(unpacked, library, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException unwritable) {
            return false;
        }
    }
}
