package dev.wisent.connectors.core.files;

import dev.wisent.columnar.SchemaInference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/// Some of the listed files, to learn their schema: the first by name, the last and a few between, since the newest may have
/// columns the oldest has not. The same ones in whatever order files are added.
final class FileSample {
    private record Hashed(long hash, InputFile file) {}

    private static final Comparator<InputFile> BY_NAME = Comparator.comparing(InputFile::name);

    /// Those of the least hashes, the largest at its head.
    private final PriorityQueue<Hashed> some =
            new PriorityQueue<>(Comparator.comparingLong(Hashed::hash).reversed());
    private Optional<InputFile> first = Optional.empty();
    private Optional<InputFile> last = Optional.empty();

    void add(InputFile file) {
        some.add(new Hashed(file.nameHash(), file));
        if (some.size() > SchemaInference.SAMPLE_FILES) {
            some.remove();
        }
        if (first.isEmpty() || BY_NAME.compare(file, first.get()) < 0) {
            first = Optional.of(file);
        }
        if (last.isEmpty() || BY_NAME.compare(file, last.get()) > 0) {
            last = Optional.of(file);
        }
    }

    /// By name.
    List<InputFile> files() {
        Set<InputFile> chosen = new HashSet<>();
        first.ifPresent(chosen::add);
        last.ifPresent(chosen::add);
        some.stream()
                .sorted(Comparator.comparingLong(Hashed::hash))
                .map(Hashed::file)
                .filter(file -> chosen.size() < SchemaInference.SAMPLE_FILES)
                .forEach(chosen::add);
        List<InputFile> files = new ArrayList<>(chosen);
        files.sort(BY_NAME);
        return files;
    }
}
