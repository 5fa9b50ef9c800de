package dev.wisent.engine.internal.sim;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.destination.Flushing;
import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.destination.Writer;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects ids and stages them at a cut.
final class SimWriter implements LaneWriter {
    /// Stages rows and describes them.
    interface Stage {
        Fragment stage(TargetId target, List<Long> ids);
    }

    private final Stage stage;
    private final Map<TargetId, List<Long>> held = new LinkedHashMap<>();

    SimWriter(Stage stage) {
        this.stage = stage;
    }

    @Override
    public Writer target(TargetId target, Schema schema) {
        return batch -> {
            for (long id : World.ids(batch)) {
                held.computeIfAbsent(target, t -> new ArrayList<>()).add(id);
            }
        };
    }

    @Override
    public long heldBytes() {
        return 0;
    }

    @Override
    public Flushing flush() {
        List<Fragment> fragments = new ArrayList<>();
        held.forEach((target, ids) -> fragments.add(stage.stage(target, List.copyOf(ids))));
        held.clear();
        return Flushing.done(fragments);
    }

    @Override
    public void drop() {
        held.clear();
    }

    @Override
    public void close() {}
}
