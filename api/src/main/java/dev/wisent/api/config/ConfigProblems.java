package dev.wisent.api.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// All that is wrong with a configuration, collected so that it is told at once.
public final class ConfigProblems {
    /// One problem; `path` is the dotted key.
    public record Problem(Place place, String path, String message, String hint) {}

    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private final Set<String> concealed = new LinkedHashSet<>();

    /// The same problem told twice counts once: a section may be looked through by more than one reader.
    public void add(Place place, String path, String message, String hint) {
        Problem problem = new Problem(place, path, message, hint);
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    /// Something that is accepted and has no effect, or another than one may think: told by name, never in silence (R8).
    public void warn(Place place, String path, String message) {
        Problem warning = new Problem(place, path, message, "");
        if (!warnings.contains(warning)) {
            warnings.add(warning);
        }
    }

    /// Takes note of a secret that stands in the file itself (R14).
    void conceal(String value) {
        concealed.add(value);
    }

    /// The values of all [secret][Key.Sensitivity#SECRET] keys met so far: to be taken out of everything that is told.
    public Set<String> concealed() {
        return Set.copyOf(concealed);
    }

    /// No problems; there may be warnings.
    public boolean isEmpty() {
        return problems.isEmpty();
    }

    /// In the order of the file.
    public List<Problem> all() {
        return sorted(problems);
    }

    /// In the order of the file.
    public List<Problem> warnings() {
        return sorted(warnings);
    }

    private static List<Problem> sorted(List<Problem> unsorted) {
        return unsorted.stream()
                .sorted(Comparator.comparing((Problem p) -> p.place().file())
                        .thenComparing(p -> p.place().line())
                        .thenComparing(p -> p.place().column()))
                .toList();
    }
}
