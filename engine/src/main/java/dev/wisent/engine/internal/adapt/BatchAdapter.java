package dev.wisent.engine.internal.adapt;

import dev.wisent.api.StreamId;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Decision;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.Progress;
import dev.wisent.api.commit.ProgressJson;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.destination.BatchDestination;
import dev.wisent.api.destination.Capabilities;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.destination.Flushing;
import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.destination.WriteRequest;
import dev.wisent.api.destination.Writer;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.StateStore;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A [BatchDestination] with progress kept in the state store: at least once. Rows are out when they are written, so what was
/// not committed before
/// a crash comes again; and two runs with two state stores don't see each other.
public final class BatchAdapter implements Destination {
    private final BatchDestination destination;
    private final StateStore store;
    private final String pipelineId;

    public BatchAdapter(BatchDestination destination, StateStore store, String pipelineId) {
        this.destination = destination;
        this.store = store;
        this.pipelineId = pipelineId;
    }

    @Override
    public void check() {
        told(destination::check);
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                Capabilities.Guarantee.AT_LEAST_ONCE,
                Fragment.Kind.DURABLE,
                1,
                Capabilities.Processes.ONE,
                Set.of(Commit.Mode.APPEND),
                Capabilities.Widenings.ANY);
    }

    @Override
    public ProgressView progress(StreamId stream) {
        return load(stream).view();
    }

    private Progress load(StreamId stream) {
        return store.progress(new JobKey(pipelineId, stream))
                .map(ProgressJson::parse)
                .orElseGet(Progress::new);
    }

    @Override
    public LaneWriter open(WriteRequest request) {
        return new Direct();
    }

    @Override
    public synchronized CommitOutcome commit(Commit commit) {
        StreamId stream = commit.head().stream();
        Progress progress = load(stream);
        switch (progress.decide(commit, fragment -> false)) {
            case Decision.Already already -> {}
            case Decision.Refuse refuse -> {
                return new CommitOutcome.Stale(
                        progress.view(), progress.claimant(commit.head().lane()), refuse.why());
            }
            case Decision.Accept accept -> {
                boolean replaces = commit instanceof Commit.Publish
                        && progress.view()
                                .open()
                                .filter(o -> o.generation().kind() == Generation.Kind.REPLACE)
                                .isPresent();
                if (replaces) {
                    told(destination::publish);
                }
                if (commit instanceof Commit.Begin begin && begin.generation().kind() == Generation.Kind.REPLACE) {
                    told(destination::begin);
                }
                progress.apply(commit);
                store.saveProgress(new JobKey(pipelineId, stream), ProgressJson.text(progress));
            }
        }
        return new CommitOutcome.Committed(commit.head().n());
    }

    @Override
    public void sweep(Commit.Claim held) {
        // Nothing is staged.
    }

    @Override
    public String location(StreamId stream) {
        return destination.location();
    }

    @Override
    public void close() {
        destination.close();
    }

    private interface Io {
        void run() throws IOException;
    }

    private void told(Io action) {
        try {
            action.run();
        } catch (IOException failed) {
            throw WisentException.of(ErrorCode.WRITE_FAILED, "writing failed: " + failed)
                    .where(destination.location())
                    .causedBy(failed);
        }
    }

    /// Writes at once; a fragment says only how many rows went out.
    private final class Direct implements LaneWriter {
        private final Map<TargetId, Long> rows = new LinkedHashMap<>();

        @Override
        public Writer target(TargetId target, Schema schema) {
            return batch -> write(target, batch);
        }

        private void write(TargetId target, RecordBatch batch) {
            synchronized (destination) {
                told(() -> destination.write(target, batch));
            }
            rows.merge(target, (long) batch.rows(), Long::sum);
        }

        @Override
        public long heldBytes() {
            return 0;
        }

        @Override
        public Flushing flush() {
            List<Fragment> fragments = new ArrayList<>();
            rows.forEach((target, count) -> fragments.add(new Fragment(target, Fragment.Kind.DURABLE, "{}", count, 0)));
            rows.clear();
            return Flushing.done(fragments);
        }

        @Override
        public void drop() {
            rows.clear();
        }

        @Override
        public void close() {}
    }
}
