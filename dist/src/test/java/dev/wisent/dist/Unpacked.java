package dev.wisent.dist;

import java.io.IOException;
import java.nio.file.Path;

/// The distribution in a folder of its own, with its AOT cache made.
///
/// @param folder removed when this is closed
/// @param home where the distribution lies in it
record Unpacked(Path folder, Path home) implements AutoCloseable {
    static Unpacked fresh() throws IOException {
        Path archive = Path.of(System.getProperty("wisent.dist"));
        Path folder = Shell.temporary();
        Path home = folder.resolve(archive.getFileName().toString().replace(".tar.gz", ""));
        Unpacked unpacked = new Unpacked(folder, home);
        // the first start makes the cache, and says so
        new Shell(folder)
                .with("WISENT_CACHE", unpacked.cache())
                .run("tar -xzf " + archive + " && " + home + "/bin/wisent --version");
        return unpacked;
    }

    /// What `WISENT_CACHE` should be.
    String cache() {
        return folder.resolve("cache").toString();
    }

    @Override
    public void close() throws IOException {
        Shell.delete(folder);
    }
}
