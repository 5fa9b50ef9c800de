package dev.wisent.connectors.sql.read;

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
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Reads splits through one connection, batch after batch. One thread, but for [#wakeUp].
final class TableReader implements SplitReader {
    /// Rows a driver asks its server for at once, where it does not fetch all of a statement's.
    private static final int FETCHED = 1_000;

    private final ReadDatabase database;
    private final OpenTime openTime;
    private final Function<Stretch, Statements> of;
    private final Map<SplitId, Open> splits = new LinkedHashMap<>();
    private final Set<SplitId> paused = new HashSet<>();
    private final Semaphore woken = new Semaphore(0);
    private Optional<Connection> connection = Optional.empty();

    private static final class Open {
        final Stretch stretch;
        final Optional<Sieve> sieve;
        final Statements statements;
        Position at;
        Optional<PreparedStatement> statement = Optional.empty();
        Optional<ResultSet> rows = Optional.empty();
        Optional<String> shape = Optional.empty();
        int ofStatement;
        long began;
        boolean atEnd;

        Open(Stretch stretch, Statements statements, Position at) {
            this.stretch = stretch;
            this.sieve =
                    stretch.sieve().isNone() ? Optional.empty() : Optional.of(new Sieve(stretch.sieve(), at.token()));
            this.statements = statements;
            this.at = at;
        }

        boolean passes(KeyToken row) {
            return sieve.isEmpty() || sieve.get().passes(row.values());
        }

        String token(KeyToken last) {
            if (sieve.isPresent() && !last.values().isEmpty()) {
                return sieve.get().token(last.values());
            }
            return stretch.isByCursor() ? last.text(Statements.names(statements.order())) : last.text();
        }

        void end(OpenTime time) throws SQLException {
            if (rows.isPresent()) {
                rows.get().close();
                time.took(System.nanoTime() - began);
            }
            if (statement.isPresent()) {
                statement.get().close();
            }
            forget();
        }

        void forget() {
            rows = Optional.empty();
            statement = Optional.empty();
        }
    }

    /// @param openTime is told of each statement, which is a transaction
    /// @param of the statements that read a stretch
    TableReader(ReadDatabase database, OpenTime openTime, Function<Stretch, Statements> of) {
        this.database = database;
        this.openTime = openTime;
        this.of = of;
    }

    @Override
    public void add(Split split, Position after) {
        Stretch stretch = Stretch.parse(split.spec());
        splits.put(split.id(), new Open(stretch, of.apply(stretch), after));
    }

    @Override
    public void pause(SplitId split) {
        paused.add(split);
    }

    @Override
    public void resume(SplitId split) {
        paused.remove(split);
    }

    @Override
    public void remove(SplitId split) {
        paused.remove(split);
        Optional.ofNullable(splits.remove(split)).ifPresent(this::end);
    }

    private void end(Open open) {
        try {
            open.end(openTime);
        } catch (SQLException e) {
            throw database.failure(e, "reading " + open.statements.table().stream());
        }
    }

    @Override
    public Fetched poll(Duration wait) {
        Optional<Map.Entry<SplitId, Open>> next = splits.entrySet().stream()
                .filter(each -> !paused.contains(each.getKey()))
                .findFirst();
        if (next.isEmpty()) {
            sleep(wait);
            return new Fetched.Idle();
        }
        SplitId split = next.get().getKey();
        Open open = next.get().getValue();
        if (open.atEnd) {
            return ended(split, open);
        }
        if (!open.stretch.gone().isEmpty()) {
            splits.remove(split);
            return new Fetched.Expired(split, open.stretch.gone());
        }
        if (open.statements.order().isEmpty() && open.at.ordinal() > 0 && open.rows.isEmpty()) {
            splits.remove(split);
            return new Fetched.Expired(split, "a table without a key can't be read on from where it was left");
        }
        try {
            return fetch(split, open);
        } catch (SQLException e) {
            giveUp(open);
            throw database.failure(e, "reading " + open.statements.table().stream());
        }
    }

    /// The split stays: what may pass is tried again, behind the last row that was handed out.
    private void giveUp(Open open) {
        try {
            open.end(openTime);
        } catch (SQLException lost) {
            // it goes with its connection
            open.forget();
        }
        disconnect();
    }

    private Fetched fetch(SplitId split, Open open) throws SQLException {
        RecordBatch batch = RecordBatch.of(open.statements.table().schema());
        KeyToken last = new KeyToken(Sieve.values(open.at.token()));
        while (!batch.isFull()) {
            if (open.rows.isEmpty()) {
                begin(open, last.values().isEmpty() ? open.stretch.after() : last);
            }
            ResultSet rows = open.rows.orElseThrow();
            if (rows.next()) {
                open.ofStatement++;
                last = Statements.key(rows, open.statements.table().columns().size(), open.statements.order());
                if (open.passes(last)) {
                    RowReader.append(open.statements.table(), rows, batch);
                }
            } else {
                open.end(openTime);
                if (connection.isPresent()) {
                    database.ended(connection.get());
                }
                if (!open.statements.isLimited() || open.ofStatement < open.statements.rows()) {
                    open.atEnd = true;
                    // the last rows may have been left out
                    open.at = new Position(open.at.ordinal(), open.token(last));
                    return batch.rows() > 0 ? chunk(split, open, batch, last) : ended(split, open);
                }
            }
        }
        return chunk(split, open, batch, last);
    }

    private Fetched chunk(SplitId split, Open open, RecordBatch batch, KeyToken last) {
        Position at = new Position(open.at.ordinal() + batch.rows(), open.token(last));
        open.at = at;
        Stand stand = open.statements.order().isEmpty() ? Stand.notHere(at) : Stand.safe(at);
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        return new Fetched.Chunk(split, new Payload.Client(batch, batch.bytes()), now, Optional.of(stand));
    }

    private Fetched ended(SplitId split, Open open) {
        splits.remove(split);
        return new Fetched.Ended(split, Optional.of(open.at));
    }

    private void begin(Open open, KeyToken after) throws SQLException {
        if (connection.isEmpty()) {
            connection = Optional.of(database.connectToRead());
        }
        Statements.Ready select = open.statements.select(after, open.stretch);
        PreparedStatement prepared = connection.get().prepareStatement(select.text());
        open.statement = Optional.of(prepared);
        select.bind(prepared);
        if (open.statements.isLimited()) {
            prepared.setMaxRows(open.statements.rows());
        }
        prepared.setFetchSize(FETCHED);
        long began = System.nanoTime();
        ResultSet rows = prepared.executeQuery();
        open.rows = Optional.of(rows);
        open.began = began;
        open.ofStatement = 0;
        String shape = database.shape(rows.getMetaData());
        if (open.shape.isPresent() && !open.shape.get().equals(shape)) {
            throw WisentException.of(
                            ErrorCode.SOURCE_FAILED,
                            open.statements.table().stream()
                                    + " was changed while it was read: columns of it had another type before")
                    .where(database.location())
                    .hint("nothing of what was read since is taken; run it again, a full refresh then begins anew");
        }
        open.shape = Optional.of(shape);
    }

    private void sleep(Duration wait) {
        try {
            var unused = woken.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
            woken.drainPermits();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void committed(SplitId split, Position upTo) {}

    @Override
    public void wakeUp() {
        woken.release();
    }

    private void disconnect() {
        connection.ifPresent(open -> {
            try {
                open.close();
            } catch (SQLException broken) {
                // It is given up in any case.
                return;
            }
        });
        connection = Optional.empty();
    }

    @Override
    public void close() {
        splits.values().forEach(this::end);
        splits.clear();
        disconnect();
    }
}
