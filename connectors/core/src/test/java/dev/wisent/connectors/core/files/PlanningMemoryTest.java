package dev.wisent.connectors.core.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A folder of many files that are finished, and one that is not: the whole process has the heap that is named, and the
/// progress of those files is in it too.
@Execution(ExecutionMode.CONCURRENT)
class PlanningMemoryTest {
    private static final String UNREAD = "part-0000077.ndjson";

    @TempDir
    Path folder;

    @Test
    void a_hundred_thousand_finished_files_are_planned_in_16_mb() throws IOException {
        plansIn("-Xmx16m", 100_000);
    }

    @Test
    @Tag("soak")
    void a_million_finished_files_are_planned_in_64_mb() throws IOException {
        plansIn("-Xmx64m", 1_000_000);
    }

    private void plansIn(String heap, int files) throws IOException {
        for (int i = 0; i < files; i++) {
            Files.createFile(folder.resolve("part-%07d.ndjson".formatted(i)));
        }
        ChildProgram planning = new ChildProgram(PlanningOnce.class);

        assertThat(planning.run(List.of(heap), folder.toString(), UNREAD)).isZero();
    }
}
