package dev.wisent.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// The distribution in a folder, with its AOT cache made. All tests of this JVM share one, and none of them writes into it.
///
/// @param folder removed when the JVM ends
/// @param home where the distribution lies in it
record Unpacked(Path folder, Path home) {
    static Unpacked shared() {
        return Shared.ONE;
    }

    private static final class Shared {
        static final Unpacked ONE = make();

        private static Unpacked make() {
            try {
                Path folder = Shell.temporary();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
                Unpacked unpacked = new Unpacked(folder, into(folder));
                // the first start makes the cache, and says so
                new Shell(folder).with("WISENT_CACHE", unpacked.cache()).run(unpacked.home() + "/bin/wisent --version");
                return unpacked;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        private static void delete(Path folder) {
            try {
                Shell.delete(folder);
            } catch (IOException left) {
                // what is left of a temporary folder harms nobody
            }
        }
    }

    /// Unpacks it, and says where it lies in `folder`.
    private static Path into(Path folder) {
        Path archive = Path.of(System.getProperty("wisent.dist"));
        new Shell(folder).run("tar -xzf " + archive);
        return folder.resolve(archive.getFileName().toString().replace(".tar.gz", ""));
    }

    /// Another one in `folder`, for who changes it; unpacking anew takes ten times as long. Says where it lies.
    Path copiedTo(Path folder) {
        new Shell(folder).run("cp -R " + home + " .");
        return folder.resolve(home.getFileName());
    }

    /// What `WISENT_CACHE` should be.
    String cache() {
        return folder.resolve("cache").toString();
    }
}
