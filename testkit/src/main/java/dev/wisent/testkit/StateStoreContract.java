package dev.wisent.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.RunId;
import dev.wisent.api.StreamId;
import dev.wisent.api.state.Holder;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.LeaseOutcome;
import dev.wisent.api.state.Reset;
import dev.wisent.api.state.RunRecord;
import dev.wisent.api.state.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [StateStore] does. A store's test extends it and says how one is opened.
public abstract class StateStoreContract {
    private static final JobKey ORDERS = new JobKey("shop", new StreamId("orders"));
    private static final JobKey ITEMS = new JobKey("shop", new StreamId("items"));
    private static final LeaseOutcome GRANTED = new LeaseOutcome.Granted();
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final String HERE = "here";
    private static final Reset.Begun FIRST = new Reset.Begun(new RunId("first"), 7);
    private static final Reset.Begun SECOND = new Reset.Begun(new RunId("second"), 9);

    private StateStore store;

    /// Opens the store of this test: empty at first, and with what was written when it is opened again.
    protected abstract StateStore open();

    /// For a store that forgets when it is closed: the open one.
    protected StateStore reopened(StateStore before) {
        before.close();
        return open();
    }

    @BeforeEach
    final void openStore() {
        store = open();
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    @Test
    void the_second_run_is_told_who_holds_the_lease() {
        assertThat(store.acquire(ORDERS, me("first"), LONG)).isEqualTo(GRANTED);

        assertThat(store.acquire(ORDERS, me("second"), LONG)).isInstanceOfSatisfying(LeaseOutcome.Held.class, held -> {
            assertThat(held.by().run()).isEqualTo(new RunId("first"));
            assertThat(held.by().host()).isEqualTo(HERE);
            assertThat(held.by().pid()).isEqualTo(me("first").pid());
            assertThat(held.expires()).isAfter(held.by().since());
        });
        assertThat(store.acquire(ITEMS, me("second"), LONG))
                .as("another stream has a lease of its own")
                .isEqualTo(GRANTED);
        assertThat(store.leases())
                .extracting(held -> held.by().run().value())
                .containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void who_asks_twice_for_its_own_lease_has_it() {
        assertThat(store.acquire(ORDERS, me("first"), LONG)).isEqualTo(GRANTED);
        assertThat(store.acquire(ORDERS, me("first"), LONG)).isEqualTo(GRANTED);
    }

    @Test
    void only_its_holder_releases_a_lease_and_then_it_is_free() {
        store.acquire(ORDERS, me("first"), LONG);
        store.release(ORDERS, me("second"));
        assertThat(store.acquire(ORDERS, me("second"), LONG)).isInstanceOf(LeaseOutcome.Held.class);

        store.release(ORDERS, me("first"));
        assertThat(store.leases()).isEmpty();
        assertThat(store.acquire(ORDERS, me("second"), LONG)).isEqualTo(GRANTED);
    }

    @Test
    void an_expired_lease_is_taken_and_its_old_holder_can_no_longer_renew_it() {
        store.acquire(ORDERS, me("first"), SHORT);
        Awaitility.await().until(() -> store.acquire(ORDERS, me("second"), LONG).equals(GRANTED));

        assertThat(store.renew(ORDERS, me("first"), LONG)).isFalse();
        assertThat(store.renew(ORDERS, me("second"), LONG)).isTrue();
    }

    @Test
    void a_renewed_lease_lives_on() {
        store.acquire(ORDERS, me("first"), SHORT);
        assertThat(store.renew(ORDERS, me("first"), LONG)).isTrue();
        assertThat(store.acquire(ORDERS, me("second"), LONG)).isInstanceOf(LeaseOutcome.Held.class);
    }

    @Test
    void a_holder_of_this_machine_whose_process_is_gone_is_replaced_at_once() {
        Instant longAgo = Instant.parse("2020-01-01T00:00:00Z");
        store.acquire(ORDERS, new Holder(new RunId("old"), HERE, me("new").pid(), longAgo, longAgo), LONG);

        assertThat(store.acquire(ORDERS, me("new"), LONG)).isEqualTo(GRANTED);
        assertThat(store.leases())
                .singleElement()
                .satisfies(held -> assertThat(held.by().run()).isEqualTo(new RunId("new")));
    }

    @Test
    void a_holder_on_another_machine_is_never_taken_for_dead() {
        store.acquire(ORDERS, new Holder(new RunId("far"), "elsewhere", 1L << 40, Instant.EPOCH, Instant.now()), LONG);

        assertThat(store.acquire(ORDERS, me("near"), LONG)).isInstanceOf(LeaseOutcome.Held.class);
    }

    @Test
    void of_eight_threads_one_gets_the_lease() throws Exception {
        List<Callable<LeaseOutcome>> contenders = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String run = "run-" + i;
            contenders.add(() -> store.acquire(ORDERS, me(run), LONG));
        }
        List<LeaseOutcome> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<LeaseOutcome> outcome : threads.invokeAll(contenders)) {
                outcomes.add(outcome.get());
            }
        }
        assertThat(outcomes).containsOnlyOnce(GRANTED);
    }

    @Test
    void runs_come_newest_first_and_are_rewritten_under_their_id() {
        store.saveRun(run("a", "shop", 1, RunRecord.Status.RUNNING));
        store.saveRun(run("b", "other", 2, RunRecord.Status.FAILED));
        store.saveRun(run("c", "shop", 3, RunRecord.Status.RUNNING));
        RunRecord ended = run("a", "shop", 1, RunRecord.Status.SUCCEEDED);
        store.saveRun(ended);

        store = reopened(store);

        assertThat(store.runs(Optional.empty(), 10))
                .extracting(r -> r.run().value())
                .containsExactly("c", "b", "a");
        assertThat(store.runs(Optional.of("shop"), 10)).last().isEqualTo(ended);
        assertThat(store.runs(Optional.of("other"), 10)).containsExactly(run("b", "other", 2, RunRecord.Status.FAILED));
        assertThat(store.runs(Optional.of("shop"), 1)).hasSize(1);
    }

    @Test
    void copies_of_progress_come_back_as_they_were_written() {
        store.saveProgress(ORDERS, "{\"n\":1}");
        store.saveProgress(ORDERS, "{ \"n\": 2, \"a\": \"ü\\u0000𝄞\" }");

        store = reopened(store);

        assertThat(store.progress(ORDERS)).contains("{ \"n\": 2, \"a\": \"ü\\u0000𝄞\" }");
        assertThat(store.progress(ITEMS)).isEmpty();
        assertThat(store.jobs()).containsExactly(ORDERS);
    }

    @Test
    void jobs_are_listed_in_order() {
        JobKey capital = new JobKey("Zoo", new StreamId("orders"));
        store.saveProgress(ORDERS, "{}");
        store.saveProgress(ITEMS, "{}");
        store.saveProgress(capital, "{}");
        assertThat(store.jobs()).containsExactly(capital, ITEMS, ORDERS);
    }

    @Test
    void a_second_asking_gets_the_first_reset_and_another_stream_has_its_own() {
        assertThat(store.resets().ask(ORDERS, wanted("a"))).isEqualTo(wanted("a"));
        assertThat(store.resets().ask(ORDERS, wanted("b"))).isEqualTo(wanted("a"));
        assertThat(store.resets().find(ITEMS)).isEmpty();
        assertThat(store.resets().ask(ITEMS, wanted("c"))).isEqualTo(wanted("c"));
        assertThat(store.resets().find(ORDERS)).contains(wanted("a"));
    }

    @Test
    void the_run_that_began_a_reset_first_stays_noted() {
        store.resets().ask(ORDERS, wanted("a"));
        store.resets().begin(ORDERS, "another", SECOND);
        assertThat(store.resets().find(ORDERS)).contains(wanted("a"));
        store.resets().begin(ORDERS, "a", FIRST);
        store.resets().begin(ORDERS, "a", SECOND);

        store = reopened(store);

        assertThat(store.resets().find(ORDERS)).contains(begun("a", Reset.Status.PENDING));
        assertThat(store.resets().ask(ORDERS, wanted("b"))).isEqualTo(begun("a", Reset.Status.PENDING));
    }

    @Test
    void a_reset_that_is_cancelled_before_a_run_began_it_is_forgotten() {
        store.resets().ask(ORDERS, wanted("a"));
        store.resets().cancel(ORDERS, "another");
        assertThat(store.resets().find(ORDERS)).contains(wanted("a"));
        store.resets().cancel(ORDERS, "a");
        assertThat(store.resets().find(ORDERS)).isEmpty();
    }

    @Test
    void a_reset_that_is_cancelled_after_a_run_began_it_stays_until_it_is_ended_or_replaced() {
        store.resets().ask(ORDERS, wanted("a"));
        store.resets().begin(ORDERS, "a", FIRST);
        store.resets().cancel(ORDERS, "a");
        assertThat(store.resets().find(ORDERS)).contains(begun("a", Reset.Status.CANCELLED));

        assertThat(store.resets().ask(ORDERS, wanted("b"))).isEqualTo(wanted("b"));
        store.resets().end(ORDERS, "a");
        assertThat(store.resets().find(ORDERS)).contains(wanted("b"));
        store.resets().end(ORDERS, "b");
        assertThat(store.resets().find(ORDERS)).isEmpty();
    }

    /// This process, as the holder of a lease.
    protected static Holder me(String run) {
        ProcessHandle self = ProcessHandle.current();
        return new Holder(
                new RunId(run), HERE, self.pid(), self.info().startInstant().orElse(Instant.EPOCH), Instant.now());
    }

    /// A run that began `second` seconds after a fixed time.
    protected static RunRecord run(String id, String pipeline, long second, RunRecord.Status status) {
        Instant started = Instant.ofEpochSecond(1_800_000_000L + second);
        boolean ended = status != RunRecord.Status.RUNNING;
        boolean failed = status == RunRecord.Status.FAILED;
        return new RunRecord(
                new RunId(id),
                pipeline,
                pipeline + "-to-file",
                status,
                started,
                ended ? Optional.of(started.plusMillis(1500)) : Optional.empty(),
                failed ? Optional.of("W4002") : Optional.empty(),
                failed ? Optional.of("writing failed") : Optional.empty(),
                "{}");
    }

    private static Reset wanted(String id) {
        return new Reset(id, Instant.parse("2026-11-20T10:00:00Z"), Optional.empty(), Reset.Status.PENDING);
    }

    private static Reset begun(String id, Reset.Status status) {
        return new Reset(id, wanted(id).asked(), Optional.of(FIRST), status);
    }
}
