package dev.wisent.connectors.sql.read;

import dev.wisent.api.SplitId;
import dev.wisent.api.StreamState;
import dev.wisent.api.commit.SplitView;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Split;
import dev.wisent.connectors.sql.cursor.Edge;
import dev.wisent.connectors.sql.cursor.LateRows;
import dev.wisent.connectors.sql.cursor.Sieve;
import dev.wisent.connectors.sql.cursor.Windows;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// An incremental run whose rows may come late: what an earlier run left of its window, or the next one, from a lag before the
/// end of the last one up to the highest cursor there is.
final class LatePlanner {
    private LatePlanner() {}

    /// @param most so many rows may lie within the lag
    static Planner of(LateTable late, ReadRequest request, long most, List<String> warnings) throws SQLException {
        LateRows rows = new LateRows(late, most, request.stream().name());
        Windows known = Windows.of(request.progress());
        Windows windows = plain(request, known, late).orElse(known);
        Optional<Windows.Window> window =
                windows.isFinished() ? rows.next(windows, request.progress()) : windows.last();
        List<Split> splits = new ArrayList<>();
        if (window.isPresent()) {
            List<Sieve.Spec> sieves = rows.sieves(windows, window.get(), request.progress());
            for (int part = 0; part < window.get().parts(); part++) {
                Stretch stretch = late.stretch(window.get(), part, sieves.get(part));
                splits.add(new Split(
                        window.get().id(part),
                        late.table().stream().name() + " " + window.get().edge() + ", part " + (part + 1),
                        stretch.text(),
                        OptionalLong.empty()));
            }
        }
        return new KnownSplits(
                StreamState.EMPTY, late.table().schema(), splits, windows.forgotten(), OptionalLong::empty, warnings);
    }

    /// Whether a window of this kind was begun and not read to its end.
    static boolean isUnfinished(ReadRequest request) {
        return !Windows.of(request.progress()).isFinished();
    }

    /// Where the last window was one of [CursorPlanner]: it remembers none of its rows.
    private static Optional<Windows> plain(ReadRequest request, Windows known, LateTable late) {
        long newest = known.last().map(Windows.Window::number).orElse(0L);
        return request.progress().splits().entrySet().stream()
                .filter(each -> Window.isPlain(each.getKey()) && Window.number(each.getKey()) > newest)
                .filter(each -> !each.getValue().position().token().isEmpty())
                .max(Comparator.comparingLong(each -> Window.number(each.getKey())))
                .map(each -> plain(each, late));
    }

    private static Windows plain(Map.Entry<SplitId, SplitView> last, LateTable late) {
        String cursor =
                KeyToken.parse(last.getValue().position().token()).values().getFirst();
        Windows.Window read = new Windows.Window(
                Window.number(last.getKey()), Optional.empty(), Edge.upTo(cursor), late.by(), List.of());
        return new Windows(Optional.of(read), true, Optional.empty(), List.of());
    }
}
