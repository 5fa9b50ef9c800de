package dev.wisent.testkit.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wisent.api.LaneId;
import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.commit.Advance;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitJson;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.destination.Capabilities;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.error.WisentException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/// What every [Destination] does: claims fence, numbers are dense, commits are in once however often they are handed in,
/// generations are hidden until published, a sweep takes only what nobody can want any more, progress is what was committed.
/// A destination's test extends it and says how one is opened, and how its rows are read.
///
/// ```java
/// class MyDestinationContractTest extends DestinationContract {
///     protected Destination open() {
///         return Configured.destination(new MyFactory(), Map.of("path", folder.toString()));
///     }
///     protected List<Map<String, String>> rows(TargetId target) { … }
/// }
/// ```
///
/// Each test has a place of its own, empty at first. Threads: as [Destination] says.
public abstract class DestinationContract extends LookingRules {
    private static final SplitId SPLIT = new SplitId("s");
    private static final int ROUNDS = 4;
    /// Commits wait for their store, and some stores' libraries need the common pool to answer.
    private static final Executor OWN_THREAD = task -> Thread.ofPlatform().start(task);

    private Commit.Data range(WritingRun run, long from, long to) {
        return run.data(
                run.live(), new Advance(SPLIT, Position.at(from), Position.at(to), false), row(run, 100 * from + to));
    }

    @Test
    void a_check_writes_no_rows_and_changes_no_progress() throws Exception {
        WritingRun run = run();
        ProgressView before = run.destination().progress(WritingRun.STREAM);
        run.destination().check();

        assertThat(run.destination().progress(WritingRun.STREAM)).isEqualTo(before);
        assertThat(ids(ORDERS)).isEmpty();
        assertThat(before).isEqualTo(ProgressView.EMPTY);
        assertThat(run.destination().location(WritingRun.STREAM)).isNotBlank();
    }

    @Test
    void a_check_that_fails_says_what_is_wrong_and_no_secret() throws Exception {
        Optional<Unusable> unusable = unusable();
        assumeTrue(unusable.isPresent(), "n/a: no unusable destination is given");
        run(unusable.get().destination());

        assertThatThrownBy(() -> unusable.get().destination().check())
                .isInstanceOfSatisfying(
                        WisentException.class,
                        failure -> Refusal.isTold(failure, unusable.get().secrets()));
    }

    @Test
    void it_says_what_it_can_do() throws Exception {
        WritingRun run = run();
        Capabilities can = run.destination().capabilities();

        assertThat(can.guarantee()).isEqualTo(Capabilities.Guarantee.EXACTLY_ONCE);
        assertThat(can.modes()).contains(Commit.Mode.APPEND);
        assertThat(can.lanes()).isPositive();
        assertThat(run.claimed().write(ORDERS, batch(1, "a")))
                .isNotEmpty()
                .allMatch(fragment -> fragment.kind() == can.fragments());
    }

