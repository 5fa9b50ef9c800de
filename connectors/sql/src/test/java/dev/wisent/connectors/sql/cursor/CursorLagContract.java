package dev.wisent.connectors.sql.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.commit.SplitView;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Source;
import dev.wisent.connectors.sql.Reads;
import dev.wisent.testkit.connector.SourceReading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Rows whose writers bring their own cursors and commit late, by less than `cursor_lag`.
public abstract class CursorLagContract {
    /// SQLite takes statements of a million characters.
    private static final int ROWS_A_STATEMENT = 500;

    /// Runs a statement in a database of the test's own.
    protected abstract void run(String statement);

    /// A stream of that database.
    protected abstract Reads reads(String stream);

    /// A type of times in whole microseconds.
    protected abstract String timeType();

    private Reads events(int lagRows) {
        run("CREATE TABLE events (id int PRIMARY KEY, seen_at " + timeType() + ", pad text)");
        return reads("events").by("seen_at").with("cursor_lag", "60s").with("lag_rows", lagRows);
    }

    /// Rows with ids from `first`, second after second from `second` on.
    protected void add(int first, int count, int second, int bytes) {
        List<String> rows = IntStream.range(0, count)
                .mapToObj(i -> "(%d, '2026-11-20 10:00:%02d.%06d', '%s')"
                        .formatted(first + i, second + i / 100_000, i % 100_000, "x".repeat(bytes)))
                .toList();
        for (int from = 0; from < count; from += ROWS_A_STATEMENT) {
            run("INSERT INTO events VALUES "
                    + String.join(", ", rows.subList(from, Math.min(count, from + ROWS_A_STATEMENT))));
        }
    }

    private static List<Integer> ids(List<String> rows) {
        return rows.stream()
                .map(row -> Integer.valueOf(row.replaceAll("^\\{\"id\":(\\d+),.*", "$1")))
                .sorted()
                .toList();
    }

    @Test
    void rows_that_are_committed_late_within_the_lag_are_read_once() {
        Reads reads = events(100);
        add(1, 3, 30, 1);
        SourceReading first = reads.all();
        add(11, 2, 20, 1);
        add(21, 1, 40, 1);
        SourceReading second = reads.after(first.progress());
        SourceReading idle = reads.after(second.progress());
        add(31, 2, 25, 1);
        SourceReading third = reads.after(idle.progress());

        assertThat(ids(first.rows())).containsExactly(1, 2, 3);
        assertThat(ids(second.rows())).containsExactly(11, 12, 21);
        assertThat(idle.planned()).as("no window for nothing").isEmpty();
        assertThat(ids(third.rows())).containsExactly(31, 32);
    }

    @Test
    void runs_that_are_killed_in_the_middle_of_the_lag_leave_each_row_once() {
        Reads reads = events(10_000);
        add(1, 4_500, 10, 1_000);
        List<Integer> delivered = new ArrayList<>();
        Map<SplitId, SplitView> progress = new HashMap<>();
        for (int run = 0; run < 6; run++) {
            SourceReading reading = reads.after(progress);
            int killedAt = run % 2 == 0 ? 1 + run / 2 : Integer.MAX_VALUE;
            Map<SplitId, SplitView> after = new HashMap<>(progress);
            reading.planned().forEach(id -> after.putIfAbsent(id, new SplitView(Position.START, false)));
            int commits = 0;
            for (SourceReading.OfSplit split : reading.splits()) {
                if (commits++ >= killedAt) {
                    break;
                }
                // killed after a chunk, or at the end of the split
                int stand = commits == killedAt
                        ? IntStream.range(0, split.stands().size())
                                .filter(i -> split.stands().get(i).isSafe())
                                .skip(1)
                                .findFirst()
                                .orElse(split.stands().size() - 1)
                        : split.stands().size() - 1;
                boolean ended = commits != killedAt;
                delivered.addAll(ids(split.rows().subList(0, split.rowsBefore().get(stand))));
                after.put(
                        split.split().id(),
                        ended
                                ? split.end()
                                : new SplitView(split.stands().get(stand).position(), false));
            }
            progress.clear();
            progress.putAll(after);
            add(10_000 + run * 100, 50, 5 + run, 1);
        }
        delivered.addAll(ids(reads.after(finished(reads, progress, delivered)).rows()));

        assertThat(delivered).doesNotHaveDuplicates();
        assertThat(delivered).hasSize(4_500 + 6 * 50);
    }

    /// What is left of a window, read to its end.
    private static Map<SplitId, SplitView> finished(
            Reads reads, Map<SplitId, SplitView> progress, List<Integer> delivered) {
        SourceReading reading = reads.after(progress);
        delivered.addAll(ids(reading.rows()));
        return reading.progress();
    }

    @Test
    void a_row_that_is_later_than_the_lag_is_lost_and_a_warning_says_so() {
        Reads reads = events(100).with("cursor_lag", "5s");
        add(1, 1, 30, 1);
        SourceReading first = reads.all();
        add(2, 1, 20, 1);
        add(3, 1, 27, 1);

        assertThat(ids(reads.after(first.progress()).rows())).containsExactly(3);
        try (Source source = reads.open();
                Planner planner = source.plan(new ReadRequest(
                        reads.id(), SyncMode.INCREMENTAL, GenerationView.EMPTY, StreamState.EMPTY, Optional.empty()))) {
            assertThat(planner.warnings()).anyMatch(warning -> warning.contains("more than cursor_lag ahead of them"));
        }
    }

    @Test
    void more_rows_than_lag_rows_stop_the_run_with_a_way_out() {
        Reads reads = events(2);
        add(1, 3, 30, 1);

        assertThatThrownBy(reads::all)
                .isInstanceOfSatisfying(
                        WisentException.class, error -> assertThat(error.hint()).contains("a shorter cursor_lag"));
    }
}
