package dev.wisent.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.RowBag;
import dev.wisent.testkit.fault.Direction;
import dev.wisent.testkit.fault.Ending;
import dev.wisent.testkit.fault.Fault;
import dev.wisent.testkit.fault.FaultProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What networks do to the connections between a run and the broker of its queue: it costs time, and no row.
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(Trained.class)
class BrokenNetworkTest {
    private static final int ROWS = 8_000;
    private static final int SLOW = 50_000;

    @TempDir
    Path folder;

    private enum HalfOpen {
        YES,
        NO
    }

    // Of queues, runners, targets and troubles each pair. Connections that are open on one side only take the longest
    // to be
    // noticed.

    @ResourceLock(Through.PROXY_OF_KAFKA)
    @ParameterizedTest
    @CsvSource({"thread, FILE, NO", "process, DELTA, YES", "process, POSTGRES, NO"})
    void connections_to_kafka_that_are_reset_then_slow_then_open_on_one_side_only_cost_no_row(
            String runner, Target target, HalfOpen last) throws IOException {
        costsNoRow(Through.KAFKA, runner, target, last);
    }

    @ResourceLock(Through.PROXY_OF_RABBITMQ)
    @ParameterizedTest
    @CsvSource({"process, FILE, YES", "thread, DELTA, NO", "thread, POSTGRES, NO"})
    void connections_to_rabbitmq_that_are_reset_then_slow_then_open_on_one_side_only_cost_no_row(
            String runner, Target target, HalfOpen last) throws IOException {
        costsNoRow(Through.RABBITMQ, runner, target, last);
    }

    private void costsNoRow(Through queue, String runner, Target target, HalfOpen last) throws IOException {
        FaultProxy proxy = queue.proxy();
        String name = "broken_" + runner + "_" + target;
        try (ChildRun run = pipeline(queue.proxied(name), runner, target).start()) {
            awaitRows(run, target, 0);
            proxy.end(Ending.RESET);
            awaitRows(run, target, loaded(target));

            proxy.set(Direction.TO_SERVICE, new Fault.Slow(SLOW));
            awaitRows(run, target, loaded(target));
            proxy.heal();

            // Last, for it can take so long to be noticed that the extraction is over by then.
            if (last == HalfOpen.YES) {
                long connections = proxy.connections();
                proxy.set(Direction.TO_CLIENT, new Fault.Swallow());
                await(run, () -> proxy.connections() > connections);
                proxy.heal();
            }
            run.await().exits(0);
        } finally {
            proxy.heal();
        }
        RowBag rows = target.rows(folder);
        assertThat(rows.size()).isEqualTo(ROWS);
        assertThat(rows.distinct()).isEqualTo(ROWS);
    }

    private void awaitRows(ChildRun run, Target target, long more) {
        await(run, () -> loaded(target) > more);
    }

    private static void await(ChildRun run, Callable<Boolean> what) {
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> !run.isAlive() || what.call());
        assertThat(run.isAlive()).as(run.talk()).isTrue();
    }

    private long loaded(Target target) {
        return target.rows(folder).size();
    }

    private ChildCommand pipeline(String queue, String runner, Target target) throws IOException {
        Files.writeString(
                folder.resolve("pipeline.yml"), """
                name: orders
                source: {name: generator, stream: orders, sync_mode: incremental, rows: %d, page_size: 100, sleep_ms: 100}
                destination: {%s, commit_interval: 0.2}}
                engine: {runner: {type: %s}, publish: each_commit, lease: {heartbeat: 0.2, expiry: 1}, queue: %s}
                """.formatted(ROWS, target.destination(folder), runner, queue));
        return ChildCommand.run(folder, "pipeline.yml");
    }
}
