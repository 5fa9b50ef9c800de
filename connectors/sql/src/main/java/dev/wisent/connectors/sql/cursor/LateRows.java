package dev.wisent.connectors.sql.cursor;

import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Plans windows of a cursor whose rows may come late by as much as a lag: each goes up to the highest cursor there is, and
/// begins that lag before the end of the one before it. Rows of that [Tail] that were handed out are known by their hashes, in
/// the positions of the splits that read them, and are left out ([Sieve]).
///
/// @param table what is asked of the database
/// @param most so many rows may lie in a tail
/// @param what the stream, for people
/// @param rangeRows so many rows of a tail are one split, as long as that makes no more than 64: what it remembers is stored
///     with each of its commits
public record LateRows(Table table, long most, String what, int rangeRows) {
    private static final int USUAL_RANGE = 2_000;
    private static final int MOST_RANGES = 64;

    public LateRows(Table table, long most, String what) {
        this(table, most, what, USUAL_RANGE);
    }

    /// A table as the planner sees it now.
    public interface Table {
        /// The highest cursor; empty: there is none.
        Optional<String> highest() throws SQLException;

        /// A cursor less the lag, but not below `since`.
        String lagging(String highest, Optional<String> since) throws SQLException;

        /// Cursor and key of at most `limit` rows of a part of a tail, in their order.
        List<List<String>> rows(Windows.Window window, int part, long limit) throws SQLException;

        /// The columns rows are told apart by: the cursor, then the key.
        List<String> by();

        /// Their types.
        String types();

        /// The first window, whose rows are not cut by the cursor.
        Windows.Window first(Edge edge) throws SQLException;
    }

    /// The next window.
    ///
    /// @return empty: there is nothing new
    public Optional<Windows.Window> next(Windows windows, GenerationView progress) throws SQLException {
        Optional<String> highest = table.highest();
        if (highest.isEmpty()) {
            return Optional.empty();
        }
        refuseOthers(windows);
        Edge edge = Edge.upTo(highest.get());
        Optional<Edge> since = windows.remembered()
                .flatMap(Windows.Window::tail)
                .map(tail -> Edge.upTo(tail.above()))
                .or(() -> windows.last().map(Windows.Window::edge));
        String above = table.lagging(highest.get(), since.map(Edge::value));
        Windows.Window plain = windows.last().isEmpty()
                ? table.first(edge)
                : new Windows.Window(windows.last().get().number() + 1, since, edge, table.by(), List.of());
        Tail whole = new Tail(above, table.by(), table.types(), List.of());
        Windows.Window open = plain.with(whole);
        List<List<String>> rows = table.rows(open, open.parts() - 1, most + 1);
        if (rows.size() > most) {
            throw tooMany();
        }
        boolean moved = since.map(Edge::value).filter(above::equals).isEmpty();
        if (!moved && windows.seen(progress).of(rows).size() == rows.size()) {
            return Optional.empty();
        }
        return Optional.of(plain.with(new Tail(above, table.by(), table.types(), bounds(rows))));
    }

    private List<List<String>> bounds(List<List<String>> rows) {
        int range = Math.max(rangeRows, rows.size() / MOST_RANGES + 1);
        List<List<String>> bounds = new ArrayList<>();
        for (int last = range - 1; last < rows.size() - 1; last += range) {
            bounds.add(rows.get(last));
        }
        return bounds;
    }

    /// What each part of a window leaves out, and whether it remembers its rows.
    public List<Sieve.Spec> sieves(Windows windows, Windows.Window window, GenerationView progress)
            throws SQLException {
        refuseOthers(windows);
        SeenRows seen = windows.seen(progress);
        SeenRows left = windows.seen(progress);
        List<Sieve.Spec> tail = new ArrayList<>();
        for (int part = window.bounds().size() + 1; part < window.parts(); part++) {
            SeenRows here = seen.isEmpty() ? seen : seen.of(table.rows(window, part, Long.MAX_VALUE));
            left.removeAll(here);
            tail.add(new Sieve.Spec(here.text(), Sieve.Keeping.ROWS));
        }
        List<Sieve.Spec> all = new ArrayList<>();
        for (int part = 0; part <= window.bounds().size(); part++) {
            all.add(new Sieve.Spec(left.text(), Sieve.Keeping.NOTHING));
        }
        all.addAll(tail);
        return all;
    }

    /// Rows are known by the texts of these columns.
    private void refuseOthers(Windows windows) {
        Optional<Tail> tail = windows.remembered().flatMap(Windows.Window::tail);
        if (tail.isPresent()
                && !(tail.get().by().equals(table.by()) && tail.get().types().equals(table.types()))) {
            throw WisentException.of(
                            ErrorCode.SOURCE_EXPIRED,
                            "rows within cursor_lag were remembered by ("
                                    + tail.get().types() + "), and are told apart by (" + table.types()
                                    + ") now: they can't be recognised")
                    .where("stream " + what)
                    .hint("a reset of the stream reads it anew")
                    .next("wisent stream reset FILE");
        }
    }

    private WisentException tooMany() {
        return WisentException.of(
                        ErrorCode.NOT_SUPPORTED,
                        "more than " + most
                                + " rows lie within cursor_lag of the highest cursor, and no more than lag_rows"
                                + " are remembered")
                .where("stream " + what)
                .hint(
                        "a shorter cursor_lag, more lag_rows, or cursor_lag without lag_rows: then what lies within it waits"
                                + " for a later run");
    }
}
