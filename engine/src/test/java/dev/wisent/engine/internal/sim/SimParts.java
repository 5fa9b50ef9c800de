package dev.wisent.engine.internal.sim;

import dev.wisent.api.LaneId;
import dev.wisent.api.Reject;
import dev.wisent.api.RejectFile;
import dev.wisent.api.StreamId;
import dev.wisent.api.TargetId;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.engine.internal.run.RejectLog;
import dev.wisent.engine.internal.run.RowShaper;
import dev.wisent.engine.internal.run.RunServices;
import dev.wisent.engine.internal.task.Task;
import dev.wisent.engine.internal.task.Turn;
import java.util.List;
import java.util.Optional;

/// Routes rows to their target by id, and keeps rejects.
record SimParts(World world, Life life, int targets) implements RunServices.Parts {
    @Override
    public RowShaper shaper(StreamId stream) {
        RecordBatch routed = RecordBatch.of(Rows.SCHEMA);
        return (origin, batch, out) -> {
            List<Long> rows = Rows.of(batch);
            for (int i = 0; i < targets; i++) {
                int target = i;
                List<Long> its = rows.stream()
                        .filter(row -> Rows.id(row) % targets == target)
                        .toList();
                out.write(new TargetId("t" + target), Rows.fill(routed, its));
            }
        };
    }

    @Override
    public RejectLog rejects(LaneId lane, int worker) {
        return new Rejects();
    }

    /// Rejects in memory; sealing makes a file of them, which is durable at once, or, with the rule off, some time.
    private final class Rejects implements RejectLog {
        private long count;

        @Override
        public void add(Reject reject) {
            count++;
        }

        @Override
        public Optional<RejectFile> seal() {
            if (count == 0) {
                return Optional.empty();
            }
            RejectFile file = new RejectFile("rejects-" + world.nextName(), count);
            count = 0;
            if (world.has(Rule.REJECTS_BEFORE_COMMIT)) {
                world.judge.rejectsKept(file.path());
            } else {
                world.pool.add(life, new Later(() -> world.judge.rejectsKept(file.path())));
            }
            return Optional.of(file);
        }

        @Override
        public void discard() {
            count = 0;
        }
    }

    /// Something a turn later.
    private static final class Later extends Task {
        private final Runnable what;

        Later(Runnable what) {
            super("later");
            this.what = what;
        }

        @Override
        public Turn turn() {
            what.run();
            return Turn.DONE;
        }
    }
}
