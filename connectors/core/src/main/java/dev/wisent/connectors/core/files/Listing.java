package dev.wisent.connectors.core.files;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;

/// Finds the files a pattern names, in any order. Links are followed; a file that vanishes meanwhile is not there.
final class Listing extends SimpleFileVisitor<Path> {
    private final Glob glob;
    private final Path start;
    private final Consumer<InputFile> each;

    private Listing(Glob glob, Path start, Consumer<InputFile> each) {
        this.glob = glob;
        this.start = start;
        this.each = each;
    }

    /// @param folders relative to the root: only what lies below them; one that is not there is empty
    static void of(Glob glob, List<String> folders, Consumer<InputFile> each) {
        for (String folder : folders) {
            Path start = glob.root().resolve(folder);
            if (folder.isEmpty() || Files.isDirectory(start)) {
                new Listing(glob, start, each).walk(glob.depthBelow(folder));
            }
        }
    }

    private void walk(int depth) {
        try {
            Files.walkFileTree(start, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, this);
        } catch (IOException e) {
            throw WisentException.of(ErrorCode.SOURCE_CONNECTION, "the files can't be listed: " + e.getMessage())
                    .where(start.toString())
                    .hint("is the folder there, and may it be read?")
                    .causedBy(e);
        }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        String name = String.valueOf(folder.getFileName());
        boolean hidden = name.startsWith(".") || name.startsWith("_");
        boolean skipped = hidden && !glob.spellsHidden() && !folder.equals(start);
        return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        String name = glob.root().relativize(file).toString().replace('\\', '/');
        if (attributes.isRegularFile() && glob.matches(name)) {
            each.accept(InputFile.of(name, file, attributes));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        boolean vanished = failure instanceof NoSuchFileException && !file.equals(start);
        if (vanished || failure instanceof FileSystemLoopException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }
}
