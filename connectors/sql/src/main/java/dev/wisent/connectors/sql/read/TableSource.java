package dev.wisent.connectors.sql.read;

import dev.wisent.api.Statistics;
import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.BatchSink;
import dev.wisent.api.source.DecodeContext;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Payload;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.ReaderContext;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.api.source.Traits;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.connectors.sql.cursor.CursorLag;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Tables of a database in one file.
///
/// Incremental runs read by (cursor, key), up to the highest cursor there is when they are planned. Writers of such a database
/// come one after the other, so whoever reads sees all of a transaction or nothing, and nobody is half way with a lower cursor
/// that the database gave out itself. A cursor that programs give out may be committed late: [ReadOptions#late].
public final class TableSource implements Source {
    private interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    private final ReadDatabase database;
    private final ReadOptions options;
    private final Map<StreamId, ReadTable> known = new ConcurrentHashMap<>();
    private final OpenTime openTime = new OpenTime();
    private Optional<Connection> kept = Optional.empty();

    public TableSource(ReadDatabase database, ReadOptions options) {
        this.database = database;
        this.options = options;
    }

    private <T> T with(String what, Work<T> work) {
        try (Connection connection = database.connect()) {
            return work.in(connection);
        } catch (SQLException e) {
            throw database.failure(e, what);
        }
    }

    @Override
    public void check() {
        ReadTable table = described(options.stream());
        if (options.cursorField().isPresent() && table.order().isEmpty()) {
            throw unordered(table);
        }
        options.cursorField().ifPresent(cursor -> {
            database.order(column(table, cursor));
            lagging(table, cursor).refuseUnfit();
        });
    }

    private Lagging lagging(ReadTable table, String cursor) {
        return new Lagging(column(table, cursor), options.late().lag().orElse(CursorLag.NONE), database.location());
    }

    /// Who gives a view or a query its values is not looked at.
    @Override
    public Optional<String> unknownFrontier(StreamId stream) {
        if (options.cursorField().isEmpty()
                || options.late().lag().filter(lag -> !lag.isNone()).isPresent()
                || options.query().isPresent()) {
            return Optional.empty();
        }
        String cursor = options.cursorField().get();
        return with("looking at " + stream, in -> database.unknownFrontier(in, stream, cursor));
    }

    private ReadTable described(StreamId stream) {
        return with("looking at " + stream, in -> described(in, stream));
    }

    private ReadTable described(Connection in, StreamId stream) throws SQLException {
        return options.query().isPresent() && stream.equals(options.stream())
                ? database.query(in, stream, options.query().get(), options.primaryKey())
                : database.table(in, stream, options.primaryKey());
    }

    private ReadTable table(StreamId stream) {
        return known.computeIfAbsent(stream, this::described);
    }

    @Override
    public List<StreamInfo> streams() {
        if (options.query().isPresent()) {
            return List.of(info(described(options.stream())));
        }
        return with("looking for tables", in -> {
            List<StreamInfo> all = new ArrayList<>();
            for (StreamId id : database.tables(in)) {
                all.add(found(in, id).with(database.estimatedRows(in, id), database.rights()));
            }
            if (all.size() >= database.keptOpenFrom()) {
                keepOpen();
            }
            return all;
        });
    }

    /// For those that read the tables one after the other.
    private synchronized void keepOpen() {
        if (kept.isEmpty()) {
            kept = Optional.of(database.connect());
        }
    }

    /// A table with columns that can't be read is told without them; whoever reads it learns why. It hides no other.
    private StreamInfo found(Connection in, StreamId id) throws SQLException {
        try {
            return info(described(in, id));
        } catch (WisentException unreadable) {
            if (unreadable.code() != ErrorCode.NOT_SUPPORTED) {
                throw unreadable;
            }
            return new StreamInfo(
                    id,
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    EnumSet.of(SyncMode.FULL_REFRESH, SyncMode.INCREMENTAL),
                    SyncMode.FULL_REFRESH);
        }
    }

    private static StreamInfo info(ReadTable table) {
        Set<SyncMode> modes = EnumSet.of(SyncMode.FULL_REFRESH);
        if (!table.order().isEmpty()) {
            modes.add(SyncMode.INCREMENTAL);
        }
        return new StreamInfo(
                table.stream(),
                Optional.of(table.schema()),
                table.keys(),
                table.schema().fields().stream()
                        .filter(f -> CursorTypes.isCandidate(f.type()))
                        .map(f -> f.name())
                        .toList(),
                modes,
                SyncMode.FULL_REFRESH);
    }

    @Override
    public OptionalInt openSplits(StreamId stream) {
        return database.openSplits();
    }

    @Override
    public Traits traits(StreamId stream) {
        return new Traits(
                Traits.Replay.PREFIX, Traits.Readers.ONE_A_SPLIT, Traits.Publish.AT_END, Traits.Shape.COLUMNS);
    }

    @Override
    public String fingerprint(StreamId stream) {
        return String.join(
                "\n",
                database.location(),
                stream.name(),
                options.query().orElse(""),
                options.cursorField().orElse(""),
                String.join(",", options.primaryKey()));
    }

    @Override
    public Planner plan(ReadRequest request) {
        return new AdvisedPlanner(planned(request), openTime::warnings);
    }

