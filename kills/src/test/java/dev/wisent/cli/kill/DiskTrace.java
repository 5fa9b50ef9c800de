package dev.wisent.cli.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a process did to files, as `strace` saw it, and what of that would survive a power cut at any moment: contents
/// up to the last fsync of the file, names up to the last fsync of the folder.
final class DiskTrace {
    private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)");
    private static final Pattern WRITE = Pattern.compile("(?:write|pwrite64)\\(\\d+<([^>]*)>.*");
    private static final Pattern SYNC = Pattern.compile("(?:fsync|fdatasync)\\(\\d+<([^>]*)>(.*)");
    private static final Pattern CREATE = Pattern.compile("openat\\([^\"]*\"([^\"]*)\", [A-Z_|]*O_CREAT.*");
    private static final Pattern MAKE = Pattern.compile("mkdir\\(\"([^\"]*)\".*= 0");
    private static final Pattern MOVE = Pattern.compile("(link|rename)\\(\"([^\"]*)\", \"([^\"]*)\"\\) += 0");
    private static final Pattern REMOVE = Pattern.compile("unlink\\(\"([^\"]*)\"\\) += 0");

    /// Told of each link, rename and removal just before it happens.
    interface Step {
        void before(String call, Path from, Path to, DiskTrace disk);
    }

    private final Set<Path> unsyncedContents = new HashSet<>();
    private final Set<Path> unsyncedNames = new HashSet<>();
    private final Map<String, Path> syncing = new HashMap<>();
    private final Path folder;

    private DiskTrace(Path folder) {
        this.folder = folder;
    }

    /// `strace` and its arguments, to write what `play` reads.
    static String[] tracer(Path file) {
        return new String[] {
            "strace",
            "-f",
            "-y",
            "-qq",
            "-e",
            "trace=openat,mkdir,write,pwrite64,fsync,fdatasync,rename,link,unlink",
            "-e",
            "signal=none",
            "-o",
            file.toString()
        };
    }

    /// @param folder where the process worked
    static void play(Path file, Path folder, Step step) {
        DiskTrace disk = new DiskTrace(folder);
        try {
            for (String line : Files.readAllLines(file)) {
                Matcher parts = LINE.matcher(line);
                if (parts.matches()) {
                    disk.take(parts.group(1), parts.group(2), step);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(String thread, String call, Step step) {
        Matcher write = WRITE.matcher(call);
        Matcher sync = SYNC.matcher(call);
        Matcher create = CREATE.matcher(call);
        Matcher make = MAKE.matcher(call);
        Matcher move = MOVE.matcher(call);
        Matcher remove = REMOVE.matcher(call);
        if (write.matches()) {
            unsyncedContents.add(Path.of(write.group(1)));
        } else if (sync.matches() && sync.group(2).contains("unfinished")) {
            syncing.put(thread, Path.of(sync.group(1)));
        } else if (sync.matches()) {
            synced(Path.of(sync.group(1)));
        } else if (call.matches("<\\.\\.\\. (fsync|fdatasync) resumed>.*") && syncing.containsKey(thread)) {
            synced(Objects.requireNonNull(syncing.remove(thread)));
        } else if (create.matches()) {
            unsyncedNames.add(folder.resolve(create.group(1)));
        } else if (make.matches()) {
            unsyncedNames.add(folder.resolve(make.group(1)));
        } else if (move.matches()) {
            Path from = folder.resolve(move.group(2));
            Path to = folder.resolve(move.group(3));
            step.before(move.group(1), from, to, this);
            if (unsyncedContents.contains(from)) {
                unsyncedContents.add(to);
            }
            unsyncedNames.add(to);
        } else if (remove.matches()) {
            Path gone = folder.resolve(remove.group(1));
            step.before("unlink", gone, gone, this);
        }
    }

    private void synced(Path path) {
        unsyncedContents.remove(path);
        unsyncedNames.removeIf(name -> path.equals(name.getParent()));
    }

    /// What of the content or name of `file` a power cut could take.
    List<String> atRisk(Path file) {
        List<String> risks = new ArrayList<>(contentAtRisk(file));
        risks.addAll(nameAtRisk(file));
        return risks;
    }

    List<String> contentAtRisk(Path file) {
        return unsyncedContents.contains(file) ? List.of("content of " + file) : List.of();
    }

    List<String> nameAtRisk(Path file) {
        return unsyncedNames.contains(file) ? List.of("name of " + file) : List.of();
    }
}
