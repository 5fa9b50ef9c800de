package dev.wisent.engine.state;

import dev.wisent.api.RunId;
import dev.wisent.api.StreamId;
import dev.wisent.api.state.Holder;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.LeaseOutcome;
import dev.wisent.api.state.Resets;
import dev.wisent.api.state.RunRecord;
import dev.wisent.api.state.StateStore;
import dev.wisent.api.state.StateStoreHandle;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// A state store in a SQLite file, shared by any number of processes on one machine, or in memory. Every call that
/// returned survives a power cut, but for a lease's renewal. Times come from the wall clock of whoever writes: a wrong
/// one makes a lease end early or late, which costs work and never rows (R5).
public final class SqliteStateStore implements StateStore {
    private static final String LEASE = "SELECT run, host, pid, process_start, since, expires FROM leases";

    final Database database;
    private final InstantSource clock;

    private SqliteStateStore(Database database, InstantSource clock, Migrations migrations) {
        this.database = database;
        this.clock = clock;
        try {
            migrations.apply(database);
        } catch (SQLException failed) {
            database.close();
            throw database.failure(failed);
        } catch (RuntimeException refused) {
            database.close();
            throw refused;
        }
    }

    /// How long a call waits for another process that writes: transactions take milliseconds, so whoever waits longer waits
    /// for something that hangs. After that it fails, names the process, and may be tried again. Tests shorten it.
    static final Duration BUSY = Duration.ofMillis(Long.getLong("wisent.state.busy_ms", 10_000));

    /// Opens `file`, made with its folder when it is not there, brought up to date when it is older; a newer one is
    /// refused (R11).
    public static SqliteStateStore open(Path file) {
        return open(file, InstantSource.system(), Migrations.ALL);
    }

    /// Forgets everything when it is closed.
    public static SqliteStateStore inMemory() {
        return new SqliteStateStore(Database.inMemory(), InstantSource.system(), Migrations.ALL);
    }

    /// The store in `file`, to be opened when it is needed.
    public static StateStoreHandle at(Path file) {
        return new SqliteHandle(file);
    }

    /// A store in memory, another one at each opening.
    public static StateStoreHandle nowhere() {
        return new InMemoryHandle();
    }

    static SqliteStateStore open(Path file, InstantSource clock, Migrations migrations) {
        return open(file, clock, migrations, BUSY);
    }

    static SqliteStateStore open(Path file, InstantSource clock, Migrations migrations, Duration busy) {
        return new SqliteStateStore(Database.file(file, busy), clock, migrations);
    }

    @Override
    public LeaseOutcome acquire(JobKey job, Holder holder, Duration ttl) {
        return write(() -> {
            long id = job(job);
            Instant now = clock.instant();
            Optional<LeaseOutcome.Held> other = lease(id)
                    .filter(held -> !held.by().run().equals(holder.run()))
                    .filter(held -> held.expires().isAfter(now) && !held.by().isGone(holder.host()));
            if (other.isPresent()) {
                return other.get();
            }
            database.update(
                    "INSERT OR REPLACE INTO leases (job, run, host, pid, process_start, since, expires) VALUES (?, ?,"
                            + " ?, ?, ?, ?, ?)",
                    id,
                    holder.run().value(),
                    holder.host(),
                    holder.pid(),
                    holder.processStart().toEpochMilli(),
                    holder.since().toEpochMilli(),
                    now.plus(ttl).toEpochMilli());
            return new LeaseOutcome.Granted();
        });
    }

    /// Each heartbeat writes, and nobody misses a renewal that a power cut took with the process it was for.
    @Override
    public synchronized boolean renew(JobKey job, Holder holder, Duration ttl) {
        return read(() -> database.writeBriefly(() -> database.update(
                        "UPDATE leases SET expires = ? WHERE run = ? AND job = (SELECT id FROM jobs WHERE pipeline_id"
                                + " = ? AND stream = ?)",
                        clock.instant().plus(ttl).toEpochMilli(),
                        holder.run().value(),
                        job.pipelineId(),
                        job.stream().name())
                > 0));
    }

    @Override
    public void release(JobKey job, Holder holder) {
        write(() -> database.update(
                "DELETE FROM leases WHERE run = ? AND job = (SELECT id FROM jobs WHERE pipeline_id = ? AND stream = ?)",
                holder.run().value(),
                job.pipelineId(),
                job.stream().name()));
    }

