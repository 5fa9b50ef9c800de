package dev.wisent.engine.state;

import static dev.wisent.engine.state.LeaseContender.HOST;
import static dev.wisent.engine.state.LeaseContender.JOB;
import static dev.wisent.engine.state.LeaseContender.LONG;
import static dev.wisent.engine.state.LeaseContender.thisProcess;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.RunId;
import dev.wisent.api.state.Holder;
import dev.wisent.api.state.LeaseOutcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// R5: one holder at a time, and a dead one is replaced.
class LeaseTest {
    private static final LeaseOutcome GRANTED = new LeaseOutcome.Granted();

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-11-20T10:00:00Z");

    @Test
    void the_second_run_is_told_who_holds_the_lease_and_until_when() {
        try (SqliteStateStore store = store()) {
            Holder first = thisProcess("first");
            assertThat(store.acquire(JOB, first, Duration.ofSeconds(30))).isEqualTo(GRANTED);

            LeaseOutcome second = store.acquire(JOB, thisProcess("second"), Duration.ofSeconds(30));

            assertThat(second).isInstanceOfSatisfying(LeaseOutcome.Held.class, held -> {
                assertThat(held.by().run()).isEqualTo(first.run());
                assertThat(held.by().pid()).isEqualTo(first.pid());
                assertThat(held.expires()).isEqualTo(now.plusSeconds(30));
            });
        }
    }

    @Test
    void all_leases_are_listed_until_they_are_released_also_expired_ones() {
        try (SqliteStateStore store = store()) {
            assertThat(store.leases()).isEmpty();
            store.acquire(JOB, thisProcess("first"), Duration.ofSeconds(30));
            now = now.plusSeconds(60);
            assertThat(store.leases()).singleElement().satisfies(held -> {
                assertThat(held.by().run()).isEqualTo(new RunId("first"));
                assertThat(held.expires()).isBefore(now);
            });
            store.release(JOB, thisProcess("first"));
            assertThat(store.leases()).isEmpty();
        }
    }

    @Test
    void a_released_lease_is_free_and_only_its_holder_can_release_it() {
        try (SqliteStateStore store = store()) {
            store.acquire(JOB, thisProcess("first"), LONG);
            store.release(JOB, thisProcess("second"));
            assertThat(store.acquire(JOB, thisProcess("second"), LONG)).isInstanceOf(LeaseOutcome.Held.class);

            store.release(JOB, thisProcess("first"));
            assertThat(store.acquire(JOB, thisProcess("second"), LONG)).isEqualTo(GRANTED);
        }
    }

    @Test
    void an_expired_lease_is_taken_and_its_old_holder_can_no_longer_renew_it() {
        try (SqliteStateStore store = store()) {
            store.acquire(JOB, thisProcess("first"), Duration.ofSeconds(30));
            now = now.plusSeconds(29);
            assertThat(store.renew(JOB, thisProcess("first"), Duration.ofSeconds(30)))
                    .isTrue();
            now = now.plusSeconds(31);

            assertThat(store.acquire(JOB, thisProcess("second"), Duration.ofSeconds(30)))
                    .isEqualTo(GRANTED);
            assertThat(store.renew(JOB, thisProcess("first"), Duration.ofSeconds(30)))
                    .isFalse();
        }
    }

    @Test
    void a_holder_whose_process_id_now_belongs_to_a_younger_process_is_replaced_at_once() {
        try (SqliteStateStore store = store()) {
            Holder old = new Holder(
                    new RunId("old"), HOST, ProcessHandle.current().pid(), Instant.parse("2020-01-01T00:00:00Z"), now);
            store.acquire(JOB, old, LONG);

            assertThat(store.acquire(JOB, thisProcess("new"), LONG)).isEqualTo(GRANTED);
        }
    }

    @Test
    void a_holder_on_another_host_is_never_taken_for_dead() {
        try (SqliteStateStore store = store()) {
            store.acquire(JOB, new Holder(new RunId("far"), "elsewhere", 1L << 40, Instant.EPOCH, now), LONG);

            assertThat(store.acquire(JOB, thisProcess("near"), LONG)).isInstanceOf(LeaseOutcome.Held.class);
        }
    }

    @Test
    void of_eight_threads_with_connections_of_their_own_one_gets_the_lease() throws Exception {
        List<Callable<LeaseOutcome>> contenders = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String run = "run-" + i;
            contenders.add(() -> {
                try (SqliteStateStore store = store()) {
                    return store.acquire(JOB, thisProcess(run), LONG);
                }
            });
        }

        List<LeaseOutcome> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<LeaseOutcome> outcome : threads.invokeAll(contenders)) {
                outcomes.add(outcome.get());
            }
        }

        assertThat(outcomes).containsOnlyOnce(GRANTED);
    }

    @Test
    void of_four_processes_one_gets_the_lease_and_when_it_is_killed_the_next_takes_it_at_once() throws Exception {
        Path file = folder.resolve("state.db");
        List<Process> processes = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                processes.add(contender(file, "run-" + i));
            }
            List<Process> winners = new ArrayList<>();
            for (Process process : processes) {
                if (answer(process).equals("granted")) {
                    winners.add(process);
                }
            }
            assertThat(winners).hasSize(1);

            try (SqliteStateStore store = SqliteStateStore.open(file)) {
                assertThat(store.acquire(JOB, thisProcess("next"), LONG)).isInstanceOf(LeaseOutcome.Held.class);
                winners.getFirst().destroyForcibly().waitFor();
                assertThat(store.acquire(JOB, thisProcess("next"), LONG)).isEqualTo(GRANTED);
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    private SqliteStateStore store() {
        return SqliteStateStore.open(folder.resolve("state.db"), () -> now, Migrations.ALL);
    }

    private static Process contender(Path file, String run) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LeaseContender.class.getName(),
                        file.toString(),
                        run)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String answer(Process process) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        return String.valueOf(lines.readLine());
    }
}
