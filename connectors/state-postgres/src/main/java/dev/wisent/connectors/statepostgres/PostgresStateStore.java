package dev.wisent.connectors.statepostgres;

import dev.wisent.api.RunId;
import dev.wisent.api.StreamId;
import dev.wisent.api.state.Holder;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.LeaseOutcome;
import dev.wisent.api.state.Resets;
import dev.wisent.api.state.RunRecord;
import dev.wisent.api.state.StateStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The store. A lease is taken by one statement, and lives by the database's clock, so machines whose clocks differ agree
/// on it. Times are kept to the microsecond.
final class PostgresStateStore implements StateStore {
    private static final String LEASE = "SELECT run, host, pid, process_start, since, expires FROM {}.wisent_leases";
    private static final String OF_JOB = " WHERE pipeline_id = ? AND stream = ?";
    private static final double MILLIS = 1e3;

    private final Session session;

    PostgresStateStore(Session session) {
        this.session = session;
    }

    @Override
    public LeaseOutcome acquire(JobKey job, Holder holder, Duration ttl) {
        String gone = ""; // the run whose holder is known to be gone
        while (true) {
            int taken = session.update(
                    """
                    INSERT INTO {}.wisent_leases AS held
                        (pipeline_id, stream, run, host, pid, process_start, since, expires)
                    VALUES (?, ?, ?, ?, ?, ?, ?, clock_timestamp() + make_interval(secs => ?))
                    ON CONFLICT (pipeline_id, stream) DO UPDATE SET
                        (run, host, pid, process_start, since, expires) =
                        (EXCLUDED.run, EXCLUDED.host, EXCLUDED.pid, EXCLUDED.process_start, EXCLUDED.since, EXCLUDED.expires)
                    WHERE held.run = EXCLUDED.run OR held.run = ? OR held.expires <= clock_timestamp()\
                    """,
                    job.pipelineId(),
                    job.stream().name(),
                    holder.run().value(),
                    holder.host(),
                    holder.pid(),
                    holder.processStart(),
                    holder.since(),
                    ttl.toMillis() / MILLIS,
                    gone);
            if (taken > 0) {
                return new LeaseOutcome.Granted();
            }
            Optional<LeaseOutcome.Held> other =
                    session
                            .query(
                                    LEASE + OF_JOB,
                                    PostgresStateStore::held,
                                    job.pipelineId(),
                                    job.stream().name())
                            .stream()
                            .findFirst();
            if (other.isPresent() && !other.get().by().isGone(holder.host())) {
                return other.get();
            }
            // released since, or held by a process of this machine that is gone: only that very lease is taken over
            gone = other.map(held -> held.by().run().value()).orElse("");
        }
    }

    @Override
    public boolean renew(JobKey job, Holder holder, Duration ttl) {
        return session.update(
                        "UPDATE {}.wisent_leases SET expires = clock_timestamp() + make_interval(secs => ?)" + OF_JOB
                                + " AND run = ?",
                        ttl.toMillis() / MILLIS,
                        job.pipelineId(),
                        job.stream().name(),
                        holder.run().value())
                > 0;
    }

    @Override
    public void release(JobKey job, Holder holder) {
        session.update(
                "DELETE FROM {}.wisent_leases" + OF_JOB + " AND run = ?",
                job.pipelineId(),
                job.stream().name(),
                holder.run().value());
    }

    @Override
    public List<LeaseOutcome.Held> leases() {
        return session.query(LEASE, PostgresStateStore::held);
    }

    @Override
    public Resets resets() {
        return new PostgresResets(session);
    }

    @Override
    public void saveRun(RunRecord run) {
        session.update(
                """
                INSERT INTO {}.wisent_runs
                    (run, pipeline_id, pipeline, status, started, ended, error_code, error_message, summary)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (run) DO UPDATE SET
                    (pipeline_id, pipeline, status, started, ended, error_code, error_message, summary) =
                    (EXCLUDED.pipeline_id, EXCLUDED.pipeline, EXCLUDED.status, EXCLUDED.started, EXCLUDED.ended,
                     EXCLUDED.error_code, EXCLUDED.error_message, EXCLUDED.summary)\
                """,
                run.run().value(),
                run.pipelineId(),
                run.pipeline(),
                run.status().name(),
                run.started(),
                run.ended().orElse(null),
                run.errorCode().orElse(null),
                run.errorMessage().map(PostgresStateStore::text).orElse(null),
                text(run.summary()));
    }

    @Override
    public List<RunRecord> runs(Optional<String> pipelineId, int atMost) {
        String columns =
                "SELECT run, pipeline_id, pipeline, status, started, ended, error_code, error_message, summary FROM"
                        + " {}.wisent_runs";
        String newest = " ORDER BY started DESC, seq DESC LIMIT ?";
        return pipelineId
                .map(id ->
                        session.query(columns + " WHERE pipeline_id = ?" + newest, PostgresStateStore::run, id, atMost))
                .orElseGet(() -> session.query(columns + newest, PostgresStateStore::run, atMost));
    }

    @Override
    public void saveProgress(JobKey job, String json) {
        session.update("""
                INSERT INTO {}.wisent_progress (pipeline_id, stream, json, saved) VALUES (?, ?, ?, clock_timestamp())
                ON CONFLICT (pipeline_id, stream) DO UPDATE SET json = EXCLUDED.json, saved = EXCLUDED.saved\
                """, job.pipelineId(), job.stream().name(), json);
    }

    @Override
    public Optional<String> progress(JobKey job) {
        return session
                .query(
                        "SELECT json FROM {}.wisent_progress" + OF_JOB,
                        row -> row.getString(1),
                        job.pipelineId(),
                        job.stream().name())
                .stream()
                .findFirst();
    }

    @Override
    public List<JobKey> jobs() {
        return session.query(
                "SELECT pipeline_id, stream FROM {}.wisent_progress ORDER BY pipeline_id COLLATE \"C\", stream COLLATE"
                        + " \"C\"",
                row -> new JobKey(row.getString(1), new StreamId(row.getString(2))));
    }

    @Override
    public void close() {
        session.close();
    }

    /// PostgreSQL's text can't hold NUL; messages may quote one.
    private static String text(String any) {
        return any.replace('\0', '\uFFFD');
    }

    private static LeaseOutcome.Held held(ResultSet row) throws SQLException {
        return new LeaseOutcome.Held(
                new Holder(
                        new RunId(row.getString(1)),
                        row.getString(2),
                        row.getLong(3),
                        Session.time(row, 4),
                        Session.time(row, 5)),
                Session.time(row, 6));
    }

    private static RunRecord run(ResultSet row) throws SQLException {
        Optional<Instant> ended = row.getObject(6) == null ? Optional.empty() : Optional.of(Session.time(row, 6));
        return new RunRecord(
                new RunId(row.getString(1)),
                row.getString(2),
                row.getString(3),
                RunRecord.Status.valueOf(row.getString(4)),
                Session.time(row, 5),
                ended,
                Optional.ofNullable(row.getString(7)),
                Optional.ofNullable(row.getString(8)),
                row.getString(9));
    }
}
