package dev.wisent.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.FolderOracle;
import dev.wisent.testkit.RowBag;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// More data than memory, in few rows and in many (R10): first out of the generator, then through the files source.
class LargeRowsTest {
    private static final String HEAP = "-Xmx512m";
    private static final int SIXTEEN_MB = 16_000_000;
    private static final int FIVE_KB = 5_000;
    /// Those of the generator: inferred ones would have no decimals.
    private static final String COLUMNS = "{fields: [{name: id, type: int64}, {name: customer_id, type: int64},"
            + " {name: status, type: string}, {name: amount, type: 'decimal(12,2)'},"
            + " {name: created_at, type: timestamp}, {name: note, type: string}]}";

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} rows of {1} bytes, runner {2}")
    @CsvSource({"40, 16000000, thread", "100000, 5000, thread", "10, 16000000, stream"})
    void rows_larger_than_the_heap_go_through_it(long rows, int bytes, String runner) {
        holds(rows, bytes, runner);
    }

    @Test
    @Tag("soak")
    void ten_times_as_many_rows_go_through_the_same_heap() {
        holds(400, SIXTEEN_MB, "thread");
        holds(1_000_000, FIVE_KB, "thread");
    }

    private void holds(long rows, int bytes, String runner) {
        Path made = folder.resolve("made-" + rows);
        PipelineYaml.orders(rows)
                .source("record_bytes", bytes)
                .source("page_size", Math.clamp(1_000_000 / bytes, 1, 1000))
                .engine("runner", "{type: " + runner + "}")
                .write(made);
        run(made, rows);

        Path copied = folder.resolve("copied-" + rows);
        PipelineYaml.files(made.resolve("out") + "/*.ndjson")
                .source("schema", COLUMNS)
                .engine("runner", "{type: " + runner + "}")
                .write(copied);
        run(copied, rows);

        RowBag original = FolderOracle.ofFolder(made.resolve("out")).byGlob();
        assertThat(original.size()).isEqualTo(rows);
        assertThat(original.distinct()).isEqualTo(rows);
        Trial.holds(FolderOracle.ofFolder(copied.resolve("out")), original);
    }

    private static void run(Path folder, long rows) {
        ChildResult result = ChildCommand.run(folder, PipelineYaml.FILE)
                .withJvm(HEAP)
                .result()
                .exits(0);
        assertThat(result.count("written")).isEqualTo(rows);
        assertThat(result.count("rejected")).isZero();
    }
}
