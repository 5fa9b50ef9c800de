package dev.wisent.connectors.sql.read;

import dev.wisent.api.SplitId;
import dev.wisent.api.StreamState;
import dev.wisent.api.commit.SplitView;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Split;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.sql.cursor.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// An incremental run: one split with the rows behind the last window up to the highest cursor there is now.
final class CursorPlanner implements Planner {
    /// Asks for the highest cursor.
    @FunctionalInterface
    interface Highest {
        Optional<String> cursor();
    }

    private final ReadTable table;
    private final ReadRequest request;
    private final OptionalLong rows;
    private final List<String> warnings;
    private final Window window;
    private boolean answered;

    CursorPlanner(ReadTable table, ReadRequest request, Highest highest, OptionalLong rows, List<String> warnings) {
        this.rows = rows;
        this.table = table;
        this.request = request;
        this.warnings = List.copyOf(warnings);
        this.window = Window.kept(request.state()).orElseGet(() -> next(highest));
    }

    /// The window that is not finished goes on; else one begins where the last ended that had rows.
    private Window next(Highest highest) {
        long number = 1;
        KeyToken after = KeyToken.BEGINNING;
        long newest = 0;
        for (Map.Entry<SplitId, SplitView> each : request.progress().splits().entrySet()) {
            long of = Window.number(each.getKey());
            number = Math.max(number, each.getValue().finished() ? of + 1 : of);
            KeyToken stands = stands(each.getKey(), each.getValue());
            if (of > newest && !stands.values().isEmpty()) {
                newest = of;
                after = stands;
            }
        }
        return new Window(number, after, highest.cursor().orElse(""));
    }

    /// Behind which key all is read once a split is: behind a window with rows that come late, its edge.
    private KeyToken stands(SplitId split, SplitView view) {
        return Window.isPlain(split)
                ? KeyToken.parse(view.position().token())
                : Windows.of(request.progress())
                        .last()
                        .map(last -> new KeyToken(List.of(last.edge().value())))
                        .orElse(KeyToken.BEGINNING);
    }

    @Override
    public StreamState opening() {
        return window.state();
    }

    @Override
    public Optional<Schema> schema() {
        return Optional.of(table.schema());
    }

    @Override
    public PlanPage next(Duration wait) {
        if (answered) {
            return new PlanPage.Complete();
        }
        answered = true;
        List<Split> splits = new ArrayList<>();
        if (!window.upTo().isEmpty()) {
            splits.add(new Split(
                    window.split(), table.stream().name(), window.stretch().text(), OptionalLong.empty()));
        }
        return new PlanPage.Splits(splits, List.of());
    }

    @Override
    public OptionalLong estimatedRows() {
        return rows;
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public void close() {}
}
