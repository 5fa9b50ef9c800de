package dev.wisent.connectors.sql.read;

import dev.wisent.api.SplitId;
import dev.wisent.api.commit.SplitView;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Split;
import dev.wisent.connectors.sql.cursor.Windows;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// An incremental run: one split with the rows behind the last window up to the highest cursor there is now.
final class CursorPlanner {
    /// Asks for the highest cursor.
    @FunctionalInterface
    interface Highest {
        Optional<String> cursor();
    }

    private CursorPlanner() {}

    /// @param order the columns rows are read in the order of, the cursor first
    static Planner of(
            ReadTable table,
            List<String> order,
            ReadRequest request,
            Highest highest,
            Supplier<OptionalLong> rows,
            List<String> warnings) {
        Optional<Window> begun = Window.kept(request.state());
        Optional<String> rekeyed = rekeyed(table, order, request);
        if (begun.isEmpty() && rekeyed.isPresent()) {
            throw WisentException.of(ErrorCode.SOURCE_EXPIRED, rekeyed.get() + ": which ones were read can't be told")
                    .where("stream " + request.stream().name())
                    .hint("a reset of the stream reads it anew")
                    .next("wisent stream reset FILE");
        }
        Window window = begun.orElseGet(() -> next(request, highest));
        List<Split> splits = window.upTo().isEmpty()
                ? List.of()
                : List.of(new Split(
                        window.split(),
                        table.stream().name(),
                        window.stretch(rekeyed.orElse("")).text(),
                        OptionalLong.empty()));
        return new KnownSplits(window.state(), table.schema(), splits, List.of(), rows, warnings);
    }

    /// The window that is not finished goes on; else one begins where the last ended that had rows.
    private static Window next(ReadRequest request, Highest highest) {
        long number = 1;
        for (Map.Entry<SplitId, SplitView> each : request.progress().splits().entrySet()) {
            long of = Window.number(each.getKey());
            number = Math.max(number, each.getValue().finished() ? of + 1 : of);
        }
        KeyToken after = newest(request).map(last -> stands(request, last)).orElse(KeyToken.BEGINNING);
        return new Window(number, after, highest.cursor().orElse(""));
    }

    /// The last window that had rows.
    private static Optional<Map.Entry<SplitId, SplitView>> newest(ReadRequest request) {
        return request.progress().splits().entrySet().stream()
                .filter(each -> Window.number(each.getKey()) > 0)
                .filter(each -> !stands(request, each).values().isEmpty())
                .max(Comparator.comparingLong(each -> Window.number(each.getKey())));
    }

    /// A position in rows of one cursor says nothing of which of them were read once they have another order. A column more
    /// behind those there were is none.
    private static Optional<String> rekeyed(ReadTable table, List<String> order, ReadRequest request) {
        return newest(request)
                .filter(last -> Window.isPlain(last.getKey()))
                .flatMap(last -> KeyToken.by(last.getValue().position().token()))
                .filter(by ->
                        by.size() > order.size() || !order.subList(0, by.size()).equals(by))
                .map(by -> "rows of " + table.from() + " with one cursor were told apart by (" + String.join(", ", by)
                        + ") and are by (" + String.join(", ", order) + ") now");
    }

    /// Behind which key all is read once a split is: behind a window with rows that come late, its edge.
    private static KeyToken stands(ReadRequest request, Map.Entry<SplitId, SplitView> split) {
        return Window.isPlain(split.getKey())
                ? KeyToken.parse(split.getValue().position().token())
                : Windows.of(request.progress())
                        .last()
                        .map(last -> new KeyToken(List.of(last.edge().value())))
                        .orElse(KeyToken.BEGINNING);
    }
}
