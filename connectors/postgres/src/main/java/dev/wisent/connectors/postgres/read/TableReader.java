package dev.wisent.connectors.postgres.read;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.Stand;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.BlockPool;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.connectors.sql.cursor.Sieve;
import dev.wisent.connectors.sql.read.ChunkSize;
import dev.wisent.connectors.sql.read.OpenTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Reads one split. Of a split with a unique key each statement is a transaction of its own and is read to its end at once, so
/// none waits for what comes behind the reader; the next one begins after the last row's key. Without such a key a
/// statement stays open while its rows are handed out, and only its end is SAFE.
final class TableReader implements SplitReader {
    static final int BLOCK_BYTES = 1 << 20;

    private final ReadOptions options;
    private final BlockPool blocks;
    private final OpenTime openTime;
    private final Watch watch;
    private final Semaphore wakeUps = new Semaphore(0);
    private Optional<Connection> connection = Optional.empty();
    private Optional<Open> open = Optional.empty();
    private boolean paused;

    TableReader(ReadOptions options, BlockPool blocks, OpenTime openTime, Watch watch) {
        this.options = options;
        this.blocks = blocks;
        this.openTime = openTime;
        this.watch = watch;
    }

    /// The split that is being read.
    private static final class Open {
        final Split split;
        final SplitSpec spec;
        final int[] order;
        final ChunkSize size;
        final Optional<Sieve> sieve;
        final Deque<Fetched.Chunk> waiting = new ArrayDeque<>();
        Position at;
        Optional<Running> running = Optional.empty();
        boolean ended;

        Open(Split split, Position after) {
            this.split = split;
            this.spec = SplitSpec.parse(split.spec());
            this.order = spec.orderIndexes();
            this.size = new ChunkSize(spec.rowBytes());
            this.sieve = spec.sieve().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Sieve(Sieve.Spec.parse(spec.sieve()), after.token()));
            this.at = after;
        }

        String token(List<String> last) {
            return sieve.isPresent() ? sieve.get().token(last) : Tokens.text(last);
        }

