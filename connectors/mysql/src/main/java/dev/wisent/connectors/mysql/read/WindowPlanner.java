package dev.wisent.connectors.mysql.read;

import dev.wisent.api.SplitId;
import dev.wisent.api.StreamState;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Split;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.sql.cursor.CursorLag;
import dev.wisent.connectors.sql.cursor.Edge;
import dev.wisent.connectors.sql.cursor.LateRows;
import dev.wisent.connectors.sql.cursor.Sieve;
import dev.wisent.connectors.sql.cursor.Windows;
import dev.wisent.connectors.sql.read.OpenTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// An incremental read: what an earlier run left of its window, or the next window, from the edge of the last one to what is
/// final now. The first window has all rows, so it is read by ranges of the key.
final class WindowPlanner implements Planner {
    private final Relation relation;
    private final List<Split> splits;
    private final List<SplitId> forget;
    private final List<String> warnings;
    private final Supplier<OptionalLong> rows;
    private final OpenTime openTime;
    private boolean answered;

    private WindowPlanner(
            Relation relation,
            List<Split> splits,
            List<SplitId> forget,
            List<String> warnings,
            Supplier<OptionalLong> rows,
            OpenTime openTime) {
        this.relation = relation;
        this.splits = List.copyOf(splits);
        this.forget = List.copyOf(forget);
        this.warnings = List.copyOf(warnings);
        this.rows = rows;
        this.openTime = openTime;
    }

    static WindowPlanner of(
            Connection in,
            MysqlSource source,
            Relation relation,
            ReadOptions options,
            ReadRequest request,
            OpenTime openTime)
            throws SQLException {
        CursorColumn cursor = CursorColumn.of(in, relation, options);
        cursor.refuseUnsafe(in, relation, options);
        Windows windows = Windows.of(request.progress());
        Look look = new Look(
                in,
                source,
                relation,
                cursor,
                options,
                TableIdentity.of(in, relation),
                request.progress(),
                new ArrayList<>());
        look.warn();
        look.judge(windows);
        Optional<Windows.Window> window = windows.isFinished() ? look.next(windows) : windows.last();
        List<Split> splits = window.isPresent() ? look.splits(windows, window.get()) : List.of();
        Optional<String> select = window.map(look::select);
        Supplier<OptionalLong> rows = () -> select.isEmpty() ? OptionalLong.of(0) : source.expectedRows(select.get());
        return new WindowPlanner(relation, splits, windows.forgotten(), look.warnings(), rows, openTime);
    }

