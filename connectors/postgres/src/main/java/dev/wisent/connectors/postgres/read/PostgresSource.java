package dev.wisent.connectors.postgres.read;

import dev.wisent.api.Statistics;
import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.BlockPool;
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
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.postgres.Address;
import dev.wisent.connectors.postgres.PostgresFailure;
import dev.wisent.connectors.postgres.Session;
import dev.wisent.connectors.postgres.Side;
import dev.wisent.connectors.sql.read.AdvisedPlanner;
import dev.wisent.connectors.sql.read.OpenTime;
import dev.wisent.connectors.sql.read.TableContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/// The tables and views of a database, or one query.
final class PostgresSource implements Source {
    /// What one worker has read ahead; that two stand still at once is rare.
    private static final int MOST_BLOCKS = 8;

    private final ReadOptions options;
    private final OpenTime openTime = new OpenTime();
    private final Watch watch = new Watch();
    private final BlockPool blocks = new BlockPool(TableReader.BLOCK_BYTES, MOST_BLOCKS);

    PostgresSource(ReadOptions options) {
        this.options = options;
    }

    /// What a planner or a look at the catalog does with a connection.
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /// A connection that reads only.
    static Connection connect(ReadOptions options) throws SQLException {
        return connect(options, options.address());
    }

    /// The same for many rows.
    static Connection connectForRows(ReadOptions options) throws SQLException {
        return MergingSockets.merging(options.address(), address -> connect(options, address));
    }

    private static Connection connect(ReadOptions options, Address address) throws SQLException {
        Connection connection = Session.open(address, "wisent " + options.stream());
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET default_transaction_read_only = on");
            return connection;
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    static <T> T ask(ReadOptions options, Work<T> work) {
        try (Connection connection = connect(options)) {
            return work.with(connection);
        } catch (SQLException failed) {
            throw failure(failed, options);
        }
    }

    static WisentException failure(SQLException failed, ReadOptions options) {
        return PostgresFailure.of(failed, Side.SOURCE, options.address())
                .where(options.address() + ", stream " + options.stream());
    }

    @Override
    public void check() {
        ask(options, connection -> new Check(connection, options).run());
    }

    @Override
    public List<StreamInfo> streams() {
        return ask(options, connection -> Discovery.streams(connection, options));
    }

    @Override
    public Traits traits(StreamId stream) {
        return new Traits(
                Traits.Replay.PREFIX, Traits.Readers.ONE_A_SPLIT, Traits.Publish.EACH_COMMIT, Traits.Shape.COLUMNS);
    }

    @Override
    public Optional<String> unknownFrontier(StreamId stream) {
        return options.mode().equals(Optional.of(SyncMode.INCREMENTAL))
                ? ask(options, connection -> {
                    Relation relation = Relation.find(connection, options);
                    return Warnings.ofLateRows(CursorColumn.of(connection, relation, options), options);
                })
                : Optional.empty();
    }

    @Override
    public String fingerprint(StreamId stream) {
        return options.fingerprint();
    }

    @Override
    public Planner plan(ReadRequest request) {
        TableContract.Verdict verdict = ask(options, connection -> {
            Schema now = Relation.find(connection, options).spec().schema();
            TableContract.Verdict found =
                    options.contract().judge(options.stream().name(), now, request.accepted());
            watch.begin(
                    connection,
                    Relation.find(connection, options.without(found.unread())).spec());
            return found;
        });
        Planner planner = planner(options.without(verdict.unread()), request);
        return verdict.warnings().isEmpty() ? planner : new AdvisedPlanner(planner, verdict::warnings);
    }

    private Planner planner(ReadOptions of, ReadRequest request) {
        if (request.mode() == SyncMode.INCREMENTAL) {
            return ask(of, connection -> WindowPlanner.of(connection, of, request, openTime));
        }
        return of.reading() == ReadOptions.Reading.SNAPSHOT
                ? SnapshotPlanner.of(of, request)
                : ask(of, connection -> FullPlanner.of(connection, of, request, openTime));
    }

    @Override
    public SplitReader reader(ReaderContext context) {
        return new TableReader(options, blocks, openTime, watch);
    }

    @Override
    public Decoder decoder(Split split, DecodeContext context) {
        return new TupleDecoder(
                "stream " + options.stream() + ", " + split.label(),
                SplitSpec.parse(split.spec()),
                context.after().ordinal(),
                options.maxRecordBytes());
    }

    /// `longest_transaction_ms`: the one of a snapshot is told when it ends.
    @Override
    public Statistics statistics(Commit commit) {
        return openTime.statistics();
    }

    @Override
    public void close() {}
}
