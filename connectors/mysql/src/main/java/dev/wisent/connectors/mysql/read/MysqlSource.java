package dev.wisent.connectors.mysql.read;

import dev.wisent.api.Statistics;
import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.DecodeContext;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.ReaderContext;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.api.source.Traits;
import dev.wisent.connectors.mysql.MysqlFailure;
import dev.wisent.connectors.mysql.Session;
import dev.wisent.connectors.mysql.Side;
import dev.wisent.connectors.sql.read.AdvisedPlanner;
import dev.wisent.connectors.sql.read.OpenTime;
import dev.wisent.connectors.sql.read.TableContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The tables and views of a database, or one query.
final class MysqlSource implements Source {
    /// What a server says to an EXPLAIN of a view whose tables it may not show.
    private static final int VIEW_NO_EXPLAIN = 1345;

    private final ReadOptions options;
    private final OpenTime openTime = new OpenTime();
    private volatile Optional<Planned> known = Optional.empty();

    MysqlSource(ReadOptions options) {
        this.options = options;
    }

    /// What is asked of the server.
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /// A connection that only reads.
    Connection connect() throws SQLException {
        return Session.reading(options.address());
    }

    <T> T ask(Work<T> work) {
        try (Connection connection = connect()) {
            return work.with(connection);
        } catch (SQLException failed) {
            throw failure(failed);
        }
    }

    /// What the server expects a query to look at, in rows; empty: it may not say.
    OptionalLong expectedRows(String select) {
        return ask(in -> {
            try {
                return Asked.one(in, "EXPLAIN " + select, row -> row.getLong("rows"))
                        .map(OptionalLong::of)
                        .orElseGet(OptionalLong::empty);
            } catch (SQLException refused) {
                if (refused.getErrorCode() == VIEW_NO_EXPLAIN) {
                    return OptionalLong.empty();
                }
                throw refused;
            }
        });
    }

    WisentException failure(SQLException failed) {
        return MysqlFailure.of(failed, Side.SOURCE, options.address())
                .where(options.address() + ", stream " + options.stream());
    }

    /// What a stream was when it was planned.
    record Planned(Relation relation, Shape shape) {
        static Planned of(Connection in, ReadOptions options) throws SQLException {
            Relation relation = new Catalog(in, options).relation();
            return new Planned(relation, Shape.of(in, relation));
        }
    }

    Planned planned() {
        if (known.isEmpty()) {
            known = Optional.of(ask(in -> Planned.of(in, options)));
        }
        return known.get();
    }

    @Override
    public void check() {
        ask(in -> {
            Relation relation = new Catalog(in, options).relation();
            if (options.mode().equals(Optional.of(SyncMode.INCREMENTAL))) {
                CursorColumn.of(in, relation, options).refuseUnsafe(in, relation, options);
            }
            SplitSpec none = new SplitSpec("1 = 0", relation.order(), 0, "");
            try (Statement statement = in.createStatement()) {
                statement.setEscapeProcessing(false);
                statement
                        .executeQuery(new Select(relation, none).text(List.of(), 1))
                        .close();
            }
            return relation;
        });
    }

    @Override
    public List<StreamInfo> streams() {
        return ask(in -> Discovery.streams(new Catalog(in, options), options));
    }

    @Override
    public Traits traits(StreamId stream) {
        return new Traits(
                Traits.Replay.PREFIX, Traits.Readers.ONE_A_SPLIT, Traits.Publish.EACH_COMMIT, Traits.Shape.COLUMNS);
    }

    @Override
    public Optional<String> unknownFrontier(StreamId stream) {
        return options.mode().equals(Optional.of(SyncMode.INCREMENTAL))
                ? ask(in -> CursorColumn.of(in, new Catalog(in, options).relation(), options)
                        .lost(options))
                : Optional.empty();
    }

    @Override
    public String fingerprint(StreamId stream) {
        return options.fingerprint();
    }

    @Override
    public Planner plan(ReadRequest request) {
        return ask(in -> {
            Relation found = new Catalog(in, options).relation();
            TableContract.Verdict verdict =
                    options.contract().judge(options.stream().name(), found.schema(), request.accepted());
            Relation relation = found.without(verdict.unread());
            known = Optional.of(new Planned(relation, Shape.of(in, relation)));
            Planner planner = request.mode() == SyncMode.INCREMENTAL
                    ? WindowPlanner.of(in, this, relation, options, request, openTime)
                    : FullPlanner.of(in, relation, options, request, openTime);
            return verdict.warnings().isEmpty() ? planner : new AdvisedPlanner(planner, verdict::warnings);
        });
    }

    @Override
    public SplitReader reader(ReaderContext context) {
        return new TableReader(this, options, openTime);
    }

    @Override
    public Decoder decoder(Split split, DecodeContext context) {
        return new RowDecoder(
                "stream " + options.stream() + ", " + split.label(),
                context.after().ordinal());
    }

    @Override
    public Statistics statistics(Commit commit) {
        return openTime.statistics();
    }

    @Override
    public void close() {}
}
