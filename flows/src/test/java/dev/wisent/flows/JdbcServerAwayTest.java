package dev.wisent.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildRun;
import dev.wisent.testkit.RowBag;
import dev.wisent.testkit.fault.Direction;
import dev.wisent.testkit.fault.Ending;
import dev.wisent.testkit.fault.Fault;
import dev.wisent.testkit.fault.FaultProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.postgresql.Driver;

/// A server that the source `jdbc` reads from is away for a while: the run waits, in little memory, and ends right.
@Execution(ExecutionMode.CONCURRENT)
class JdbcServerAwayTest {
    private static final int ROWS = 40_000;
    /// So that all rows take eight seconds.
    private static final int SLOW = 600_000;

    @TempDir
    Path folder;

    private final PostgresServer.Database database = PostgresServer.shared().database();

    @Test
    void a_run_waits_for_a_server_it_reads_from_that_is_away_for_seconds() throws Exception {
        reads(Duration.ofSeconds(3));
    }

    @Tag("soak")
    @Test
    void a_run_waits_for_a_server_it_reads_from_that_is_away_for_a_minute() throws Exception {
        reads(Duration.ofSeconds(60));
    }

    private void reads(Duration away) throws Exception {
        database.run("CREATE TABLE orders AS SELECT i AS id, repeat('x', 100) AS note FROM generate_series(1, " + ROWS
                + ") i; ALTER TABLE orders ADD PRIMARY KEY (id)");
        Path driver = Path.of(
                Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (FaultProxy proxy =
                FaultProxy.to("localhost", PostgresServer.shared().port())) {
            Files.writeString(
                    folder.resolve("p.yml"), """
                    name: away
                    source: {name: jdbc, stream: public.orders, url: 'jdbc:postgresql://%s:%d/%s', username: postgres}
                    destination: {name: file, config: {path: out/, format: ndjson}}
                    plugins: ["%s"]
                    """.formatted(proxy.host(), proxy.port(), database.name(), driver));
            proxy.set(Direction.TO_CLIENT, new Fault.Slow(SLOW));
            try (ChildRun run =
                    ChildCommand.run(folder, "p.yml").withJvm("-Xmx96m").start()) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(120))
                        .until(() -> !run.isAlive() || proxy.passed(Direction.TO_CLIENT) > SLOW);
                proxy.refuse();
                proxy.end(Ending.RESET);
                Thread.sleep(away);
                assertThat(run.isAlive()).as(run.talk()).isTrue();
                proxy.heal();

                run.await().exits(0);
            }
        }
        RowBag rows = Target.FILE.rows(folder);
        assertThat(rows.size()).isEqualTo(ROWS);
        assertThat(rows.distinct()).isEqualTo(ROWS);
    }
}
