package dev.wisent.api.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// All that is wrong with a configuration, collected so that it is told at once.
public final class ConfigProblems {
    /// One problem; `path` is the dotted key.
    public record Problem(Place place, String path, String message, String hint) {}

    private final List<Problem> problems = new ArrayList<>();

    /// The same problem told twice counts once: a section may be looked through by more than one reader.
    public void add(Place place, String path, String message, String hint) {
        Problem problem = new Problem(place, path, message, hint);
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    public boolean isEmpty() {
        return problems.isEmpty();
    }

    /// In the order of the file.
    public List<Problem> all() {
        return problems.stream()
                .sorted(Comparator.comparing((Problem p) -> p.place().file())
                        .thenComparing(p -> p.place().line())
                        .thenComparing(p -> p.place().column()))
                .toList();
    }
}