    private Planner planned(ReadRequest request) {
        ReadTable found = described(request.stream());
        TableContract.Verdict verdict =
                options.contract().judge(request.stream().name(), found.schema(), request.accepted());
        ReadTable table = found.without(verdict.unread());
        known.put(request.stream(), table);
        boolean incremental = request.mode() == SyncMode.INCREMENTAL;
        List<String> warnings = new ArrayList<>(verdict.warnings());
        if (table.order().isEmpty()) {
            warnings.add(request.stream()
                    + " has no key: a read that is interrupted begins anew; name columns as primary_key");
        }
        if (incremental) {
            database.unsteady(table).ifPresent(warnings::add);
            unknownFrontier(request.stream())
                    .or(() -> options.late().lag().map(lag -> options.late().loss(cursorField(table))))
                    .ifPresent(warnings::add);
            if (isLate(request)) {
                return late(table, request, warnings);
            }
        }
        boolean isFirst = !incremental || request.progress().splits().isEmpty();
        Supplier<OptionalLong> rows = !isFirst || options.query().isPresent()
                ? OptionalLong::empty
                : () -> with("looking at " + request.stream(), in -> database.estimatedRows(in, request.stream()));
        return incremental
                ? CursorPlanner.of(
                        table, Statements.names(byCursor(table)), request, () -> highest(table), rows, warnings)
                : FullPlanner.of(table, request, () -> bounds(table), rows, warnings);
    }

    /// A query is cut where that is asked for: each range asks it anew.
    private List<String> bounds(ReadTable table) {
        Optional<Long> ranges = options.splits().or(() -> options.query().map(query -> 1L));
        return table.order().isEmpty() || ranges.equals(Optional.of(1L))
                ? List.of()
                : with("looking at " + table.stream(), in -> database.bounds(in, table, ranges));
    }

    /// A window that was begun is read as it was begun.
    private boolean isLate(ReadRequest request) {
        return LatePlanner.isUnfinished(request)
                || (options.late().rows().isPresent() && request.state().isEmpty());
    }

    private Planner late(ReadTable table, ReadRequest request, List<String> warnings) {
        if (table.order().isEmpty()) {
            throw unordered(table);
        }
        long most = options.late().rows().orElse(Long.MAX_VALUE - 1);
        return with("looking for rows that came late", in -> {
            LateTable late = new LateTable(in, database, table, byCursor(table), lagging(table, cursorField(table)));
            Planner planner = LatePlanner.of(late, request, most, warnings);
            database.ended(in);
            return planner;
        });
    }

    private Optional<String> highest(ReadTable table) {
        ReadColumn column = column(table, cursorField(table));
        OrderColumn cursor = database.order(column);
        return with("looking for the highest cursor", in -> {
                    try (var select = in.createStatement();
                            var row = select.executeQuery(database.highest(table, cursor))) {
                        return row.next() ? cursor.values().text(row, 1) : Optional.<String>empty();
                    }
                })
                .map(lagging(table, cursorField(table))::of);
    }

    private String cursorField(ReadTable table) {
        return options.cursorField()
                .orElseThrow(() -> WisentException.of(
                                ErrorCode.NOT_SUPPORTED,
                                "reading " + table.stream() + " incrementally needs cursor_field")
                        .hint("name the column that grows: source: {cursor_field: updated_at}"));
    }

    /// The columns an incremental run reads in the order of.
    private List<OrderColumn> byCursor(ReadTable table) {
        List<OrderColumn> order = new ArrayList<>();
        order.add(database.order(column(table, cursorField(table))));
        order.addAll(database.behindCursor(table));
        return order;
    }

    private ReadColumn column(ReadTable table, String name) {
        return table.columns().stream()
                .filter(c -> c.field().name().equals(name))
                .findFirst()
                .orElseThrow(() -> WisentException.of(
                                ErrorCode.NOT_SUPPORTED, table.stream() + " has no column '" + name + "'")
                        .where(database.location())
                        .hint("its columns: "
                                + String.join(
                                        ", ",
                                        table.schema().fields().stream()
                                                .map(f -> f.name())
                                                .toList())));
    }

    private WisentException unordered(ReadTable table) {
        return WisentException.of(
                        ErrorCode.NOT_SUPPORTED, table.stream() + " has no key that tells rows of one cursor apart")
                .where(database.location())
                .hint("name the columns that identify a row: source: {primary_key: [id]}");
    }

    @Override
    public SplitReader reader(ReaderContext context) {
        ReadTable table = table(context.stream());
        return new TableReader(database, openTime, stretch -> {
            List<OrderColumn> order = stretch.isByCursor() ? byCursor(table) : table.order();
            return new Statements(table, order, database.rowsOfStatement(), database.limit(database.rowsOfStatement()));
        });
    }

    @Override
    public Decoder decoder(Split split, DecodeContext context) {
        return new Handing();
    }

    /// The reader has made the batch.
    private static final class Handing implements Decoder {
        @Override
        public void decode(Fetched.Chunk chunk, BatchSink out) {
            if (chunk.payload() instanceof Payload.Client(RecordBatch batch, long bytes)) {
                out.rows(batch, chunk.stand().orElseThrow());
                return;
            }
            throw new IllegalArgumentException("not a chunk of a table: " + chunk);
        }

        @Override
        public void end(BatchSink out) {}

        @Override
        public void close() {}
    }

    @Override
    public Statistics statistics(Commit commit) {
        return openTime.statistics();
    }

    @Override
    public synchronized void close() {
        try {
            if (kept.isPresent()) {
                kept.get().close();
            }
        } catch (SQLException e) {
            throw database.failure(e, "closing");
        } finally {
            kept = Optional.empty();
        }
    }
}
