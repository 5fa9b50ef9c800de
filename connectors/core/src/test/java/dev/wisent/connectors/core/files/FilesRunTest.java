package dev.wisent.connectors.core.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.Counts;
import dev.wisent.connectors.core.file.FileFactory;
import dev.wisent.engine.EngineSettings;
import dev.wisent.engine.RunOutcome;
import dev.wisent.testkit.connector.EngineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs of the engine over files on disk.
class FilesRunTest {
    @TempDir
    Path folder;

    /// The damaged file ends, as a rule, when the other one's records are decoded and not handed over: several times,
    /// because which comes first is the threads' matter.
    @RepeatedTest(5)
    void a_damaged_file_costs_another_one_neither_rows_nor_rejects() throws IOException {
        Inputs.write(folder.resolve("in/a.ndjson.gz"), Inputs.cut(Inputs.gzip("{\"id\":7}\n".repeat(1_000)), 4));
        Inputs.write(folder.resolve("in/b.ndjson"), "{\"id\":1}\nno json\n{\"id\":\"x\"}\n{\"id\":2}\n");

        Counts counts = run(Map.of());

        assertThat(counts.written()).isEqualTo(2);
        assertThat(counts.rejected()).isEqualTo(2);
        assertThat(lines("out")).hasSize(2).noneMatch(row -> row.contains("7"));
        assertThat(lines("rejects"))
                .hasSize(3)
                .anySatisfy(line -> assertThat(line)
                        .contains(
                                "\"stage\":\"decompress\"", "\"where\":\"" + folder.resolve("in/a.ndjson.gz") + "\""));
    }

    @Test
    void thousands_of_small_files_are_each_read_once_however_many_are_open() throws IOException {
        int files = 5_000;
        for (int i = 0; i < files; i++) {
            Inputs.write(folder.resolve("in/%02d/%05d.ndjson".formatted(i % 100, i)), "{\"id\":" + i + "}\n");
        }

        Counts counts = run(Map.of("max_concurrent_files", "64"));

        assertThat(counts.written()).isEqualTo(files);
        assertThat(lines("out").stream().distinct()).hasSize(files);
    }

    private Counts run(Map<String, ?> keys) {
        Map<String, Object> all = new java.util.HashMap<>(keys);
        all.put("schema", Inputs.SCHEMA);
        RunOutcome outcome = EngineRun.of(
                Inputs.source(folder.resolve("in"), "**/*", all),
                new FileFactory(),
                Map.of("path", folder.resolve("out") + "/", "format", "ndjson"),
                folder.resolve("rejects"),
                EngineSettings.standard().with(EngineSettings.Runner.STREAM));
        assertThat(outcome.error()).isEmpty();
        return outcome.streams().getFirst().counts();
    }

    private List<String> lines(String of) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder.resolve(of))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(f -> !f.toString().contains(".wisent"))
                    .toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }
}
