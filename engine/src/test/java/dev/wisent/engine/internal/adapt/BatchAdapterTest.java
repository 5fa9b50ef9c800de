package dev.wisent.engine.internal.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.Counts;
import dev.wisent.api.LaneId;
import dev.wisent.api.Position;
import dev.wisent.api.RunId;
import dev.wisent.api.SplitId;
import dev.wisent.api.StreamId;
import dev.wisent.api.StreamState;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Advance;
import dev.wisent.api.commit.Change;
import dev.wisent.api.commit.Claimant;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitId;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.Head;
import dev.wisent.api.commit.Role;
import dev.wisent.api.destination.BatchDestination;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.engine.state.SqliteStateStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchAdapterTest {
    private static final StreamId STREAM = new StreamId("s");
    private final SqliteStateStore store = SqliteStateStore.inMemory();
    private int published;

    @AfterEach
    void close() {
        store.close();
    }

    private BatchAdapter adapter() {
        return new BatchAdapter(
                new BatchDestination() {
                    @Override
                    public void check() {}

                    @Override
                    public void write(TargetId target, RecordBatch batch) {}

                    @Override
                    public void publish() {
                        published++;
                    }

                    @Override
                    public String location() {
                        return "here";
                    }

                    @Override
                    public void close() {}
                },
                store,
                "pipeline");
    }

    private static Head head(long n, String run) {
        return new Head(new CommitId(run + n), STREAM, LaneId.FIRST, n, new RunId(run));
    }

    private static Commit.Claim claim(long n, String run) {
        return new Commit.Claim(head(n, run), new Claimant(new RunId(run), "h", 1, Instant.EPOCH, Role.READ));
    }

    @Test
    void progress_survives_in_the_state_store_and_a_repeated_commit_is_in_already() {
        BatchAdapter adapter = adapter();
        adapter.commit(claim(1, "a"));
        Commit data = new Commit.Data(
                head(2, "a"),
                GenerationId.FIRST,
                Commit.Mode.APPEND,
                List.of(new Advance(new SplitId("x"), Position.START, Position.at(5), false)),
                List.of(),
                new Change(Optional.empty(), List.of(), Counts.NONE, List.of()));
        assertThat(adapter.commit(data)).isEqualTo(new CommitOutcome.Committed(2));
        assertThat(adapter().commit(data)).isEqualTo(new CommitOutcome.Committed(2));
        assertThat(adapter().progress(STREAM).live().position(new SplitId("x"))).isEqualTo(Position.at(5));
    }

    @Test
    void an_overtaken_run_is_refused_and_told_by_whom() {
        BatchAdapter adapter = adapter();
        adapter.commit(claim(1, "a"));
        adapter.commit(claim(2, "b"));
        CommitOutcome late = adapter.commit(new Commit.Begin(
                head(2, "a"), new Generation(new GenerationId(2), Generation.Kind.REPLACE), "", StreamState.EMPTY));
        assertThat(late)
                .isInstanceOfSatisfying(
                        CommitOutcome.Stale.class,
                        stale -> assertThat(stale.by().orElseThrow().run()).isEqualTo(new RunId("b")));
    }

    @Test
    void a_complete_full_refresh_is_published_once() {
        BatchAdapter adapter = adapter();
        GenerationId generation = new GenerationId(2);
        adapter.commit(claim(1, "a"));
        adapter.commit(new Commit.Begin(
                head(2, "a"), new Generation(generation, Generation.Kind.REPLACE), "", StreamState.EMPTY));
        Commit publish = new Commit.Publish(head(3, "a"), generation);
        adapter.commit(publish);
        adapter.commit(publish);
        assertThat(published).isEqualTo(1);
    }
}
