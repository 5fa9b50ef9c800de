package dev.wisent.connectors.sql.read;

import dev.wisent.api.SplitId;
import dev.wisent.api.StreamState;
import dev.wisent.api.commit.SplitView;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Split;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.sql.cursor.Edge;
import dev.wisent.connectors.sql.cursor.LateRows;
import dev.wisent.connectors.sql.cursor.Sieve;
import dev.wisent.connectors.sql.cursor.Windows;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// An incremental run whose rows may come late: what an earlier run left of its window, or the next one, from a lag before the
/// end of the last one up to the highest cursor there is.
final class LatePlanner implements Planner {
    private final ReadTable table;
    private final List<Split> splits;
    private final List<SplitId> forget;
    private final List<String> warnings;
    private boolean answered;

    private LatePlanner(ReadTable table, List<Split> splits, List<SplitId> forget, List<String> warnings) {
        this.table = table;
        this.splits = List.copyOf(splits);
        this.forget = List.copyOf(forget);
        this.warnings = List.copyOf(warnings);
    }

    /// @param most so many rows may lie within the lag
    static LatePlanner of(LateTable late, ReadRequest request, long most, List<String> warnings) throws SQLException {
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
        return new LatePlanner(late.table(), splits, windows.forgotten(), warnings);
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

    @Override
    public StreamState opening() {
        return StreamState.EMPTY;
    }

    @Override
    public Optional<Schema> schema() {
        return Optional.of(table.schema());
    }

    @Override
    public PlanPage next(Duration wait) {
        if (answered || (splits.isEmpty() && forget.isEmpty())) {
            return new PlanPage.Complete();
        }
        answered = true;
        return new PlanPage.Splits(splits, forget);
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public void close() {}
}