        boolean isUnique() {
            return spec.chunks() == SplitSpec.Chunks.UNIQUE;
        }
    }

    /// A statement whose rows are being handed out.
    private static final class Running {
        final CopyOut copy;
        final long limit;
        final long began;
        long rows;
        long bytes;
        /// Whether the statement stands at a row that is not in a block.
        boolean ahead;
        List<String> last = List.of();

        Running(CopyOut copy, long limit, long began) {
            this.copy = copy;
            this.limit = limit;
            this.began = began;
        }
    }

    @Override
    public void add(Split split, Position after) {
        open = Optional.of(new Open(split, after));
    }

    @Override
    public void pause(SplitId split) {
        paused = true;
    }

    @Override
    public void resume(SplitId split) {
        paused = false;
    }

    @Override
    public void remove(SplitId split) {
        if (open.filter(o -> o.split.id().equals(split)).isPresent()) {
            if (open.get().running.isPresent()) {
                drop();
            }
            open = Optional.empty();
        }
        paused = false;
    }

    @Override
    public Fetched poll(Duration wait) {
        if (open.isEmpty() || paused) {
            await(wait);
            return new Fetched.Idle();
        }
        Open now = open.get();
        Optional<String> gone = now.spec.isGone();
        if (gone.isPresent()) {
            open = Optional.empty();
            return new Fetched.Expired(now.split.id(), gone.get());
        }
        try {
            return next(now);
        } catch (SQLException failed) {
            drop();
            throw lost(failed, now);
        } catch (RuntimeException | Error broken) {
            drop();
            throw broken;
        }
    }

    /// Reading can go on after what was handed out, unless that was the beginning of something that has to be read as a whole.
    private WisentException lost(SQLException failed, Open now) {
        WisentException failure = PostgresSource.failure(failed, options);
        boolean begun = now.running.filter(r -> r.rows > 0).isPresent() && !now.isUnique();
        now.running = Optional.empty();
        now.waiting.clear();
        if (begun && failure.isTransient()) {
            return WisentException.of(ErrorCode.SOURCE_FAILED, failure.what())
                    .where(failure.where() + ", " + now.split.label())
                    .hint("what is read without a unique key can't go on in the middle; the next run begins it again")
                    .causedBy(failed);
        }
        return failure;
    }

    private Fetched next(Open now) throws SQLException {
        while (now.waiting.isEmpty()) {
            if (now.ended) {
                open = Optional.empty();
                return new Fetched.Ended(now.split.id(), Optional.of(now.at));
            }
            Running running = now.running.isPresent() ? now.running.get() : begin(now);
            now.running = Optional.of(running);
            read(now, running);
        }
        Fetched.Chunk chunk = now.waiting.remove();
        now.at = chunk.stand().orElseThrow().position();
        return chunk;
    }

    private Running begin(Open now) throws SQLException {
        Connection session = connection.isPresent() ? connection.get() : PostgresSource.connectForRows(options);
        connection = Optional.of(session);
        if (!now.spec.snapshot().isEmpty() && session.getAutoCommit()) {
            session.setAutoCommit(false);
            try (Statement statement = session.createStatement()) {
                statement.execute(
                        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY; SET TRANSACTION SNAPSHOT '"
                                + now.spec.snapshot() + "'");
            }
        }
        if (!now.isUnique()) {
            watch.look(session, now.spec);
        }
        long limit = now.size.rows();
        long began = System.nanoTime();
        return new Running(CopyOut.of(session, now.spec.select(Sieve.values(now.at.token()), limit)), limit, began);
    }

    /// Fills blocks: of a unique key until the statement ends, else one.
    private void read(Open now, Running running) throws SQLException {
        Position at = now.at;
        boolean more = true;
        long micros = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
        while (more && (now.isUnique() || now.waiting.isEmpty())) {
            Block block = new Block(blocks);
            more = fill(block, running, now);
            if (!more) {
                finish(now, running);
            } else if (now.isUnique() && running.bytes > ChunkSize.MOST_BYTES) {
                // a cancel may arrive behind the statement, and would end the next one
                drop();
                connection = Optional.of(PostgresSource.connectForRows(options));
                measure(now, running);
                now.running = Optional.empty();
                more = false;
            }
            if (block.rows() > 0) {
                boolean safe = now.isUnique() || now.running.isEmpty();
                String token = safe ? now.token(running.last) : now.at.token();
                at = new Position(at.ordinal() + block.rows(), token);
                Stand stand = safe ? Stand.safe(at) : Stand.notHere(at);
                now.waiting.add(new Fetched.Chunk(now.split.id(), block.payload(), micros, Optional.of(stand)));
            }
        }
        if (now.sieve.isPresent() && !running.last.isEmpty() && (now.isUnique() || now.running.isEmpty())) {
            standBehind(now, new Position(at.ordinal(), now.token(running.last)));
        }
        if (now.isUnique() && !now.waiting.isEmpty()) {
            // behind the statement: whatever changed before it is seen, and nothing of it is handed out yet
            look(now);
        }
    }

    /// The last rows may have been left out; what is read next lies behind them.
    private static void standBehind(Open now, Position end) {
        if (now.waiting.isEmpty()) {
            now.at = end;
        } else {
            Fetched.Chunk last = now.waiting.removeLast();
            now.waiting.add(new Fetched.Chunk(
                    last.split(), last.payload(), last.fetchedAtMicros(), Optional.of(Stand.safe(end))));
        }
    }

    private void look(Open now) throws SQLException {
        try {
            watch.look(connection.orElseThrow(), now.spec);
        } catch (SQLException | WisentException changed) {
            now.waiting.forEach(chunk -> chunk.payload().release());
            now.waiting.clear();
            throw changed;
        }
    }

    /// @return whether the statement has more rows
    private boolean fill(Block block, Running running, Open now) throws SQLException {
        CopyOut copy = running.copy;
        byte[] last = {};
        int lastAt = 0;
        boolean more = running.ahead || copy.next();
        while (more && block.hasRoom(copy.length())) {
            last = copy.data();
            lastAt = copy.at();
            running.rows++;
            if (now.sieve.isEmpty() || now.sieve.get().passes(order(now, last, lastAt))) {
                block.add(last, lastAt, copy.length());
            }
            more = copy.next();
        }
        running.ahead = more;
        running.bytes += block.bytes();
        if (last.length > 0) {
            running.last = order(now, last, lastAt);
        }
        return more;
    }

    private static List<String> order(Open now, byte[] rows, int at) {
        return Tuple.texts(rows, at, now.order, now.spec.columns());
    }

    private void measure(Open now, Running running) {
        long nanos = System.nanoTime() - running.began;
        now.size.read(running.rows, running.bytes, nanos);
        // a snapshot's is told by its planner
        if (now.spec.snapshot().isEmpty()) {
            openTime.took(nanos);
        }
    }

    private void finish(Open now, Running running) throws SQLException {
        now.ended = now.spec.chunks() == SplitSpec.Chunks.WHOLE || running.rows < running.limit;
        measure(now, running);
        now.running = Optional.empty();
        if (!now.spec.snapshot().isEmpty() && connection.isPresent()) {
            connection.get().commit();
            connection.get().setAutoCommit(true);
        }
    }

    private void await(Duration wait) {
        try {
            if (wakeUps.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void committed(SplitId split, Position upTo) {}

    @Override
    public void wakeUp() {
        wakeUps.release();
    }

    /// Ends the connection, in the middle of a statement if need be.
    private void drop() {
        connection.ifPresent(session -> {
            try {
                session.abort(Runnable::run);
            } catch (SQLException gone) {
                // it was lost already, which is why it is dropped
            }
        });
        connection = Optional.empty();
    }

    @Override
    public void close() {
        boolean busy = open.flatMap(o -> o.running).isPresent();
        if (busy) {
            drop();
        }
        connection.ifPresent(session -> {
            try {
                session.close();
            } catch (SQLException gone) {
                // nothing was left to be done on it
            }
        });
        connection = Optional.empty();
        open = Optional.empty();
    }
}
