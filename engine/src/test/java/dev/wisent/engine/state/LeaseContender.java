package dev.wisent.engine.state;

import dev.wisent.api.RunId;
import dev.wisent.api.StreamId;
import dev.wisent.api.state.Holder;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.LeaseOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// A process that asks for the lease once, says what it got, and lives until its input ends.
final class LeaseContender {
    static final JobKey JOB = new JobKey("orders", new StreamId("orders"));
    static final String HOST = "here";
    static final Duration LONG = Duration.ofMinutes(10);

    private LeaseContender() {}

    public static void main(String[] args) throws IOException {
        try (SqliteStateStore store = SqliteStateStore.open(Path.of(args[0]))) {
            LeaseOutcome outcome = store.acquire(JOB, thisProcess(args[1]), LONG);
            System.out.println(outcome instanceof LeaseOutcome.Granted ? "granted" : "held");
            System.out.flush();
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }

    static Holder thisProcess(String run) {
        ProcessHandle self = ProcessHandle.current();
        return new Holder(
                new RunId(run), HOST, self.pid(), self.info().startInstant().orElse(Instant.EPOCH), Instant.now());
    }
}