    /// What is asked of the server for a plan.
    private record Look(
            Connection in,
            MysqlSource source,
            Relation relation,
            CursorColumn cursor,
            ReadOptions options,
            TableIdentity table,
            GenerationView progress,
            List<String> warnings) {
        void warn() throws SQLException {
            String name = cursor.column().name();
            if (options.lag().isPresent()) {
                warnings.add(options.late().loss(name));
            }
            cursor.lost(options).ifPresent(warnings::add);
            if (cursor.index() == CursorColumn.Index.MISSING) {
                warnings.add("no index begins with '" + name + "', so each statement looks at the whole table: "
                        + cursor.index(relation));
            }
            if (cursor.nulls() == CursorColumn.Nulls.POSSIBLE && exists(cursor.quoted() + " IS NULL")) {
                warnings.add("rows without a value in '" + name + "' are not read");
            }
            if (cursor.kind() == CursorColumn.Kind.INSTANT
                    && exists(cursor.quoted() + " > NOW() + INTERVAL 1 MINUTE")) {
                warnings.add("rows whose '" + name + "' lies in the future are not read until then");
            }
        }

        /// Asks for the rows of a window.
        String select(Windows.Window window) {
            return "SELECT 1 FROM " + relation.from() + " AS t WHERE "
                    + window.filter(cursor.quoted(), cursor.column().form()::literal);
        }

        /// @throws WisentException when the table is not the one that was read, and that is frozen
        void judge(Windows windows) throws SQLException {
            Optional<Windows.Window> last = windows.last();
            Optional<String> changed = last.flatMap(
                    window -> table.changed(window, relation, cursor.column().name()));
            if (changed.isEmpty()) {
                return;
            }
            String what = options.contract().judge(options.stream().name(), changed.get());
            if (exists(last.get().edge().within(cursor.quoted(), cursor.column().form()::literal))) {
                warnings.add(what + ": rows with a '" + cursor.column().name() + "' "
                        + last.get().edge() + " count as read, whatever they are; 'wisent stream reset' reads them");
            }
        }

        private boolean exists(String condition) throws SQLException {
            return Asked.one(
                            in,
                            "SELECT 1 FROM " + relation.from() + " AS t WHERE " + condition + " LIMIT 1",
                            row -> row.getInt(1))
                    .isPresent();
        }

        /// @return empty: there is nothing new that is final
        Optional<Windows.Window> next(Windows windows) throws SQLException {
            if (options.late().rows().isPresent()) {
                return lateRows().next(windows, progress).map(window -> window.of(table.text()));
            }
            Optional<Edge> edge = edge();
            if (edge.isEmpty()) {
                return Optional.empty();
            }
            if (windows.last().isEmpty()) {
                return Optional.of(late().first(edge.get()).of(table.text()));
            }
            Windows.Window window =
                    windows.last().get().next(edge.get(), late().by()).of(table.text());
            return exists(window.filter(cursor.quoted(), cursor.column().form()::literal))
                    ? Optional.of(window)
                    : Optional.empty();
        }

        private LateTable late() {
            return new LateTable(in, relation, cursor, options);
        }

        private LateRows lateRows() {
            return new LateRows(
                    late(),
                    options.late().rows().orElse(Long.MAX_VALUE - 1),
                    options.stream().name());
        }

        private Optional<Edge> edge() throws SQLException {
            if (options.lag().isPresent()) {
                return cursor.highest(in, relation, options.lag().get()).map(Edge::upTo);
            }
            Transactions transactions = new Transactions(source, in);
            // numbers are drawn in their order, so whoever draws one below this has begun by now
            Optional<String> drawn = cursor.kind() == CursorColumn.Kind.DRAWN
                    ? cursor.highest(in, relation, CursorLag.NONE)
                    : Optional.empty();
            long now = transactions.now();
            Optional<String> left = transactions.awaitEnded(now);
            if (left.isPresent()) {
                warnings.add("nothing new is read while somebody who may have written before this run is not done: "
                        + left.get());
                return Optional.empty();
            }
            return cursor.kind() == CursorColumn.Kind.DRAWN
                    ? drawn.map(Edge::upTo)
                    : Optional.of(Edge.below(cursor.valueAt(now, options)));
        }

        List<Split> splits(Windows windows, Windows.Window window) throws SQLException {
            boolean same = window.by().equals(relation.order()) || window.by().equals(late().by());
            List<Sieve.Spec> sieves =
                    same && window.tail().isPresent() ? lateRows().sieves(windows, window, progress) : List.of();
            List<Split> splits = new ArrayList<>();
            for (int part = 0; part < window.parts(); part++) {
                SplitSpec spec = window.range(part) < 0 || !same ? body(window, part, same) : late().part(window, part);
                String sieve = sieves.isEmpty() ? "" : sieves.get(part).text();
                splits.add(new Split(
                        window.id(part),
                        cursor.column().name() + " " + window.edge()
                                + (window.parts() > 1 ? ", part " + (part + 1) + " of " + window.parts() : ""),
                        new SplitSpec(
                                        spec.where(),
                                        spec.order(),
                                        rowBytes(),
                                        same ? "" : "the key of " + relation.from() + " has changed",
                                        sieve)
                                .json(),
                        OptionalLong.empty()));
            }
            return splits;
        }

        private SplitSpec body(Windows.Window window, int part, boolean same) {
            String filter = window.filter(part, cursor.quoted(), cursor.column().form()::literal);
            String range = window.bounds().isEmpty() || !same
                    ? ""
                    : new KeyRanges(window.bounds().stream().map(List::getFirst).toList()).where(relation, part);
            return new SplitSpec(filter + (range.isEmpty() ? "" : " AND " + range), window.by(), 0, "");
        }

        private long rowBytes() {
            return relation.rows() == 0 ? 0 : Math.max(1, relation.bytes() / relation.rows());
        }
    }

    @Override
    public StreamState opening() {
        return StreamState.EMPTY;
    }

    @Override
    public Optional<Schema> schema() {
        return Optional.of(relation.schema());
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
    public OptionalLong estimatedRows() {
        return rows.get();
    }

    @Override
    public List<String> warnings() {
        return Stream.concat(warnings.stream(), openTime.warnings().stream()).toList();
    }

    @Override
    public void close() {}
}
