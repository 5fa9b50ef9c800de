package dev.wisent.testkit.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.Generation.Kind;
import dev.wisent.api.commit.GenerationId;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A generation is begun, filled, and published or dropped as a whole. Extend [DestinationContract].
public abstract class GenerationRules extends DestinationUnderTest {
    private static GenerationId begun(WritingRun run, Kind kind) {
        Commit.Begin begin = run.begin(kind);
        run.committed(begin);
        return begin.generation().id();
    }

    private static Commit.Data into(GenerationId generation, WritingRun run, long id) {
        return run.data(generation, row(run, generation, id));
    }

    @Test
    void a_refresh_is_hidden_until_it_is_published_and_then_takes_the_place_of_what_was_there() throws Exception {
        WritingRun run = run().claimed();
        run.committed(data(run, 1));
        GenerationId refresh = begun(run, Kind.REPLACE);
        run.committed(into(refresh, run, 2)).committed(into(refresh, run, 3));
        assertThat(ids(ORDERS)).containsExactly("1");

        run.committed(run.publish(refresh));

        assertThat(ids(ORDERS)).containsExactlyInAnyOrder("2", "3");
        assertThat(run.live()).isEqualTo(refresh);
        run.committed(data(run, 4));
        assertThat(ids(ORDERS)).containsExactlyInAnyOrder("2", "3", "4");
    }

    @Test
    void rows_to_be_joined_are_hidden_until_they_are_published_and_then_join_what_was_there() throws Exception {
        WritingRun run = run().claimed();
        run.committed(data(run, 1));
        GenerationId window = begun(run, Kind.APPEND);
        run.committed(into(window, run, 2));
        assertThat(ids(ORDERS)).containsExactly("1");

        run.committed(run.publish(window));

        assertThat(ids(ORDERS)).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void of_a_dropped_generation_nothing_is_ever_seen() throws Exception {
        WritingRun run = run().claimed();
        run.committed(data(run, 1));
        for (Kind kind : Kind.values()) {
            GenerationId dropped = begun(run, kind);
            run.committed(into(dropped, run, 2)).committed(run.drop(dropped));
        }
        GenerationId refresh = begun(run, Kind.REPLACE);
        run.committed(into(refresh, run, 3)).committed(run.publish(refresh));

        assertThat(ids(ORDERS)).containsExactly("3");
        assertThat(run().destination().progress(WritingRun.STREAM)).isEqualTo(model.view());
    }

    @Test
    void a_refresh_that_one_run_left_is_finished_by_the_next() throws Exception {
        WritingRun first = run().claimed();
        first.committed(data(first, 1));
        GenerationId refresh = begun(first, Kind.REPLACE);
        first.committed(into(refresh, first, 2));
        first.close();
        WritingRun next = run();
        Commit.Claim claim = next.at(first.last()).claim();
        next.committed(claim);
        next.destination().sweep(claim);
        next.committed(into(refresh, next, 3)).committed(next.publish(refresh));

        assertThat(ids(ORDERS)).containsExactlyInAnyOrder("2", "3");
    }

    @Test
    void an_empty_refresh_leaves_no_rows() throws Exception {
        WritingRun run = run().claimed();
        run.committed(data(run, 1));
        GenerationId refresh = begun(run, Kind.REPLACE);

        run.committed(run.publish(refresh));

        assertThat(ids(ORDERS)).isEmpty();
    }

    @Test
    void a_publication_handed_in_again_takes_nothing_that_came_after_it() throws Exception {
        WritingRun run = run().claimed();
        GenerationId refresh = begun(run, Kind.REPLACE);
        run.committed(into(refresh, run, 1));
        Commit.Publish publish = run.publish(refresh);
        run.committed(publish).again(publish).committed(data(run, 2));

        run.again(publish);
        run().again(publish);

        assertThat(ids(ORDERS)).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void only_one_generation_is_open_and_only_an_open_one_ends() throws Exception {
        WritingRun run = run().claimed();
        GenerationId unknown = new GenerationId(77);
        long stands = run.last();
        run.stale(run.publish(unknown));
        run.at(stands).stale(run.drop(unknown));
        run.at(stands).stale(into(unknown, run, 1));
        run.at(stands).stale(run.publish(run.live()));
        GenerationId open = begun(run.at(stands), Kind.REPLACE);
        stands = run.last();
        run.stale(run.begin(Kind.REPLACE));
        run.at(stands).committed(into(open, run, 2)).committed(run.publish(open));
        stands = run.last();
        run.stale(run.publish(open));
        run.at(stands).stale(run.drop(open));

        assertThat(ids(ORDERS)).containsExactly("2");
        assertThat(run.destination().progress(WritingRun.STREAM)).isEqualTo(model.view());
    }

    @Test
    void while_a_refresh_is_open_the_live_rows_take_more() throws Exception {
        WritingRun run = run().claimed();
        GenerationId live = run.live();
        GenerationId refresh = begun(run, Kind.REPLACE);
        run.committed(into(refresh, run, 1)).committed(into(live, run, 2));

        assertThat(ids(ORDERS)).isEqualTo(List.of("2"));
        run.committed(run.publish(refresh));
        assertThat(ids(ORDERS)).isEqualTo(List.of("1"));
    }
}
