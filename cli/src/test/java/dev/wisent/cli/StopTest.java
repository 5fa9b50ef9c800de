package dev.wisent.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// R13, with a real process and real signals.
class StopTest {
    private static final long ROWS = 2_000;
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void a_run_that_is_terminated_drains_ends_with_130_and_the_next_one_completes_it() throws Exception {
        pipeline();
        Process run = wisent("run", "p.yml");
        awaitManifests();

        run.destroy(); // SIGTERM
        assertThat(run.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();

        assertThat(run.exitValue()).isEqualTo(130);
        assertThat(Files.readString(folder.resolve("stderr")))
                .contains("Stopping:")
                .contains("wisent run p.yml");

        Files.writeString(
                folder.resolve("p.yml"),
                Files.readString(folder.resolve("p.yml")).replace("sleep_ms: 100", "sleep_ms: 0"));
        Process next = wisent("run", "p.yml", "--json");
        assertThat(next.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(next.exitValue()).isZero();
        assertThat(Files.readString(folder.resolve("stdout")))
                .contains("\"status\":\"succeeded\"")
                .doesNotContain("\"resumed\":0,");
        assertThat(rows()).hasSize((int) ROWS).doesNotHaveDuplicates();
    }

    private void pipeline() throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: slow
                source: {name: generator, stream: orders, rows: %d, page_size: 20, sleep_ms: 100}
                destination: {name: file, config: {path: out/, format: ndjson, commit_interval: 0.1}}
                """.formatted(ROWS));
    }

    private Process wisent(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("stdout").toFile())
                .redirectError(folder.resolve("stderr").toFile())
                .start();
    }

    /// Waits for a few commits: claim, begin, and some with rows.
    private void awaitManifests() {
        await().atMost(LONG).pollInterval(Duration.ofMillis(50)).until(() -> {
            Path log = folder.resolve("out/.wisent");
            if (!Files.isDirectory(log)) {
                return false;
            }
            try (Stream<Path> files = Files.walk(log)) {
                return files.filter(f -> f.getFileName().toString().startsWith("manifest-"))
                                .count()
                        >= 4;
            }
        });
    }

    private List<String> rows() throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> parts = Files.list(folder.resolve("out"))) {
            for (Path part : parts.filter(p -> p.toString().endsWith(".ndjson")).toList()) {
                rows.addAll(Files.readAllLines(part, UTF_8));
            }
        }
        return rows;
    }
}
