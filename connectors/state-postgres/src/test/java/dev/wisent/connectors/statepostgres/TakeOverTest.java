package dev.wisent.connectors.statepostgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Wisent as it is installed, with its state in PostgreSQL, and killed.
class TakeOverTest {
    private static final Server SERVER = Server.shared();
    /// In pages that come slowly: all in one commit, none is left to be killed before the end.
    private static final int ROWS = 2000;

    @TempDir
    Path folder;

    private final String schema = Server.name();

    @Test
    void a_killed_runs_lease_is_taken_over_at_once_and_every_row_is_there_once() throws Exception {
        Path work = Files.createDirectories(folder.resolve("work"));
        Files.writeString(work.resolve("p.yml"), """
                name: orders
                source: {name: generator, stream: orders, rows: %d, page_size: 100, sleep_ms: 150}
                destination: {name: file, config: {path: out/, commit_interval: 0}}
                engine: {backend: {type: postgres, host: localhost, port: %d, database: postgres, username: postgres, schema: %s},
                         lease: {heartbeat: 60, expiry: 600}}
                """.formatted(ROWS, SERVER.port(), schema));
        Wisent wisent = new Wisent(folder.resolve("home"));
        assertThat(wisent.classPath()).doesNotContain("postgresql-", "flyway");

        Process killed = wisent.start(work, List.of("-Dwisent.fault=kill:COMMITTED:2"), "run", "p.yml", "--json");
        assertThat(end(killed, work)).isNotZero();
        assertThat(SERVER.ask("SELECT pid FROM " + schema + ".wisent_leases")).isEqualTo(Long.toString(killed.pid()));

        Process second = wisent.start(work, List.of(), "run", "p.yml", "--json");
        assertThat(end(second, work))
                .as(Files.readString(work.resolve("stderr")))
                .isZero();

        assertThat(rows(work.resolve("out"))).hasSize(ROWS).doesNotHaveDuplicates();
        assertThat(SERVER.ask("SELECT count(*) FROM " + schema + ".wisent_leases"))
                .isEqualTo("0");
        assertThat(SERVER.ask("SELECT string_agg(status, ',' ORDER BY seq) FROM " + schema + ".wisent_runs"))
                .isEqualTo("RUNNING,SUCCEEDED");
    }

    private static int end(Process process, Path work) throws Exception {
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running\n" + Files.readString(work.resolve("stderr")));
        }
        return process.exitValue();
    }

    private static List<String> rows(Path out) throws IOException {
        try (Stream<Path> parts = Files.list(out)) {
            return parts.filter(part -> part.toString().endsWith(".ndjson"))
                    .flatMap(TakeOverTest::lines)
                    .toList();
        }
    }

    private static Stream<String> lines(Path part) {
        try {
            return Files.readAllLines(part).stream();
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
