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
import org.junit.jupiter.params.provider.EnumSource;

/// What networks do to the connections between a run and the broker of its queue: it costs time, and no row.
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(Trained.class)
class BrokenNetworkTest {
    private static final int ROWS = 8_000;
    private static final int SLOW = 50_000;

    @TempDir
    Path folder;

    @ResourceLock(Through.PROXY)
    @ParameterizedTest
    @EnumSource
    void connections_that_are_reset_then_slow_then_open_on_one_side_only_cost_no_row(Through queue) throws IOException {
        FaultProxy proxy = queue.proxy();
        try (ChildRun run = pipeline(queue.proxied("broken")).start()) {
            await(run, () -> commits() >= 3);
            proxy.end(Ending.RESET);
            long reset = commits();
            await(run, () -> commits() >= reset + 2);

            proxy.set(Direction.TO_SERVICE, new Fault.Slow(SLOW));
            long slow = commits();
            await(run, () -> commits() >= slow + 2);
            proxy.heal();

            // Last, for it can take so long to be noticed that the extraction is over by then.
            long connections = proxy.connections();
            proxy.set(Direction.TO_CLIENT, new Fault.Swallow());
            await(run, () -> proxy.connections() > connections);
            proxy.heal();
            run.await().exits(0);
        } finally {
            proxy.heal();
        }
        RowBag rows = Target.FILE.rows(folder);
        assertThat(rows.size()).isEqualTo(ROWS);
        assertThat(rows.distinct()).isEqualTo(ROWS);
    }

    private static void await(ChildRun run, Callable<Boolean> what) {
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> !run.isAlive() || what.call());
        assertThat(run.isAlive()).as(run.talk()).isTrue();
    }

    private long commits() {
        Path kept = folder.resolve("out/.wisent");
        return Target.files(kept, "").stream()
                .filter(file -> file.getFileName().toString().startsWith("manifest-"))
                .count();
    }

    private ChildCommand pipeline(String queue) throws IOException {
        Files.writeString(folder.resolve("pipeline.yml"), """
                name: orders
                source: {name: generator, stream: orders, sync_mode: incremental, rows: %d, page_size: 100, sleep_ms: 100}
                destination: {%s, commit_interval: 0.2}}
                engine: {lease: {heartbeat: 0.2, expiry: 1}, queue: %s}
                """.formatted(ROWS, Target.FILE.destination(folder), queue));
        return ChildCommand.run(folder, "pipeline.yml");
    }
}
