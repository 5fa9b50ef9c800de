package dev.wisent.connectors.sql.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Source;
import dev.wisent.connectors.sql.Reads;
import dev.wisent.testkit.connector.SourceReading;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The same of databases whose open transactions nobody looks at.
public abstract class TableLagContract extends CursorLagContract {
    private static final String TEN = "2026-11-20 10:";

    /// Told that rows don't come late, where something has to be told.
    protected abstract Reads untold(Reads reads);

    private Reads events() {
        run("CREATE TABLE events (id int PRIMARY KEY, seen_at " + timeType() + ")");
        return reads("events").by("seen_at");
    }

    private void add(int id, String minutes) {
        run("INSERT INTO events VALUES (" + id + ", '" + TEN + minutes + "')");
    }

    private static List<Integer> ids(SourceReading reading) {
        return reading.rows().stream()
                .map(row -> Integer.valueOf(row.replaceAll("^\\{\"id\":(\\d+),.*", "$1")))
                .sorted()
                .toList();
    }

    private static List<String> warnings(Reads reads) {
        try (Source source = reads.open();
                Planner planner = source.plan(new ReadRequest(
                        reads.id(), SyncMode.INCREMENTAL, GenerationView.EMPTY, StreamState.EMPTY, Optional.empty()))) {
            return planner.warnings();
        }
    }

    @Test
    void without_a_lag_a_row_that_is_committed_late_is_lost_and_a_warning_says_so() {
        Reads reads = untold(events());
        add(1, "30:00");
        SourceReading first = reads.all();
        add(2, "29:00");
        add(3, "31:00");

        assertThat(ids(reads.after(first.progress()))).containsExactly(3);
        assertThat(warnings(reads)).anyMatch(warning -> warning.contains("are lost"));
    }

    @Test
    void a_lag_alone_leaves_what_lies_within_it_to_a_later_run() {
        Reads reads = events().with("cursor_lag", "10m");
        add(1, "00:00");
        add(2, "25:00");
        add(3, "30:00");
        SourceReading first = reads.all();
        add(4, "21:00");
        add(5, "40:00");

        assertThat(ids(first)).containsExactly(1);
        assertThat(ids(reads.after(first.progress()))).containsExactly(2, 3, 4);
    }

    @Test
    void a_stream_that_is_told_of_a_lag_later_or_no_more_goes_on_where_it_was() {
        Reads reads = events();
        Reads told = reads.with("cursor_lag", "10m").with("lag_rows", 100);
        add(1, "30:00");
        SourceReading first = untold(reads).all();
        add(2, "31:00");
        add(3, "32:00");
        SourceReading second = told.after(first.progress());
        add(4, "31:30");
        add(5, "33:00");
        SourceReading third = told.after(second.progress());
        add(6, "34:00");
        SourceReading fourth = untold(reads).after(third.progress());
        add(7, "35:00");
        SourceReading fifth = told.after(fourth.progress());
        add(8, "34:30");

        assertThat(ids(first)).containsExactly(1);
        assertThat(ids(second)).containsExactly(2, 3);
        assertThat(ids(third)).containsExactly(4, 5);
        assertThat(ids(fourth)).containsExactly(6);
        assertThat(ids(fifth)).containsExactly(7);
        assertThat(ids(told.after(fifth.progress()))).containsExactly(8);
    }

    @Test
    void a_lag_is_taken_from_numbers_and_refused_where_it_fits_no_value() {
        run("CREATE TABLE counted (id int PRIMARY KEY, seen_at int)");
        run("INSERT INTO counted VALUES (1, 10), (2, 20)");
        Reads reads = reads("counted").by("seen_at").with("cursor_lag", "15").with("lag_rows", 10);
        SourceReading first = reads.all();
        run("INSERT INTO counted VALUES (3, 6), (4, 5)");

        assertThat(ids(first)).containsExactly(1, 2);
        assertThat(ids(reads.after(first.progress())))
                .as("5 lies behind the lag")
                .containsExactly(3);
        assertThatThrownBy(() -> reads.with("cursor_lag", "10m").open().check())
                .hasMessageContaining("cursor_lag can't be taken from column 'seen_at'");
    }
}
