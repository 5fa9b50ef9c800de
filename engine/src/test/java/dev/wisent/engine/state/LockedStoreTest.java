package dev.wisent.engine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.StreamId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.state.JobKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Another process stands in the middle of a transaction.
class LockedStoreTest {
    private static final JobKey JOB = new JobKey("shop", new StreamId("orders"));
    private static final Duration SHORT = Duration.ofMillis(100);

    @TempDir
    Path folder;

    private Path file;
    private Process keeper;

    @BeforeEach
    void lock() throws IOException {
        file = folder.resolve("state.db");
        SqliteStateStore.open(file).close();
        keeper = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockKeeper.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(keeper.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("locked");
    }

    @AfterEach
    void end() throws InterruptedException {
        keeper.destroyForcibly().waitFor();
    }

    @Test
    void a_locked_store_names_the_process_and_says_when_it_is_stopped() throws Exception {
        try (SqliteStateStore store = open()) {
            assertThatThrownBy(() -> store.saveProgress(JOB, "{}")).isInstanceOfSatisfying(WisentException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.STATE_STORE);
                assertThat(e.isTransient()).isTrue();
                assertThat(e.what()).isEqualTo("process " + keeper.pid() + " keeps the state store locked");
                assertThat(e.hint()).contains("kill -9 " + keeper.pid());
            });

            stop();
            assertThatThrownBy(() -> store.saveProgress(JOB, "{}")).isInstanceOfSatisfying(WisentException.class, e -> {
                assertThat(e.what())
                        .isEqualTo("process " + keeper.pid() + ", which is stopped, keeps the state store locked");
                assertThat(e.hint()).contains("kill -CONT " + keeper.pid());
            });
        }
    }

    @Test
    void reading_goes_on_beside_it_and_its_end_frees_the_store() throws Exception {
        try (SqliteStateStore store = open()) {
            stop();
            assertThat(store.runs(Optional.empty(), 10)).isEmpty();
            assertThat(store.leases()).isEmpty();
            assertThat(store.resets().find(JOB)).isEmpty();

            keeper.destroyForcibly().waitFor();
            store.saveProgress(JOB, "{}");
            assertThat(store.progress(JOB)).contains("{}");
        }
    }

    private SqliteStateStore open() {
        return SqliteStateStore.open(file, InstantSource.system(), Migrations.ALL, SHORT);
    }

    private void stop() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-STOP", Long.toString(keeper.pid())).start().waitFor();
        Path status = Path.of("/proc/" + keeper.pid() + "/status");
        while (!Files.readString(status).contains("State:\tT")) {
            Thread.onSpinWait();
        }
    }
}
