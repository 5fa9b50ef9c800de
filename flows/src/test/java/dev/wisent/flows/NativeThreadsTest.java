package dev.wisent.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.Gate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A JVM waits up to 0.3 s at its end for threads that are in native code, and once a virtual thread has waited for a socket
/// it has one that never leaves it.
class NativeThreadsTest {
    @TempDir
    Path folder;

    @Test
    void a_run_through_brokers_and_servers_has_no_thread_that_polls_for_virtual_ones() throws IOException {
        PostgresServer.Database database = PostgresServer.shared().database();
        Files.writeString(folder.resolve("pipeline.yml"), """
                name: ends
                source: {name: generator, stream: orders, sync_mode: full_refresh, rows: 20000}
                destination: {name: postgres, config: {host: localhost, port: %d, database: %s, username: postgres,
                  schema: public, destination_id: ends}}
                engine: {queue: %s}
                """.formatted(
                        PostgresServer.shared().port(), database.name(), Through.KAFKA.queue("ends")));
        Gate gate = new Gate(folder.resolve("gate"));

        try (ChildRun run = ChildCommand.run(folder, "pipeline.yml")
                .heldAt(Boundary.PUBLISHED, 1, gate)
                .start()) {
            gate.awaitReached();

            assertThat(Jcmd.ask(run, "Thread.print")).contains("\"load-0\"").doesNotContain("Poller");

            gate.open();
            run.await().exits(0);
        }
    }
}
