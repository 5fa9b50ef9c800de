package dev.wisent.connectors.sql.read;

import dev.wisent.api.SplitId;
import dev.wisent.api.commit.SplitView;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Split;
import dev.wisent.connectors.sql.cursor.Windows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// An incremental run: one split with the rows behind the last window up to the highest cursor there is now.
final class CursorPlanner {
    /// Asks for the highest cursor.
    @FunctionalInterface
    interface Highest {
        Optional<String> cursor();
    }

    private CursorPlanner() {}

    static Planner of(ReadTable table, ReadRequest request, Highest highest, OptionalLong rows, List<String> warnings) {
        Window window = Window.kept(request.state()).orElseGet(() -> next(request, highest));
        List<Split> splits = window.upTo().isEmpty()
                ? List.of()
                : List.of(new Split(
                        window.split(), table.stream().name(), window.stretch().text(), OptionalLong.empty()));
        return new KnownSplits(window.state(), table.schema(), splits, List.of(), rows, warnings);
    }

    /// The window that is not finished goes on; else one begins where the last ended that had rows.
    private static Window next(ReadRequest request, Highest highest) {
        long number = 1;
        KeyToken after = KeyToken.BEGINNING;
        long newest = 0;
        for (Map.Entry<SplitId, SplitView> each : request.progress().splits().entrySet()) {
            long of = Window.number(each.getKey());
            number = Math.max(number, each.getValue().finished() ? of + 1 : of);
            KeyToken stands = stands(request, each.getKey(), each.getValue());
            if (of > newest && !stands.values().isEmpty()) {
                newest = of;
                after = stands;
            }
        }
        return new Window(number, after, highest.cursor().orElse(""));
    }

    /// Behind which key all is read once a split is: behind a window with rows that come late, its edge.
    private static KeyToken stands(ReadRequest request, SplitId split, SplitView view) {
        return Window.isPlain(split)
                ? KeyToken.parse(view.position().token())
                : Windows.of(request.progress())
                        .last()
                        .map(last -> new KeyToken(List.of(last.edge().value())))
                        .orElse(KeyToken.BEGINNING);
    }
}
