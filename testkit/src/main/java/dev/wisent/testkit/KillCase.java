package dev.wisent.testkit;

import dev.wisent.api.fault.Boundary;
import java.util.Optional;

/// One way to kill a run and start it again.
public record KillCase(
        Boundary boundary, Mode mode, Runner runner, Layout layout, Origin origin, Store store, Yaml yaml) {
    /// `sync_mode`.
    public enum Mode {
        FULL_REFRESH,
        INCREMENTAL,
        STREAM
    }

    /// `engine.runner.type`.
    public enum Runner {
        THREAD,
        STREAM
    }

    /// What the `file` destination writes to.
    public enum Layout {
        FOLDER,
        ONE_FILE
    }

    /// Where the rows come from.
    public enum Origin {
        GENERATOR,
        FILES
    }

    /// What becomes of the state store between the two runs.
    public enum Store {
        KEPT,
        DELETED
    }

    /// What becomes of the fault switches in the pipeline file between the two runs.
    public enum Yaml {
        SAME,
        GAINS_SWITCH,
        LOSES_SWITCH
    }

    /// Why a run of this kind never passes the boundary; empty: it does.
    public Optional<String> unreachable() {
        boolean hidden = mode == Mode.FULL_REFRESH || (mode == Mode.INCREMENTAL && origin == Origin.GENERATOR);
        return switch (boundary) {
            case AFTER_BEGIN, BEFORE_PUBLISH, PUBLISHED ->
                hidden ? Optional.empty() : Optional.of("every commit is visible at once, there is no generation");
            case BASE_WRITTEN, BASE_NAMED, MANIFEST_REMOVED -> Optional.of("there are too few commits");
            case RESET_BEGUN, RESET_ENDED -> Optional.of("nobody asked for a reset");
            case PART_PUBLISHED, PART_TAKEN -> Optional.of("there is no queue between extraction and loading");
            default -> Optional.empty();
        };
    }

    /// Whether the parts go together at all, boundary aside: only the generator has fault switches.
    boolean isPossible() {
        return origin == Origin.GENERATOR || yaml == Yaml.SAME;
    }

    @Override
    public String toString() {
        return "%s %s, runner %s, %s to %s, state %s, yaml %s"
                .formatted(boundary, mode, runner, origin, layout, store, yaml);
    }
}
