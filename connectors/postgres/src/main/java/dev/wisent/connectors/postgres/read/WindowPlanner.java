package dev.wisent.connectors.postgres.read;

import dev.wisent.api.SplitId;
import dev.wisent.api.StreamState;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Split;
import dev.wisent.columnar.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// An incremental read: what an earlier run left of its window, or the next window, from the edge of the last one to the
/// frontier of now. The first window has all rows, so it is read by ranges of the key.
final class WindowPlanner implements Planner {
    private final Schema schema;
    private final List<Split> splits;
    private final List<SplitId> forget;
    private final List<String> warnings;
    private final OpenTime openTime;
    private boolean answered;

    private WindowPlanner(
            Schema schema, List<Split> splits, List<SplitId> forget, List<String> warnings, OpenTime openTime) {
        this.schema = schema;
        this.splits = List.copyOf(splits);
        this.forget = List.copyOf(forget);
        this.warnings = List.copyOf(warnings);
        this.openTime = openTime;
    }

    static WindowPlanner of(Connection connection, ReadOptions options, ReadRequest request, OpenTime openTime)
            throws SQLException {
        Relation relation = Relation.find(connection, options);
        CursorColumn cursor = CursorColumn.of(connection, relation, options);
        cursor.refuseUnsafe(connection, relation, options);
        FullPlanner.refuseNulls(connection, relation);
        List<String> warnings = new ArrayList<>(Warnings.of(connection, relation));
        warnings.addAll(Warnings.ofCursor(connection, relation, cursor, options));
        Windows windows = Windows.of(request.progress());
        Look look = new Look(connection, relation, cursor, options, warnings);
        Optional<Windows.Window> window = windows.isFinished() ? look.next(windows) : windows.last();
        List<Split> splits = new ArrayList<>();
        if (window.isPresent()) {
            for (int part = 0; part < window.get().parts(); part++) {
                splits.add(look.split(window.get(), part));
            }
        }
        return new WindowPlanner(relation.spec().schema(), splits, windows.forgotten(), warnings, openTime);
    }

    /// What is asked of the server for a plan.
    private record Look(
            Connection connection, Relation relation, CursorColumn cursor, ReadOptions options, List<String> warnings) {
        /// @return empty: there is nothing new that is final
        Optional<Windows.Window> next(Windows windows) throws SQLException {
            Optional<Edge> edge = new EdgeFinder(connection, relation, cursor, options, warnings).find();
            if (edge.isEmpty()) {
                return Optional.empty();
            }
            if (windows.last().isEmpty()) {
                boolean byKey = relation.chunks() == SplitSpec.Chunks.UNIQUE;
                return Optional.of(new Windows.Window(
                        1,
                        Optional.empty(),
                        edge.get(),
                        byKey ? relation.key() : cursorOrder(),
                        byKey ? KeyRanges.of(connection, relation, options).bounds() : List.of()));
            }
            Windows.Window window = windows.last().get().next(edge.get(), cursorOrder());
            boolean hasRows = Sql.is(
                    connection,
                    "SELECT EXISTS (SELECT 1 FROM " + relation.from() + " AS t WHERE " + window.filter(cursor.quoted())
                            + ")");
            return hasRows ? Optional.of(window) : Optional.empty();
        }

        /// The cursor, then what tells rows of the same cursor apart.
        private List<String> cursorOrder() {
            List<String> order = new ArrayList<>(List.of(cursor.column().name()));
            relation.key().stream().filter(name -> !order.contains(name)).forEach(order::add);
            return order;
        }

        Split split(Windows.Window window, int part) {
            boolean unique = relation.chunks() == SplitSpec.Chunks.UNIQUE;
            SplitSpec whole = SplitSpec.whole(relation.from(), relation.columns())
                    .inOrder(unique ? SplitSpec.Chunks.UNIQUE : SplitSpec.Chunks.TIES, window.by())
                    .where(window.filter(cursor.quoted()));
            SplitSpec spec = KeyRanges.cut(whole, window.bounds(), part);
            if (!window.by().equals(relation.key()) && !window.by().equals(cursorOrder())) {
                spec = spec.gone("the key of " + relation.from() + " has changed");
            }
            String label = cursor.column().name() + " " + window.edge()
                    + (window.parts() > 1 ? ", " + FullPlanner.label(spec) : "");
            return new Split(window.id(part), label, spec.json(), OptionalLong.empty());
        }
    }

    @Override
    public StreamState opening() {
        return StreamState.EMPTY;
    }

    @Override
    public Optional<Schema> schema() {
        return Optional.of(schema);
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
        return Stream.concat(warnings.stream(), openTime.warnings().stream()).toList();
    }

    @Override
    public void close() {}
}
