package dev.wisent.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.RunId;
import dev.wisent.api.StreamId;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.Reset;
import dev.wisent.api.state.Resets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// At most one reset a job, from the asking to the end.
class ResetsTest {
    private static final JobKey ORDERS = new JobKey("shop", new StreamId("orders"));
    private static final JobKey ITEMS = new JobKey("shop", new StreamId("items"));
    private static final Reset.Begun FIRST = new Reset.Begun(new RunId("first"), 7);
    private static final Reset.Begun SECOND = new Reset.Begun(new RunId("second"), 9);

    @TempDir
    Path folder;

    private SqliteStateStore store;
    private Resets resets;

    @BeforeEach
    void open() {
        store = SqliteStateStore.open(folder.resolve("state.db"));
        resets = store.resets();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_second_asking_gets_the_first_one_and_another_stream_has_its_own() {
        assertThat(resets.ask(ORDERS, wanted("a"))).isEqualTo(wanted("a"));
        assertThat(resets.ask(ORDERS, wanted("b"))).isEqualTo(wanted("a"));
        assertThat(resets.find(ITEMS)).isEmpty();
        assertThat(resets.ask(ITEMS, wanted("c"))).isEqualTo(wanted("c"));
        assertThat(resets.find(ORDERS)).contains(wanted("a"));
    }

    @Test
    void the_run_that_began_it_first_stays_noted_and_survives_a_reopening() {
        resets.ask(ORDERS, wanted("a"));
        resets.begin(ORDERS, "another", SECOND);
        assertThat(resets.find(ORDERS)).contains(wanted("a"));

        resets.begin(ORDERS, "a", FIRST);
        resets.begin(ORDERS, "a", SECOND);
        close();
        open();

        assertThat(resets.find(ORDERS)).contains(begun("a", Reset.Status.PENDING));
        assertThat(resets.ask(ORDERS, wanted("b"))).isEqualTo(begun("a", Reset.Status.PENDING));
    }

    @Test
    void cancelled_before_a_run_began_it_is_forgotten() {
        resets.ask(ORDERS, wanted("a"));
        resets.cancel(ORDERS, "another");
        assertThat(resets.find(ORDERS)).contains(wanted("a"));
        resets.cancel(ORDERS, "a");
        assertThat(resets.find(ORDERS)).isEmpty();
    }

    @Test
    void cancelled_after_a_run_began_it_stays_as_such_until_it_is_ended_or_replaced() {
        resets.ask(ORDERS, wanted("a"));
        resets.begin(ORDERS, "a", FIRST);
        resets.cancel(ORDERS, "a");
        assertThat(resets.find(ORDERS)).contains(begun("a", Reset.Status.CANCELLED));

        assertThat(resets.ask(ORDERS, wanted("b"))).isEqualTo(wanted("b"));
        resets.end(ORDERS, "a");
        assertThat(resets.find(ORDERS)).contains(wanted("b"));
        resets.end(ORDERS, "b");
        assertThat(resets.find(ORDERS)).isEmpty();
    }

    private static Reset wanted(String id) {
        return new Reset(id, Instant.parse("2026-11-20T10:00:00Z"), Optional.empty(), Reset.Status.PENDING);
    }

    private static Reset begun(String id, Reset.Status status) {
        return new Reset(id, wanted(id).asked(), Optional.of(FIRST), status);
    }
}
