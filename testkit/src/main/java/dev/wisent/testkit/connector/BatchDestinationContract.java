package dev.wisent.testkit.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wisent.api.TargetId;
import dev.wisent.api.destination.BatchDestination;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.RecordBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every [BatchDestination] does: rows are there for good when `write` returns, a full refresh is hidden until it is
/// published, types it can't hold are refused. That rows come once is not promised, and not tested. A destination's test
/// extends it and says how one is opened, and how its rows are read. Each test has a place of its own, empty at first.
public abstract class BatchDestinationContract extends WrittenRows {
    private final List<BatchDestination> opened = new ArrayList<>();
    private Optional<BatchDestination> showing = Optional.empty();

    /// Opens a destination at the place of this test. Called several times in a test: each stands for another process, and
    /// all see the same.
    protected abstract BatchDestination open() throws Exception;

    /// A destination that can't be reached or written, with a password that must not be told. Empty: not tested.
    protected Optional<Unusable> unusable() throws Exception {
        return Optional.empty();
    }

    /// A destination whose [BatchDestination#check] must fail.
    ///
    /// @param secrets what no message may hold
    public record Unusable(BatchDestination destination, List<String> secrets) {}

    @AfterEach
    final void closeAll() {
        opened.reversed().forEach(BatchDestination::close);
    }

    private BatchDestination opened() throws Exception {
        BatchDestination destination = open();
        opened.add(destination);
        return destination;
    }

    /// One that was checked, as before each run.
    private BatchDestination ready() throws Exception {
        BatchDestination destination = opened();
        destination.check();
        return destination;
    }

    @Override
    final void show(TargetId target, List<RecordBatch> batches) throws Exception {
        if (showing.isEmpty()) {
            showing = Optional.of(ready());
        }
        for (RecordBatch batch : batches) {
            showing.get().write(target, batch);
        }
    }

    @Test
    void a_check_writes_no_rows() throws Exception {
        BatchDestination destination = ready();
        destination.check();

        assertThat(ids(ORDERS)).isEmpty();
        assertThat(destination.location()).isNotBlank();
    }

    @Test
    void a_check_that_fails_says_what_is_wrong_and_no_secret() throws Exception {
        Optional<Unusable> unusable = unusable();
        assumeTrue(unusable.isPresent(), "n/a: no unusable destination is given");
        BatchDestination destination = unusable.get().destination();
        opened.add(destination);

        assertThatThrownBy(destination::check)
                .isInstanceOfAny(WisentException.class, IOException.class)
                .satisfies(failure -> Refusal.isTold(failure, unusable.get().secrets()));
    }

    @Test
    void rows_are_there_when_they_were_written_and_for_good() throws Exception {
        BatchDestination destination = ready();
        destination.write(ORDERS, batch(1, "a"));
        assertThat(ids(ORDERS)).containsExactly("1");
        destination.close();
        opened.remove(destination);

        ready().write(ORDERS, batch(2, "b"));

        assertThat(ids(ORDERS)).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void a_refresh_is_hidden_until_it_is_published_and_then_takes_the_place_of_what_was_there() throws Exception {
        assumeTrue(!lacks().contains(Behaviour.HIDDEN_REFRESH), "n/a: shows every row at once");
        ready().write(ORDERS, batch(1, "a"));
        BatchDestination destination = ready();
        destination.begin();
        destination.write(ORDERS, batch(2, "b"));
        assertThat(ids(ORDERS)).containsExactly("1");

        destination.publish();

        assertThat(ids(ORDERS)).containsExactly("2");
        ready().write(ORDERS, batch(3, "c"));
        assertThat(ids(ORDERS)).containsExactlyInAnyOrder("2", "3");
    }

    @Test
    void a_refresh_that_one_run_left_is_finished_by_the_next() throws Exception {
        assumeTrue(!lacks().contains(Behaviour.HIDDEN_REFRESH), "n/a: shows every row at once");
        BatchDestination first = ready();
        first.begin();
        first.write(ORDERS, batch(1, "a"));
        BatchDestination next = ready();
        next.write(ORDERS, batch(2, "b"));
        next.publish();

        assertThat(ids(ORDERS)).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void of_a_refresh_that_was_given_up_nothing_is_seen() throws Exception {
        assumeTrue(!lacks().contains(Behaviour.HIDDEN_REFRESH), "n/a: shows every row at once");
        BatchDestination first = ready();
        first.begin();
        first.write(ORDERS, batch(1, "a"));
        BatchDestination next = ready();
        next.begin();
        next.write(ORDERS, batch(2, "b"));
        next.publish();

        assertThat(ids(ORDERS)).containsExactly("2");
    }

    @Test
    void an_empty_refresh_leaves_no_rows() throws Exception {
        assumeTrue(!lacks().contains(Behaviour.HIDDEN_REFRESH), "n/a: shows every row at once");
        ready().write(ORDERS, batch(1, "a"));
        BatchDestination destination = ready();
        destination.begin();
        destination.publish();

        assertThat(ids(ORDERS)).isEmpty();
    }
}
