package dev.wisent.engine.state;

import dev.wisent.api.RunId;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.Reset;
import dev.wisent.api.state.Resets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// The table `resets`.
record SqliteResets(SqliteStateStore store) implements Resets {
    @Override
    public Reset ask(JobKey job, Reset wanted) {
        return store.write(() -> {
            long number = store.job(job);
            Optional<Reset> pending = found(number).filter(reset -> reset.status() == Reset.Status.PENDING);
            if (pending.isPresent()) {
                return pending.get();
            }
            store.database.update(
                    "INSERT OR REPLACE INTO resets (job, id, asked, run, claim, status) VALUES (?, ?, ?, ?, ?, ?)",
                    number,
                    wanted.id(),
                    wanted.asked().toEpochMilli(),
                    wanted.begun().map(begun -> begun.run().value()).orElse(null),
                    wanted.begun().map(Reset.Begun::claim).orElse(null),
                    wanted.status().name());
            return wanted;
        });
    }

    @Override
    public Optional<Reset> find(JobKey job) {
        return store.read(() -> store
                .database
                .query(
                        "SELECT resets.id, asked, run, claim, status FROM resets JOIN jobs ON job = jobs.id WHERE"
                                + " pipeline_id = ? AND stream = ?",
                        SqliteResets::reset,
                        job.pipelineId(),
                        job.stream().name())
                .stream()
                .findFirst());
    }

    @Override
    public void begin(JobKey job, String id, Reset.Begun by) {
        store.write(() -> store.database.update(
                "UPDATE resets SET run = ?, claim = ? WHERE job = ? AND id = ? AND run IS NULL",
                by.run().value(),
                by.claim(),
                store.job(job),
                id));
    }

    @Override
    public void cancel(JobKey job, String id) {
        store.write(() -> {
            long number = store.job(job);
            store.database.update("DELETE FROM resets WHERE job = ? AND id = ? AND run IS NULL", number, id);
            return store.database.update(
                    "UPDATE resets SET status = ? WHERE job = ? AND id = ?", Reset.Status.CANCELLED.name(), number, id);
        });
    }

    @Override
    public void end(JobKey job, String id) {
        store.write(() -> store.database.update("DELETE FROM resets WHERE job = ? AND id = ?", store.job(job), id));
    }

    private Optional<Reset> found(long job) throws SQLException {
        return store
                .database
                .query("SELECT id, asked, run, claim, status FROM resets WHERE job = ?", SqliteResets::reset, job)
                .stream()
                .findFirst();
    }

    private static Reset reset(ResultSet row) throws SQLException {
        Optional<Reset.Begun> begun = Optional.ofNullable(row.getString(3)).isPresent()
                ? Optional.of(new Reset.Begun(new RunId(row.getString(3)), row.getLong(4)))
                : Optional.empty();
        return new Reset(
                row.getString(1), Instant.ofEpochMilli(row.getLong(2)), begun, Reset.Status.valueOf(row.getString(5)));
    }
}
