package dev.wisent.cli.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A folder with room for a few megabytes, and then with more: a file system of its own where one may be mounted.
final class SmallDisk implements AutoCloseable {
    private final Path folder;
    private final boolean mounted;

    private SmallDisk(Path folder, boolean mounted) {
        this.folder = folder;
        this.mounted = mounted;
    }

    static SmallDisk at(Path folder, long bytes) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean mounted = succeeds("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", folder.toString());
        return new SmallDisk(folder, mounted);
    }

    /// False: nobody may mount here, so the size of single files has to be limited instead.
    boolean isMounted() {
        return mounted;
    }

    void grow(long bytes) {
        if (mounted && !succeeds("mount", "-o", "remount,size=" + bytes, folder.toString())) {
            throw new AssertionError("can't grow " + folder);
        }
    }

    /// Uses up what room there is, if it has limits of its own.
    void fill(Path file) {
        if (!mounted) {
            return;
        }
        try (var out = Files.newOutputStream(file)) {
            byte[] block = new byte[1 << 16];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            // that is the point
        }
    }

    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(List.of(command))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        if (mounted && !succeeds("umount", folder.toString())) {
            throw new AssertionError("can't unmount " + folder);
        }
    }
}
