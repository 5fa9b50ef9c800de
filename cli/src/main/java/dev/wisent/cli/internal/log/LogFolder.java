package dev.wisent.cli.internal.log;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where logs are: `<folder>/<pipeline>/<run>.log`, and `<run>.log.1` for the older half of a long one. A pipeline's folder has
/// the name of its id, as
/// far as a file can.
public record LogFolder(Path folder) {
    private static final String END = ".log";
    private static final String OLDER = ".1";

    /// A log that is there.
    ///
    /// @param pipeline the name of its folder
    /// @param touched when the last event was kept
    public record Kept(String pipeline, String run, Path file, Path older, FileTime touched) {
        /// When the run began: its id's first part. Of those of one second the one that was written to last is the newest.
        private String second() {
            return run.split("-", 2)[0];
        }
    }

    Path file(String pipeline, String run) {
        return folder.resolve(pipeline, run + END);
    }

    Path older(Path file) {
        return file.resolveSibling(file.getFileName() + OLDER);
    }

    /// The pipelines that have logs, in the order of their names.
    public List<String> pipelines() {
        return names(folder);
    }

    /// The logs of `pipeline`, or of all, the newest run first.
    public List<Kept> all(Optional<String> pipeline) {
        List<Kept> kept = new ArrayList<>();
        for (String name : pipeline.map(List::of).orElseGet(this::pipelines)) {
            for (String file : names(folder.resolve(name))) {
                if (file.endsWith(END)) {
                    kept(name, file).ifPresent(kept::add);
                }
            }
        }
        kept.sort(
                Comparator.comparing(Kept::second).thenComparing(Kept::touched).reversed());
        return kept;
    }

    private Optional<Kept> kept(String pipeline, String name) {
        Path file = folder.resolve(pipeline, name);
        try {
            String run = name.substring(0, name.length() - END.length());
            return Optional.of(new Kept(pipeline, run, file, older(file), Files.getLastModifiedTime(file)));
        } catch (NoSuchFileException gone) {
            return Optional.empty(); // dropped by a run that began
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /// Drops the logs of `pipeline` but for the `most` that were written to last: one that is still written to is among them.
    public void prune(String pipeline, int most) {
        List<Kept> old = all(Optional.of(pipeline)).stream()
                .sorted(Comparator.comparing(Kept::touched).reversed())
                .skip(most)
                .toList();
        for (Kept log : old) {
            try {
                Files.deleteIfExists(log.older());
                Files.deleteIfExists(log.file());
            } catch (IOException e) {
                throw WisentException.of(ErrorCode.WRITE_FAILED, "an old log can't be dropped: " + e.getMessage())
                        .where(log.file().toString())
                        .causedBy(e);
            }
        }
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    static WisentException unreadable(Path file, IOException cause) {
        return WisentException.of(ErrorCode.LOG_UNREADABLE, "a log can't be read: " + cause.getMessage())
                .where(file.toString())
                .causedBy(cause);
    }
}
