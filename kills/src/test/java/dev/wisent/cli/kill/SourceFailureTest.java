package dev.wisent.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.Bookkeeping;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.FolderOracle;
import dev.wisent.testkit.RowBag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sources that fail, writes that fail, runs that are capped: what is published stays as it was.
@Execution(ExecutionMode.CONCURRENT)
class SourceFailureTest {
    private static final int PAGE = 100;
    private static final PipelineYaml FIVE_PAGES =
            PipelineYaml.orders(5 * PAGE).source("page_size", PAGE).destination("commit_interval", "0.01");

    @TempDir
    Path folder;

    private FolderOracle oracle;

    @BeforeEach
    void lookAtOutput() {
        oracle = FolderOracle.ofFolder(folder.resolve("out"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread", "stream"})
    void a_full_refresh_that_fails_on_page_three_of_five_leaves_the_published_data_as_it_was(String runner) {
        PipelineYaml yaml = FIVE_PAGES.engine("runner", "{type: " + runner + "}");
        run(yaml).exits(0);
        RowBag before = oracle.byGlob();
        PipelineYaml changed = yaml.source("seed", 2);

        ChildResult failed =
                run(changed.source("fail_at_page", 3).source("sleep_ms", 50)).exits(1);

        assertThat(failed.errorCode()).isEqualTo("W3002");
        assertThat(failed.err()).contains("fail at page 3");
        Trial.holds(oracle, before);

        run(changed).exits(0);
        assertThat(oracle.byGlob()).isNotEqualTo(before);
        Trial.holds(oracle, rowsOf(changed));
        assertThat(oracle.leftovers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread", "stream"})
    void a_first_incremental_run_that_fails_on_page_three_publishes_nothing_and_the_rerun_heals(String runner) {
        PipelineYaml yaml = FIVE_PAGES.source("sync_mode", "incremental").engine("runner", "{type: " + runner + "}");

        run(yaml.source("fail_at_page", 3).source("sleep_ms", 50)).exits(1);

        assertThat(oracle.byGlob().size()).isZero();
        assertThat(oracle.byManifest().size()).isZero();

        run(yaml).exits(0);
        Trial.holds(oracle, rowsOf(FIVE_PAGES));
    }

    @Test
    void an_incremental_run_that_fails_on_page_eight_leaves_the_rows_of_the_runs_before() {
        PipelineYaml yaml = FIVE_PAGES.source("sync_mode", "incremental");
        run(yaml).exits(0);
        RowBag before = oracle.byGlob();
        PipelineYaml grown = yaml.source("rows", 10 * PAGE);

        run(grown.source("fail_at_page", 8)).exits(1);
        Trial.holds(oracle, before);

        ChildResult healed = run(grown).exits(0);
        assertThat(healed.count("read") + healed.count("resumed")).isEqualTo(5 * PAGE);
        Trial.holds(oracle, rowsOf(FIVE_PAGES.source("rows", 10 * PAGE)));
    }

    @Test
    void a_capped_run_publishes_nothing_and_the_rerun_goes_on() {
        run(FIVE_PAGES).exits(0);
        RowBag before = oracle.byGlob();
        PipelineYaml changed = FIVE_PAGES.source("seed", 2);

        ChildResult capped = run(changed.source("max_iterations", 3)).exits(0);

        assertThat(capped.count("read")).isEqualTo(3 * PAGE);
        assertThat(capped.err()).contains("max_iterations");
        Trial.holds(oracle, before);

        ChildResult rest = run(changed).exits(0);
        assertThat(rest.count("read")).isEqualTo(2 * PAGE);
        assertThat(rest.count("resumed")).isEqualTo(3 * PAGE);
        Trial.holds(oracle, rowsOf(changed));
    }

    /// The parts' folder is a file for a while: nothing can be written, and nothing may be skipped because of it.
    @Test
    void a_write_that_fails_is_never_stepped_over() throws IOException {
        PipelineYaml yaml =
                FIVE_PAGES.source("sync_mode", "stream").engine("until_idle", 1).engine("retry", "{budget: 1}");
        run(yaml).exits(0);
        Path parts = folder.resolve("out/.wisent/parts");
        Files.delete(parts);
        Files.createFile(parts);

        ChildResult failed = run(yaml.source("rows", 10 * PAGE));
        assertThat(failed.exit()).isIn(1, 3);
        assertThat(failed.err()).contains(parts.toString());
        Bookkeeping told = oracle.bookkeeping();
        assertThat(told.live().stream()
                        .mapToLong(part -> part.rows().orElseThrow())
                        .sum())
                .isEqualTo(5 * PAGE);

        Files.delete(parts);
        run(yaml.source("rows", 10 * PAGE)).exits(0);
        Trial.holds(oracle, rowsOf(FIVE_PAGES.source("rows", 10 * PAGE)));
    }

    private ChildResult run(PipelineYaml yaml) {
        yaml.write(folder);
        return ChildCommand.run(folder, PipelineYaml.FILE).here();
    }

    /// What an undisturbed full refresh makes of it, elsewhere.
    private RowBag rowsOf(PipelineYaml yaml) {
        Path elsewhere = folder.resolve("undisturbed");
        yaml.write(elsewhere);
        ChildCommand.run(elsewhere, PipelineYaml.FILE).here().exits(0);
        return FolderOracle.ofFolder(elsewhere.resolve("out")).byGlob();
    }
}
