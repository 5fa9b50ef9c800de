package dev.wisent.connectors.statepostgres;

import dev.wisent.api.RunId;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.Reset;
import dev.wisent.api.state.Resets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// The table `wisent_resets`.
record PostgresResets(Session session) implements Resets {
    private static final String OF_JOB = " WHERE pipeline_id = ? AND stream = ?";
    private static final String OF_RESET = OF_JOB + " AND id = ?";

    @Override
    public Reset ask(JobKey job, Reset wanted) {
        while (true) {
            int kept = session.update(
                    """
                    INSERT INTO {}.wisent_resets AS there (pipeline_id, stream, id, asked, run, claim, status)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (pipeline_id, stream) DO UPDATE SET
                        (id, asked, run, claim, status) =
                        (EXCLUDED.id, EXCLUDED.asked, EXCLUDED.run, EXCLUDED.claim, EXCLUDED.status)
                    WHERE there.status <> 'PENDING'\
                    """,
                    job.pipelineId(),
                    job.stream().name(),
                    wanted.id(),
                    wanted.asked(),
                    wanted.begun().map(begun -> begun.run().value()).orElse(null),
                    wanted.begun().map(Reset.Begun::claim).orElse(null),
                    wanted.status().name());
            if (kept > 0) {
                return wanted;
            }
            Optional<Reset> pending = find(job).filter(reset -> reset.status() == Reset.Status.PENDING);
            if (pending.isPresent()) {
                return pending.get();
            }
        }
    }

    @Override
    public Optional<Reset> find(JobKey job) {
        return session
                .query(
                        "SELECT id, asked, run, claim, status FROM {}.wisent_resets" + OF_JOB,
                        PostgresResets::reset,
                        job.pipelineId(),
                        job.stream().name())
                .stream()
                .findFirst();
    }

    @Override
    public void begin(JobKey job, String id, Reset.Begun by) {
        session.update(
                "UPDATE {}.wisent_resets SET run = ?, claim = ?" + OF_RESET + " AND run IS NULL",
                by.run().value(),
                by.claim(),
                job.pipelineId(),
                job.stream().name(),
                id);
    }

    /// One statement for both cases: each row is either deleted or marked.
    @Override
    public void cancel(JobKey job, String id) {
        session.update(
                "WITH forgotten AS (DELETE FROM {}.wisent_resets" + OF_RESET + " AND run IS NULL)"
                        + " UPDATE {}.wisent_resets SET status = 'CANCELLED'" + OF_RESET + " AND run IS NOT NULL",
                job.pipelineId(),
                job.stream().name(),
                id,
                job.pipelineId(),
                job.stream().name(),
                id);
    }

    @Override
    public void end(JobKey job, String id) {
        session.update(
                "DELETE FROM {}.wisent_resets" + OF_RESET,
                job.pipelineId(),
                job.stream().name(),
                id);
    }

    private static Reset reset(ResultSet row) throws SQLException {
        Optional<String> run = Optional.ofNullable(row.getString(3));
        long claim = row.getLong(4);
        return new Reset(
                row.getString(1),
                Session.time(row, 2),
                run.map(name -> new Reset.Begun(new RunId(name), claim)),
                Reset.Status.valueOf(row.getString(5)));
    }
}
