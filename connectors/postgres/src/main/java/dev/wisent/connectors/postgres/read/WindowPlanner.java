package dev.wisent.connectors.postgres.read;

import dev.wisent.api.SplitId;
import dev.wisent.api.StreamState;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Split;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.postgres.Session;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An incremental read: what an earlier run left of its window, or the next window, from the edge of the last one to the
/// frontier of now. The first window has all rows, so it is read by ranges of the key.
final class WindowPlanner implements Planner {
    private final Schema schema;
    private final List<Split> splits;
    private final List<SplitId> forget;
    private final List<String> warnings;
    private final Supplier<OptionalLong> rows;
    private final OpenTime openTime;
    private boolean answered;

    private WindowPlanner(
            Schema schema,
            List<Split> splits,
            List<SplitId> forget,
            List<String> warnings,
            Supplier<OptionalLong> rows,
            OpenTime openTime) {
        this.schema = schema;
        this.splits = List.copyOf(splits);
        this.forget = List.copyOf(forget);
        this.warnings = List.copyOf(warnings);
        this.rows = rows;
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
        Look look = new Look(
                connection, relation, cursor, options, TableIdentity.of(connection, relation), request, warnings);
        look.judge(windows);
        Optional<Windows.Window> window = windows.isFinished() ? look.next(windows) : windows.last();
        List<Split> splits = window.isPresent() ? look.splits(windows, window.get()) : List.of();
        Optional<String> select = window.map(look::select);
        Supplier<OptionalLong> rows = () -> select.isEmpty()
                ? OptionalLong.of(0)
                : PostgresSource.ask(options, asked -> expected(asked, select.get()));
        return new WindowPlanner(relation.spec().schema(), splits, windows.forgotten(), warnings, rows, openTime);
    }

    /// The window that has all rows there are: by ranges of the key, where there is one.
    ///
    /// @param order the cursor, then what tells rows of the same cursor apart
    static Windows.Window first(
            Connection connection, Relation relation, ReadOptions options, Edge edge, List<String> order)
            throws SQLException {
        boolean byKey = relation.chunks() == SplitSpec.Chunks.UNIQUE;
        return new Windows.Window(
                1,
                Optional.empty(),
                edge,
                byKey ? relation.key() : order,
                byKey ? KeyRanges.of(connection, relation, options).bounds() : List.of());
    }

    /// What the server expects of a query, in rows.
    private static OptionalLong expected(Connection connection, String select) throws SQLException {
        String plan = Sql.one(connection, "EXPLAIN (FORMAT JSON) " + select, row -> row.getString(1));
        JsonNode rows = JsonMapper.shared().readTree(plan).at("/0/Plan/Plan Rows");
        return rows.isNumber() ? OptionalLong.of(rows.longValue()) : OptionalLong.empty();
    }

    /// What is asked of the server for a plan.
    private record Look(
            Connection connection,
            Relation relation,
            CursorColumn cursor,
            ReadOptions options,
            TableIdentity table,
            ReadRequest request,
            List<String> warnings) {
        /// @throws WisentException when the table is not the one that was read, and that is frozen
        void judge(Windows windows) throws SQLException {
            Optional<Windows.Window> last = windows.last();
            Optional<String> changed = last.flatMap(
                    window -> table.changed(window, relation, cursor.column().name()));
            if (changed.isEmpty()) {
                return;
            }
            String what = options.contract().judge(options.stream().name(), changed.get());
            if (TableIdentity.hasRowsBefore(connection, last.get(), relation, cursor)) {
                warnings.add(what + ": rows with a '" + cursor.column().name() + "' "
                        + last.get().edge() + " count as read, whatever they are; 'wisent stream reset' reads them");
            }
        }

        /// @return empty: there is nothing new that is final
        Optional<Windows.Window> next(Windows windows) throws SQLException {
            if (options.late().rows().isPresent()) {
                return lateRows().next(windows, request.progress()).map(window -> window.of(table.text()));
            }
            Optional<Edge> edge = new EdgeFinder(connection, relation, cursor, options, warnings).find();
            if (edge.isEmpty()) {
                return Optional.empty();
            }
            if (windows.last().isEmpty()) {
                return Optional.of(first(connection, relation, options, edge.get(), cursorOrder())
                        .of(table.text()));
            }
            cursor.refuseSetBack(connection, windows.last().get(), relation);
            Windows.Window window =
                    windows.last().get().next(edge.get(), cursorOrder()).of(table.text());
            boolean hasRows = Sql.is(
                    connection,
                    "SELECT EXISTS (SELECT 1 FROM " + relation.from() + " AS t WHERE "
                            + window.filter(cursor.quoted(), Session::literal) + ")");
            return hasRows ? Optional.of(window) : Optional.empty();
        }

        /// Asks for the rows of a window.
        String select(Windows.Window window) {
            return "SELECT 1 FROM " + relation.from() + " AS t WHERE "
                    + window.filter(cursor.quoted(), Session::literal);
        }

        private LateTable late() {
            return new LateTable(connection, relation, cursor, options);
        }

        private LateRows lateRows() {
            return new LateRows(
                    late(),
                    options.late().rows().orElse(Long.MAX_VALUE - 1),
                    options.stream().name());
        }

        private List<String> cursorOrder() {
            return relation.orderBehind(cursor.column().name());
        }

        List<Split> splits(Windows windows, Windows.Window window) throws SQLException {
            Optional<String> gone = gone(window);
            List<Sieve.Spec> sieves = gone.isEmpty() && window.tail().isPresent()
                    ? lateRows().sieves(windows, window, request.progress())
                    : List.of();
            List<Split> splits = new ArrayList<>();
            for (int part = 0; part < window.parts(); part++) {
                SplitSpec spec = window.range(part) < 0 ? body(window, part) : late().part(whole(), window, part);
                if (gone.isPresent()) {
                    spec = spec.gone(gone.get());
                } else if (!sieves.isEmpty()) {
                    spec = spec.sifted(sieves.get(part));
                }
                String label = cursor.column().name() + " " + window.edge()
                        + (window.parts() > 1 ? ", " + FullPlanner.label(spec) : "");
                splits.add(new Split(window.id(part), label, spec.json(), OptionalLong.empty()));
            }
            return splits;
        }

        /// Why a window can't be read on.
        private Optional<String> gone(Windows.Window window) {
            if (table.isMadeAnew(window)) {
                return Optional.of(relation.from() + " was dropped and made anew");
            }
            boolean same = window.by().equals(relation.key()) || window.by().equals(cursorOrder());
            return same ? Optional.empty() : Optional.of("the key of " + relation.from() + " has changed");
        }

        private SplitSpec whole() {
            return SplitSpec.whole(relation.from(), relation.columns());
        }

        private SplitSpec body(Windows.Window window, int part) {
            boolean unique = relation.chunks() == SplitSpec.Chunks.UNIQUE;
            SplitSpec ordered = whole().inOrder(unique ? SplitSpec.Chunks.UNIQUE : SplitSpec.Chunks.TIES, window.by())
                    .where(window.filter(part, cursor.quoted(), Session::literal));
            return KeyRanges.cut(ordered, window.bounds(), part);
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
