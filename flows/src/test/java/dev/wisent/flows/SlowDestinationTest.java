package dev.wisent.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.fault.Direction;
import dev.wisent.testkit.fault.Fault;
import dev.wisent.testkit.fault.FaultProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A destination that takes rows at a hundredth of its speed: what it does not take waits in the broker, and not in memory.
@Execution(ExecutionMode.CONCURRENT)
class SlowDestinationTest {
    private static final Duration SLOW = Duration.ofSeconds(Integer.getInteger("slow.seconds", 600));
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int ROWS = 400_000;
    private static final int BYTES_PER_SECOND = 20_000;
    private static final long MIB = 1 << 20;

    @TempDir
    Path folder;

    @Tag("soak")
    @ParameterizedTest
    @EnumSource
    void a_destination_at_a_hundredth_of_its_speed_costs_no_memory_no_connection_and_no_row(Through queue)
            throws IOException {
        PostgresServer.Database database = PostgresServer.shared().database();
        try (FaultProxy slow =
                        FaultProxy.to("localhost", PostgresServer.shared().port());
                ChildRun run = pipeline(slow.port(), queue, database).start()) {
            slow.set(Direction.TO_SERVICE, new Fault.Slow(BYTES_PER_SECOND));
            Awaitility.await().atMost(PATIENCE).until(() -> !run.isAlive() || count(database) > 0);
            work(run, SLOW.dividedBy(4));
            long memory = run.peakMemory().orElseThrow();
            long connections = queue.proxy().connections();
            long rows = count(database);

            work(run, SLOW.minus(SLOW.dividedBy(4)));

            assertThat(count(database)).isBetween(rows + 1, ROWS - 1L);
            assertThat(queue.proxy().connections()).isEqualTo(connections);
            assertThat(run.peakMemory().orElseThrow() - memory).isLessThan(16 * MIB);
            slow.heal();
            run.await(PATIENCE).exits(0);
        }
        assertThat(database.ask("SELECT count(*) || ' ' || count(DISTINCT id) FROM slow"))
                .isEqualTo(ROWS + " " + ROWS);
    }

    private static void work(ChildRun run, Duration time) {
        ProcessHandle watched = ProcessHandle.of(run.pid()).orElseThrow();
        watched.onExit()
                .completeOnTimeout(watched, time.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        assertThat(run.isAlive()).as(run.talk()).isTrue();
    }

    private static long count(PostgresServer.Database database) {
        return database.ask("SELECT to_regclass('slow')").equals("null")
                ? 0
                : Long.parseLong(database.ask("SELECT count(*) FROM slow"));
    }

    private ChildCommand pipeline(int port, Through queue, PostgresServer.Database database) throws IOException {
        Files.writeString(folder.resolve("pipeline.yml"), """
                name: slow
                source: {name: generator, stream: orders, sync_mode: incremental, rows: %d, page_size: 1000}
                destination: {name: postgres, config: {host: localhost, port: %d, database: %s, username: postgres,
                  schema: public, destination_id: slow, commit_interval: 1, buffer_size: 0.1}}
                engine: {queue: %s, backend: {database: "%s"}}
                """.formatted(
                        ROWS, port, database.name(), queue.proxied("slow"), folder.resolve("state.db")));
        return ChildCommand.run(folder, "pipeline.yml").withJvm("-Xmx256m", "-Dwisent.heap.watch=true");
    }
}
