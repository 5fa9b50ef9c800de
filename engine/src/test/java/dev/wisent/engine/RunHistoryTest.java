package dev.wisent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.RunId;
import dev.wisent.api.StreamId;
import dev.wisent.api.state.Holder;
import dev.wisent.api.state.JobKey;
import dev.wisent.api.state.RunRecord;
import dev.wisent.api.state.StateStore;
import dev.wisent.engine.internal.lease.Lease;
import dev.wisent.engine.state.SqliteStateStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunHistoryTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration EXPIRED = Duration.ofSeconds(-1);
    private static final String ELSEWHERE = "elsewhere.example";

    private final StateStore store = SqliteStateStore.inMemory();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_run_whose_process_lives_on_this_machine_is_running_also_when_its_lease_expired() {
        leased(Lease.host(), ProcessHandle.current(), EXPIRED);
        assertThat(status()).isEqualTo(RunRecord.Status.RUNNING);
    }

    @Test
    void a_run_whose_process_is_gone_from_this_machine_is_lost_at_once() throws IOException, InterruptedException {
        Process child = new ProcessBuilder("sleep", "600").start();
        leased(Lease.host(), child.toHandle(), LONG);
        assertThat(status()).isEqualTo(RunRecord.Status.RUNNING);
        child.destroyForcibly().waitFor();
        assertThat(status()).isEqualTo(RunRecord.Status.LOST);
    }

    @Test
    void a_run_on_another_machine_is_lost_when_its_lease_expires() {
        leased(ELSEWHERE, ProcessHandle.current(), LONG);
        assertThat(status()).isEqualTo(RunRecord.Status.RUNNING);
        leased(ELSEWHERE, ProcessHandle.current(), EXPIRED);
        assertThat(status()).isEqualTo(RunRecord.Status.LOST);
    }

    @Test
    void a_run_whose_lease_another_one_took_is_lost_until_it_writes_its_end() {
        leased(ELSEWHERE, ProcessHandle.current(), EXPIRED);
        store.acquire(job(), holder("next", ELSEWHERE, ProcessHandle.current()), LONG);
        assertThat(status()).isEqualTo(RunRecord.Status.LOST);
        store.saveRun(record(RunRecord.Status.FAILED));
        assertThat(status()).isEqualTo(RunRecord.Status.FAILED);
    }

    private void leased(String host, ProcessHandle process, Duration ttl) {
        store.acquire(job(), holder("run", host, process), ttl);
        store.saveRun(record(RunRecord.Status.RUNNING));
    }

    private RunRecord.Status status() {
        return new RunHistory(store).last(Optional.of("shop"), 10).getFirst().status();
    }

    private static JobKey job() {
        return new JobKey("shop", new StreamId("orders"));
    }

    private static Holder holder(String run, String host, ProcessHandle process) {
        Instant start = process.info().startInstant().orElseThrow();
        return new Holder(new RunId(run), host, process.pid(), start, Instant.now());
    }

    private static RunRecord record(RunRecord.Status status) {
        return new RunRecord(
                new RunId("run"),
                "shop",
                "shop",
                status,
                Instant.now(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "{}");
    }
}
