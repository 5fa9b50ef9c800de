package dev.wisent.connectors.statepostgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands that look at a state store, by Wisent as it is installed, with its state in PostgreSQL.
class CommandsTest {
    private static final Server SERVER = Server.shared();

    @TempDir
    Path folder;

    private final String schema = Server.name();

    private record Told(int exit, String out, String err) {}

    @Test
    void runs_and_state_are_shown_and_nothing_of_driver_or_migration_is_told() throws Exception {
        pipeline("{type: postgres, host: localhost, port: %d, database: postgres, username: postgres, schema: %s}"
                .formatted(SERVER.port(), schema));
        Wisent wisent = new Wisent(folder.resolve("home"));

        Told run = told(wisent, "run", "p.yml", "--json");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err())
                .doesNotContain("INFO")
                .doesNotContainIgnoringCase("flyway")
                .doesNotContain("org.postgresql");

        Told runs = told(wisent, "runs", "--backend-from", "p.yml", "--json");
        assertThat(runs.out()).contains("\"orders\"", "succeeded");
        assertThat(told(wisent, "runs", "show", "last", "--backend-from", "p.yml", "--json")
                        .out())
                .contains("succeeded");
        Told state = told(wisent, "state", "show", "p.yml");
        assertThat(state.exit()).as(state.err()).isZero();
        assertThat(state.out()).contains("kept by      the destination", "40 rows written");
        assertThat(told(wisent, "state", "--backend-from", "p.yml").out()).contains("orders");
        for (Told told : List.of(runs, state)) {
            assertThat(told.err()).isEmpty();
        }
    }

    @Test
    void a_pipeline_that_runs_already_is_refused_and_its_holder_named() throws Exception {
        pipeline("{type: postgres, host: localhost, port: %d, database: postgres, username: postgres, schema: %s}"
                .formatted(SERVER.port(), schema));
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(
                elsewhere.resolve("p.yml"),
                Files.readString(work().resolve("p.yml")).replace("page_size: 10", "page_size: 10, sleep_ms: 60000"));
        Wisent wisent = new Wisent(folder.resolve("home"));
        Process first = wisent.start(elsewhere, List.of(), "run", "p.yml");
        try {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(SERVER.ask("SELECT pid FROM " + schema + ".wisent_leases"))
                            .isEqualTo(Long.toString(first.pid())));

            Told refused = told(wisent, "run", "p.yml");

            assertThat(refused.exit()).as(refused.err()).isEqualTo(5);
            assertThat(refused.err()).contains(Long.toString(first.pid())).doesNotContain("INFO");
        } finally {
            first.destroyForcibly();
        }
    }

    @Test
    void references_in_the_engine_section_come_from_env_files() throws Exception {
        Files.writeString(work().resolve(".env"), "DB_PORT=1\nDB_SCHEMA=" + schema + "\nWORKERS=1\n");
        Files.writeString(work().resolve("other.env"), "DB_PORT=" + SERVER.port() + "\n");
        pipeline("{type: postgres, config: {host: '${DB_HOST:-localhost}', port: '${DB_PORT}', database: postgres, "
                + "username: postgres, schema: 'env://DB_SCHEMA', syncCursorInDBEvery: '${WORKERS}'}}");
        Wisent wisent = new Wisent(folder.resolve("home"));

        Told told = told(wisent, "run", "p.yml", "--env-file", "other.env");
        assertThat(told.exit()).as(told.err()).isZero();

        assertThat(SERVER.ask("SELECT count(*) FROM " + schema + ".wisent_runs"))
                .isEqualTo("1");
        assertThat(told(wisent, "runs", "--backend-from", "p.yml", "--env-file", "other.env")
                        .out())
                .contains("orders");
        assertThat(told(wisent, "run", "p.yml").exit()).as("port 1 of .env").isEqualTo(3);
    }

    private Path work() throws IOException {
        return Files.createDirectories(folder.resolve("work"));
    }

    private void pipeline(String backend) throws IOException {
        Files.writeString(work().resolve("p.yml"), """
                name: orders
                source: {name: generator, stream: orders, rows: 40, page_size: 10, sync_mode: incremental}
                destination: {name: file, config: {path: out/}}
                engine: {backend: %s, runner: {config: {max_workers: '${WORKERS:-1}'}}, retry: {budget: '${BUDGET:-1}'}}
                """.formatted(backend));
    }

    private Told told(Wisent wisent, String... words) throws Exception {
        Process process = wisent.start(work(), List.of(), words);
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running: " + String.join(" ", words));
        }
        return new Told(
                process.exitValue(),
                Files.readString(work().resolve("stdout")),
                Files.readString(work().resolve("stderr")));
    }
}
