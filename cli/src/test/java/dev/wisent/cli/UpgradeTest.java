package dev.wisent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.FolderOracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// What version 0.1 left behind is opened, read and gone on with. The archive holds a state store; `out-orders/` with a base of
/// 1,000 commits, manifests above it and an open generation of 1,985 rows; `out-lines/`, published, with a reject.
/// It is never made again: a
/// version that
/// can't read it can't read what people have.
@Execution(ExecutionMode.CONCURRENT)
class UpgradeTest {
    private static final String ARCHIVE = "/dev/wisent/cli/upgrade/state-0.1.tar.gz";

    @TempDir
    Path folder;

    @BeforeEach
    void unpack() throws Exception {
        Path archive = Path.of(
                Objects.requireNonNull(UpgradeTest.class.getResource(ARCHIVE)).toURI());
        int exit = new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", folder.toString())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(exit).isZero();
    }

    @Test
    void a_run_goes_on_in_the_open_generation_and_publishes_the_rows_of_an_uninterrupted_run() throws IOException {
        assertThat(folder.resolve("out-orders/.wisent/base-1000")).exists();

        ChildResult run = wisent(folder, "run", "orders.yml", "--json");

        assertThat(run.count("written")).as("only what was missing is read").isEqualTo(15);
        assertThat(run.count("resumed")).isEqualTo(1985);
        Path fresh = Files.createDirectories(folder.resolve("fresh"));
        Files.copy(folder.resolve("orders.yml"), fresh.resolve("orders.yml"));
        wisent(fresh, "run", "orders.yml");
        FolderOracle upgraded = FolderOracle.ofFolder(folder.resolve("out-orders"));
        FolderOracle uninterrupted = FolderOracle.ofFolder(fresh.resolve("out-orders"));
        assertThat(uninterrupted.byGlob().size()).isEqualTo(2000);
        assertThat(upgraded.byGlob().differences(uninterrupted.byGlob())).isEmpty();
    }

    @Test
    void published_rows_stay_and_only_a_new_file_is_read() throws IOException {
        Files.writeString(folder.resolve("in/b.ndjson"), "{\"id\":3}\n");

        ChildResult run = wisent(folder, "run", "lines.yml", "--json");

        assertThat(run.count("written")).isEqualTo(1);
        assertThat(FolderOracle.ofFolder(folder.resolve("out-lines")).byGlob().size())
                .isEqualTo(3);
    }

    @Test
    void its_runs_its_state_and_its_rejects_are_shown() {
        assertThat(wisent(folder, "runs").out()).contains("upgrade-orders").contains("upgrade-lines");
        assertThat(wisent(folder, "state", "orders.yml").out())
                .contains("commit 1002")
                .contains("1,985 rows written");
        assertThat(wisent(folder, "rejects", "list", "lines.yml").out())
                .contains("W2001")
                .contains("{\"id\":");
    }

    private static ChildResult wisent(Path in, String... arguments) {
        return new ChildCommand(in, List.of(arguments), List.of(), OptionalLong.empty())
                .result()
                .exits(0);
    }
}