    @Override
    public List<LeaseOutcome.Held> leases() {
        return read(() -> database.query(LEASE, SqliteStateStore::held));
    }

    @Override
    public Resets resets() {
        return new SqliteResets(this);
    }

    @Override
    public void saveRun(RunRecord run) {
        write(() -> database.update(
                "INSERT OR REPLACE INTO runs (run, pipeline_id, pipeline, status, started, ended, error_code,"
                        + " error_message, summary) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                run.run().value(),
                run.pipelineId(),
                run.pipeline(),
                run.status().name(),
                run.started().toEpochMilli(),
                run.ended().map(Instant::toEpochMilli).orElse(null),
                run.errorCode().orElse(null),
                run.errorMessage().orElse(null),
                run.summary()));
    }

    @Override
    public List<RunRecord> runs(Optional<String> pipelineId, int atMost) {
        String columns =
                "SELECT run, pipeline_id, pipeline, status, started, ended, error_code, error_message, summary FROM"
                        + " runs";
        String newest = " ORDER BY started DESC, rowid DESC LIMIT ?";
        return read(() -> pipelineId.isPresent()
                ? database.query(
                        columns + " WHERE pipeline_id = ?" + newest, SqliteStateStore::run, pipelineId.get(), atMost)
                : database.query(columns + newest, SqliteStateStore::run, atMost));
    }

    @Override
    public void saveProgress(JobKey job, String json) {
        write(() -> database.update(
                "INSERT OR REPLACE INTO progress (job, json, saved) VALUES (?, ?, ?)",
                job(job),
                json,
                clock.instant().toEpochMilli()));
    }

    @Override
    public Optional<String> progress(JobKey job) {
        return read(() -> database
                .query(
                        "SELECT json FROM progress JOIN jobs ON job = id WHERE pipeline_id = ? AND stream = ?",
                        row -> row.getString(1),
                        job.pipelineId(),
                        job.stream().name())
                .stream()
                .findFirst());
    }

    @Override
    public List<JobKey> jobs() {
        return read(() -> database.query(
                "SELECT pipeline_id, stream FROM jobs JOIN progress ON job = id ORDER BY pipeline_id, stream",
                row -> new JobKey(row.getString(1), new StreamId(row.getString(2)))));
    }

    /// Writes what is there again: proves that the file may be written.
    void probe() {
        write(() -> database.update("UPDATE jobs SET stream = stream WHERE id = (SELECT max(id) FROM jobs)"));
    }

    @Override
    public synchronized void close() {
        database.close();
    }

    /// The number of `job` in this file, a new one if it has none. In a transaction.
    long job(JobKey job) throws SQLException {
        String pipeline = job.pipelineId();
        String stream = job.stream().name();
        database.update("INSERT OR IGNORE INTO jobs (pipeline_id, stream) VALUES (?, ?)", pipeline, stream);
        return database.query(
                        "SELECT id FROM jobs WHERE pipeline_id = ? AND stream = ?",
                        row -> row.getLong(1),
                        pipeline,
                        stream)
                .getFirst();
    }

    private Optional<LeaseOutcome.Held> lease(long job) throws SQLException {
        return database.query(LEASE + " WHERE job = ?", SqliteStateStore::held, job).stream()
                .findFirst();
    }

    private static LeaseOutcome.Held held(ResultSet row) throws SQLException {
        return new LeaseOutcome.Held(
                new Holder(
                        new RunId(row.getString(1)),
                        row.getString(2),
                        row.getLong(3),
                        Instant.ofEpochMilli(row.getLong(4)),
                        Instant.ofEpochMilli(row.getLong(5))),
                Instant.ofEpochMilli(row.getLong(6)));
    }

    private static RunRecord run(ResultSet row) throws SQLException {
        long ended = row.getLong(6); // 0 when it is null
        return new RunRecord(
                new RunId(row.getString(1)),
                row.getString(2),
                row.getString(3),
                RunRecord.Status.valueOf(row.getString(4)),
                Instant.ofEpochMilli(row.getLong(5)),
                ended == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(ended)),
                Optional.ofNullable(row.getString(7)),
                Optional.ofNullable(row.getString(8)),
                row.getString(9));
    }

    /// Runs `work` in a transaction.
    synchronized <T> T write(Database.Work<T> work) {
        return read(() -> database.write(work));
    }

    synchronized <T> T read(Database.Work<T> work) {
        try {
            return work.run();
        } catch (SQLException failed) {
            throw database.failure(failed);
        }
    }
}
