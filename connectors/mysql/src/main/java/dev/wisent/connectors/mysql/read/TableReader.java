package dev.wisent.connectors.mysql.read;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.Stand;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Payload;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.connectors.sql.cursor.Sieve;
import dev.wisent.connectors.sql.read.ChunkSize;
import dev.wisent.connectors.sql.read.OpenTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Reads one split. Of a split with a key each statement is a transaction of its own and is read to its end at once, so none
/// waits for what comes behind the reader; the next one begins after the last row's key. Without a key a statement stays
/// open while its rows are handed out, and only its end is SAFE.
final class TableReader implements SplitReader {
    /// The driver takes so many rows at a time from the server, and holds no others.
    private static final int FETCH_ROWS = 500;

    private final MysqlSource source;
    private final ReadOptions options;
    private final OpenTime openTime;
    private final Semaphore wakeUps = new Semaphore(0);
    private Optional<Connection> connection = Optional.empty();
    private Optional<Open> open = Optional.empty();
    private boolean paused;

    TableReader(MysqlSource source, ReadOptions options, OpenTime openTime) {
        this.source = source;
        this.options = options;
        this.openTime = openTime;
    }

    /// The split that is being read.
    private static final class Open {
        final Split split;
        final SplitSpec spec;
        final Relation relation;
        final Shape shape;
        final RowReader rows;
        final ChunkSize size;
        final Optional<Sieve> sieve;
        final Deque<Fetched.Chunk> waiting = new ArrayDeque<>();
        /// Behind what was handed out.
        Position at;
        Optional<Running> running = Optional.empty();
        boolean ended;

        Open(Split split, Position after, MysqlSource.Planned planned, ReadOptions options) {
            this.split = split;
            this.spec = SplitSpec.parse(split.spec());
            this.relation = planned.relation();
            this.shape = planned.shape();
            this.rows = new RowReader(relation, options);
            this.size = new ChunkSize(spec.rowBytes());
            this.sieve = spec.sieve().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Sieve(Sieve.Spec.parse(spec.sieve()), after.token()));
            this.at = after;
        }

        String token(List<String> last) {
            return sieve.isPresent() ? sieve.get().token(last) : Tokens.text(last);
        }

        boolean hasKey() {
            return !spec.order().isEmpty();
        }
    }

    /// A statement whose rows are being taken.
    private static final class Running {
        final Statement statement;
        final ResultSet rows;
        final long limit;
        final long began;
        long count;
        long bytes;
        List<String> last;
        boolean atEnd;

        Running(Statement statement, ResultSet rows, long limit, long began, List<String> last) {
            this.statement = statement;
            this.rows = rows;
            this.limit = limit;
            this.began = began;
            this.last = last;
        }
    }

    @Override
    public void add(Split split, Position after) {
        open = Optional.of(new Open(split, after, source.planned(), options));
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
        boolean lostPlace = !now.hasKey() && now.at.ordinal() > 0 && now.running.isEmpty() && !now.ended;
        if (!now.spec.gone().isEmpty() || lostPlace) {
            open = Optional.empty();
            return new Fetched.Expired(
                    now.split.id(),
                    lostPlace ? "what has no key can't be read on from where it was left" : now.spec.gone());
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
        WisentException failure = source.failure(failed);
        boolean begun = now.running.isPresent() && !now.hasKey() && now.at.ordinal() > 0;
        now.running = Optional.empty();
        now.waiting.clear();
        if (begun && failure.isTransient()) {
            return WisentException.of(ErrorCode.SOURCE_FAILED, failure.what())
                    .where(failure.where() + ", " + now.split.label())
                    .hint("what is read without a key can't go on in the middle; the next run begins it again")
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
            if (now.running.isEmpty()) {
                now.running = Optional.of(begin(now));
            }
            read(now, now.running.get());
        }
        Fetched.Chunk chunk = now.waiting.remove();
        now.at = chunk.stand().orElseThrow().position();
        return chunk;
    }

    private Running begin(Open now) throws SQLException {
        Connection session = connection.isPresent() ? connection.get() : source.connect();
        connection = Optional.of(session);
        long limit = now.hasKey() ? now.size.rows() : 0;
        List<String> after = Sieve.values(now.at.token());
        Statement statement = session.createStatement();
        statement.setEscapeProcessing(false);
        statement.setFetchSize(FETCH_ROWS);
        long began = System.nanoTime();
        ResultSet rows = statement.executeQuery(new Select(now.relation, now.spec).text(after, limit));
        now.shape.refuseOther(rows, now.relation);
        return new Running(statement, rows, limit, began, after);
    }

    /// Fills chunks: with a key until the statement ends, else one.
    private void read(Open now, Running running) throws SQLException {
        Position at = now.at;
        long micros = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
        while (!running.atEnd && (now.hasKey() || now.waiting.isEmpty())) {
            Pieces pieces = fill(now, running);
            if (running.atEnd) {
                finish(now, running);
            } else if (now.hasKey() && running.bytes > ChunkSize.MOST_BYTES) {
                running.atEnd = true;
                measure(now, running);
                now.running = Optional.empty();
                // what is left of it is not worth taking
                drop();
            }
            if (pieces.rows() > 0) {
                boolean safe = now.hasKey() || now.ended;
                at = new Position(at.ordinal() + pieces.rows(), now.token(running.last));
                Stand stand = safe ? Stand.safe(at) : Stand.notHere(at);
                now.waiting.add(new Fetched.Chunk(
                        now.split.id(), new Payload.Client(pieces, pieces.bytes()), micros, Optional.of(stand)));
            }
        }
        if (now.sieve.isPresent() && !running.last.isEmpty()) {
            standBehind(now, new Position(at.ordinal(), now.token(running.last)));
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

    private Pieces fill(Open now, Running running) throws SQLException {
        Pieces pieces = new Pieces();
        RecordBatch batch = RecordBatch.of(now.relation.schema());
        int keys = now.spec.order().size();
        while (!batch.isFull() && pieces.bytes() < RecordBatch.MAX_BYTES) {
            if (!running.rows.next()) {
                running.atEnd = true;
                break;
            }
            running.count++;
            if (keys > 0) {
                running.last = now.rows.key(running.rows, keys);
            }
            if (now.sieve.isPresent() && !now.sieve.get().passes(running.last)) {
                continue;
            }
            Optional<Pieces.Bad> bad = now.rows.append(running.rows, batch);
            if (bad.isPresent()) {
                pieces.add(batch, bad);
                batch = RecordBatch.of(now.relation.schema());
            }
        }
        if (batch.rows() > 0) {
            pieces.add(batch, Optional.empty());
        }
        running.bytes += pieces.bytes();
        return pieces;
    }

    private void measure(Open now, Running running) {
        long nanos = System.nanoTime() - running.began;
        now.size.read(running.count, running.bytes, nanos);
        openTime.took(nanos);
    }

    private void finish(Open now, Running running) throws SQLException {
        now.ended = !now.hasKey() || running.count < running.limit;
        measure(now, running);
        now.running = Optional.empty();
        running.rows.close();
        running.statement.close();
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
        if (open.flatMap(o -> o.running).isPresent()) {
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