    @Test
    void rows_are_seen_when_their_commit_is_in_and_not_before() throws Exception {
        WritingRun run = run().claimed();
        Commit.Data first = data(run, 1);
        assertThat(ids(ORDERS)).isEmpty();
        run.committed(first);
        assertThat(ids(ORDERS)).containsExactly("1");
        run.committed(data(run, 2));

        assertThat(ids(ORDERS)).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void whoever_was_overtaken_by_a_claim_is_refused_and_told_by_whom() throws Exception {
        WritingRun old = run().claimed();
        old.committed(data(old, 1));
        Commit.Data late = data(old, 2);
        WritingRun young = run().claimed();

        CommitOutcome.Stale stale = old.stale(late);

        assertThat(stale.by().orElseThrow().run()).isEqualTo(young.id());
        assertThat(stale.actual().lane(LaneId.FIRST).last()).isEqualTo(young.last());
        assertThat(ids(ORDERS)).containsExactly("1");
    }

    @Test
    void a_claim_fences_its_own_lane_and_leaves_the_others_be() throws Exception {
        WritingRun first = run();
        assumeTrue(first.destination().capabilities().lanes() > 1, "n/a: the whole stream is one lane");
        LaneId second = new LaneId(1);
        first.claimed();
        WritingRun old = run().in(second).claimed();
        old.committed(data(old, 1));
        Commit.Data late = data(old, 2);
        WritingRun young = run().in(second).claimed();

        CommitOutcome.Stale stale = old.stale(late);
        first.committed(data(first, 3));
        young.committed(data(young, 4));

        assertThat(stale.by().orElseThrow().run()).isEqualTo(young.id());
        assertThat(ids(ORDERS)).containsExactlyInAnyOrder("1", "3", "4");
        assertThat(run().destination().progress(WritingRun.STREAM)).isEqualTo(model.view());
    }

    @Test
    void a_number_that_does_not_follow_is_refused_and_leaves_nothing() throws Exception {
        WritingRun run = run().claimed();
        run.committed(data(run, 1));
        ProgressView before = run.destination().progress(WritingRun.STREAM);
        for (long last : new long[] {-1, 0, 1, 3, 100}) {
            run.stale(data(run.at(last), 2));
        }

        assertThat(run.destination().progress(WritingRun.STREAM)).isEqualTo(before);
        assertThat(ids(ORDERS)).containsExactly("1");
        run.at(2).committed(data(run, 3));
    }

    @Test
    void of_two_that_saw_the_same_one_gets_the_number() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            WritingRun one = run().claimed();
            WritingRun two = run().claimed();
            long stands = two.last();
            Commit first = one.at(stands).claim();
            Commit second = two.at(stands).claim();
            CompletableFuture<CommitOutcome> other =
                    CompletableFuture.supplyAsync(() -> two.destination().commit(second), OWN_THREAD);
            List<CommitOutcome> outcomes =
                    List.of(known(one, first, one.destination().commit(first)), known(two, second, other.get()));

            assertThat(outcomes.stream().filter(CommitOutcome.Committed.class::isInstance))
                    .as("round %d: %s", round, outcomes)
                    .hasSize(1);
            assertThat(outcomes.stream().filter(CommitOutcome.Stale.class::isInstance))
                    .hasSize(1);
        }
    }

    /// Who is disturbed by the other may have to ask again (R4).
    private static CommitOutcome known(WritingRun run, Commit commit, CommitOutcome outcome) {
        CommitOutcome last = outcome;
        for (int i = 0; last instanceof CommitOutcome.Unknown && i < ROUNDS; i++) {
            last = run.destination().commit(commit);
        }
        return last;
    }

    @Test
    void a_repeated_commit_is_answered_with_its_own_number_however_much_came_after_it() throws Exception {
        WritingRun run = run().claimed();
        Commit.Data first = data(run, 1);
        run.committed(first).again(first).again(first);
        for (int i = 0; i < manyCommits(); i++) {
            run.committed(data(run, 10 + i));
        }
        run.again(first);
        run().again(first);

        assertThat(ids(ORDERS)).hasSize(1 + manyCommits()).containsOnlyOnce("1");
        assertThat(run.destination().progress(WritingRun.STREAM)).isEqualTo(model.view());
        run().claimed();
        run.again(first);
        assertThat(ids(ORDERS)).hasSize(1 + manyCommits());
    }

    @Test
    void a_commit_whose_answer_was_lost_is_in_once_when_it_is_handed_in_again() throws Exception {
        Optional<Trouble> trouble = trouble();
        assumeTrue(trouble.isPresent(), "n/a: no way to lose an answer is given");
        WritingRun run = run(trouble.get().destination()).claimed();
        Commit.Data data = data(run, 1);
        trouble.get().begin().run();
        assertThat(run.destination().commit(data)).isInstanceOf(CommitOutcome.Unknown.class);
        trouble.get().end().run();

        boolean mayBeGone = run.destination().capabilities().fragments() == Fragment.Kind.SESSION;
        if (mayBeGone && run.destination().commit(data) instanceof CommitOutcome.Stale) {
            // its session ended with its rows: they are written again
            data = data(run.at(run.last() - 1), 1);
        }
        run.committed(data).again(data);

        assertThat(ids(ORDERS)).containsExactly("1");
        assertThat(run().destination().progress(WritingRun.STREAM)).isEqualTo(model.view());
    }

    @Test
    void a_range_must_begin_where_its_split_stands() throws Exception {
        WritingRun run = run().claimed();
        run.committed(range(run, 0, 10));
        ProgressView before = run.destination().progress(WritingRun.STREAM);
        long stands = run.last();

        run.stale(range(run, 0, 10));
        run.at(stands).stale(range(run, 5, 15));
        run.at(stands).stale(range(run, 11, 20));
        Advance otherToken = new Advance(SPLIT, new Position(10, "other"), Position.at(20), false);
        run.at(stands).stale(run.data(run.live(), otherToken, row(run, 7)));

        assertThat(run.destination().progress(WritingRun.STREAM)).isEqualTo(before);
        assertThat(ids(ORDERS)).containsExactly("10");
        run.at(stands).committed(range(run, 10, 20));
    }

    @Test
    void a_finished_split_takes_no_more() throws Exception {
        WritingRun run = run().claimed();
        run.committed(run.data(run.live(), new Advance(SPLIT, Position.START, Position.at(5), true), row(run, 1)));

        run.stale(range(run, 5, 6));

        assertThat(ids(ORDERS)).containsExactly("1");
    }

    @Test
    void a_commit_without_rows_moves_positions() throws Exception {
        WritingRun run = run().claimed();
        run.committed(run.data(run.live(), new Advance(SPLIT, Position.START, new Position(5, "t"), false), List.of()));

        assertThat(run().destination().progress(WritingRun.STREAM).live().position(SPLIT))
                .isEqualTo(new Position(5, "t"));
        assertThat(ids(ORDERS)).isEmpty();
    }

    @Test
    void another_process_reads_exactly_the_progress_that_was_committed() throws Exception {
        WritingRun run = run().claimed();
        run.committed(range(run, 0, 3));
        run.committed(Details.schemaAndRejects(run, row(run, 1)));
        Commit.Begin begin = run.begin(Generation.Kind.REPLACE);
        GenerationId refresh = begin.generation().id();
        run.committed(begin).committed(run.data(refresh, row(run, refresh, 2)));
        assertThat(run().destination().progress(WritingRun.STREAM)).isEqualTo(model.view());
        run.committed(run.publish(refresh));
        run.committed(Details.forgets(run));
        WritingRun next = run().claimed();

        assertThat(next.destination().progress(WritingRun.STREAM)).isEqualTo(model.view());
        assertThat(run.destination().progress(WritingRun.STREAM)).isEqualTo(model.view());
    }

    @Test
    void a_durable_fragment_is_committed_by_another_process_from_its_description() throws Exception {
        WritingRun run = run().claimed();
        assumeTrue(
                run.destination().capabilities().fragments() == Fragment.Kind.DURABLE, "n/a: sessions end with theirs");
        Commit.Data data = data(run, 1);
        run.close();

        run().committed(CommitJson.parse(CommitJson.text(data)));

        assertThat(ids(ORDERS)).containsExactly("1");
        run.again(data);
    }

    @Test
    void what_was_dropped_since_the_last_cut_is_never_seen() throws Exception {
        WritingRun run = run().claimed();
        List<Fragment> kept = row(run, 1);
        run.writer().target(ORDERS, SCHEMA).write(batch(2, "dropped"));
        run.writer().drop();
        List<List<Fragment>> commits = new ArrayList<>();
        commits.add(kept);
        commits.add(row(run, 3));
        run.writer().target(ORDERS, SCHEMA).write(batch(4, "never cut"));
        if (run.destination().capabilities().fragments() == Fragment.Kind.DURABLE) {
            // a commit of several cuts
            commits.set(0, commits.stream().flatMap(List::stream).toList());
            commits.removeLast();
        }
        commits.forEach(fragments -> run.committed(run.data(run.live(), fragments)));
        run.close();

        assertThat(ids(ORDERS)).containsExactlyInAnyOrder("1", "3");
    }

    @Test
    void fragments_say_how_many_rows_they_hold() throws Exception {
        WritingRun run = run().claimed();
        List<Fragment> two = run.write(ORDERS, batch(1, "a"), batch(2, "b"));

        assertThat(two.stream().mapToLong(Fragment::rows).sum()).isEqualTo(2);
        assertThat(run.write(ORDERS).stream().mapToLong(Fragment::rows).sum())
                .as("nothing since the last cut")
                .isZero();
        run.committed(run.data(run.live(), two));
    }

    @Test
    void one_commit_shows_the_rows_of_all_its_targets() throws Exception {
        assumeTrue(!lacks().contains(Behaviour.SEVERAL_TARGETS), "n/a: one target");
        WritingRun run = run().claimed();
        run.writer().target(ORDERS, SCHEMA).write(batch(1, "a"));
        List<Fragment> fragments = run.write(ITEMS, batch(2, "b"));
        run.committed(run.data(run.live(), fragments));

        assertThat(ids(ORDERS)).containsExactly("1");
        assertThat(ids(ITEMS)).containsExactly("2");
    }

    @Test
    void a_sweep_takes_what_older_claims_left_and_nothing_else() throws Exception {
        WritingRun dead = run().claimed();
        row(dead, 1);
        dead.close();
        WritingRun before = run().claimed();
        Commit.Begin begin = before.begin(Generation.Kind.REPLACE);
        GenerationId open = begin.generation().id();
        before.committed(begin).committed(before.data(open, row(before, open, 2)));
        WritingRun run = run().at(before.last());
        Commit.Claim claim = run.claim();
        run.committed(claim);
        List<Fragment> own = row(run, open, 3);
        OptionalInt written = hiddenParts();

        run.destination().sweep(claim);

        assertThat(hiddenParts()).isEqualTo(written.isPresent() ? OptionalInt.of(2) : written);
        run.committed(run.data(open, own)).committed(run.publish(open));
        assertThat(ids(ORDERS)).containsExactlyInAnyOrder("2", "3");
    }

    @Test
    void a_sweep_by_one_that_was_overtaken_takes_nothing_of_the_younger() throws Exception {
        WritingRun old = run();
        Commit.Claim held = old.claim();
        old.committed(held);
        WritingRun young = run().claimed();
        Commit.Data data = data(young, 1);

        old.destination().sweep(held);

        young.committed(data);
        assertThat(ids(ORDERS)).containsExactly("1");
    }
}
