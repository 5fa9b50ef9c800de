package dev.wisent.connectors.formats;

import dev.wisent.api.source.Source;
import dev.wisent.testkit.connector.SourceContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Parquet files with commits inside of them.
class ParquetContractTest extends SourceContract {
    private static final String ROWS = "SELECT range AS id, 'value ' || range AS v FROM range(%d, %d)";

    @TempDir
    private Path folder;

    @BeforeEach
    void writeFiles() {
        Inputs.parquet(folder.resolve("a.parquet"), ROWS.formatted(0, 9_000), "ROW_GROUP_SIZE 2048");
        Inputs.parquet(folder.resolve("b.parquet"), ROWS.formatted(9_000, 10_000), "COMPRESSION gzip");
        Inputs.parquet(folder.resolve("empty.parquet"), ROWS.formatted(0, 0), "");
    }

    private static List<String> lines(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{\"id\":%d,\"v\":\"value %d\"}".formatted(i, i))
                .toList();
    }

    @Override
    protected Source open() {
        return Inputs.source(folder, "*.parquet", Map.of("commit_within_file", "true"));
    }

    @Override
    protected List<String> expected() {
        return lines(0, 10_000);
    }

    @Override
    protected Optional<List<String>> grow() {
        Inputs.parquet(folder.resolve("c.parquet"), ROWS.formatted(10_000, 10_100), "");
        return Optional.of(lines(10_000, 10_100));
    }
}
