package dev.wisent.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.kafka.KafkaBroker;
import dev.wisent.connectors.queuerabbitmq.Broker;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.RowBag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A broker of one's own that is stopped and started again under several runs at once, each with a queue of its own there.
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(Trained.class)
class StoppedBrokerTest {
    private static final int ROWS = 4_000;

    @TempDir
    Path folder;

    /// Where rows go, and what runs them.
    private record Cell(String runner, Target target) {
        Path in(Path folder) {
            return folder.resolve(runner + "-" + target);
        }
    }

    @Test
    void a_broker_of_kafka_that_is_stopped_and_started_in_the_middle_costs_no_row() throws IOException {
        try (KafkaBroker broker = KafkaBroker.start()) {
            costsNoRow(
                    "{type: kafka, config: {queue: {bootstrap_servers: \"" + broker.servers() + "\", topic: %s}}}",
                    () -> {
                        broker.stop();
                        broker.startAgain();
                    },
                    new Cell("process", Target.DELTA),
                    new Cell("thread", Target.POSTGRES));
        }
    }

    @Test
    void a_broker_of_rabbitmq_that_dies_in_the_middle_and_comes_back_costs_no_row() throws IOException {
        try (Broker broker = new Broker()) {
            costsNoRow(
                    "{type: rabbitmq, config: {queue: {host: localhost, port: " + broker.port() + ", queue_name: %s}}}",
                    broker::restart,
                    new Cell("process", Target.POSTGRES),
                    new Cell("process", Target.FILE),
                    new Cell("thread", Target.DELTA));
        }
    }

    private void costsNoRow(String queue, Runnable restart, Cell... cells) throws IOException {
        List<ChildRun> runs = new ArrayList<>();
        try {
            for (Cell cell : cells) {
                runs.add(pipeline(cell, queue).start());
            }
            for (int i = 0; i < cells.length; i++) {
                awaitRows(runs.get(i), cells[i]);
            }
            for (Cell cell : cells) {
                assertThat(cell.target().rows(cell.in(folder)).size())
                        .as("what is there when it is stopped, of %s", cell)
                        .isLessThan(ROWS);
            }
            restart.run();
            for (ChildRun run : runs) {
                run.await().exits(0);
            }
        } finally {
            runs.forEach(ChildRun::close);
        }
        for (Cell cell : cells) {
            RowBag rows = cell.target().rows(cell.in(folder));
            assertThat(rows.size()).as(cell.toString()).isEqualTo(ROWS);
            assertThat(rows.distinct()).as(cell.toString()).isEqualTo(ROWS);
        }
    }

    private void awaitRows(ChildRun run, Cell cell) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() ->
                        !run.isAlive() || cell.target().rows(cell.in(folder)).size() > 0);
        assertThat(run.isAlive()).as(run.talk()).isTrue();
    }

    private ChildCommand pipeline(Cell cell, String queue) throws IOException {
        Path working = Files.createDirectories(cell.in(folder));
        String name = "stopped-" + cell.runner() + "-" + cell.target();
        Files.writeString(working.resolve("pipeline.yml"), """
                name: %s
                source: {name: generator, stream: orders, sync_mode: incremental, rows: %d, page_size: 20, sleep_ms: 100}
                destination: {%s, commit_interval: 0.2}}
                engine: {runner: {type: %s}, publish: each_commit, lease: {heartbeat: 0.2, expiry: 1}, queue: %s}
                """.formatted(
                        name, ROWS, cell.target().destination(working), cell.runner(), queue.formatted(name)));
        return ChildCommand.run(working, "pipeline.yml");
    }
}
