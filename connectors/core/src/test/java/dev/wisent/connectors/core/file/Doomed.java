package dev.wisent.connectors.core.file;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A run in a process of its own, which `wisent.fault` kills somewhere: two rows appended, then two others that replace
/// them.
final class Doomed {
    private Doomed() {}

    public static void main(String[] arguments) {
        Path path = Path.of(arguments[0]);
        Run run = Run.in(path).claimed();
        List<Fragment> both = new ArrayList<>(run.write(Run.TARGET, "a"));
        both.addAll(run.write(path.toString().endsWith(".ndjson") ? Run.TARGET : new TargetId("other"), "b"));
        run.expectCommitted(run.data(GenerationId.FIRST, both));
        GenerationId generation = run.begin(Generation.Kind.REPLACE);
        run.expectCommitted(run.data(generation, "c"));
        run.expectCommitted(run.data(generation, "d"));
        run.publish(generation);
        if (!Files.exists(path)) {
            throw new IllegalStateException("nothing was written to " + path);
        }
    }
}
