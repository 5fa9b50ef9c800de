package dev.wisent.connectors.core.files;

import dev.wisent.api.source.Source;
import dev.wisent.testkit.connector.SourceContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Plain and packed files, with commits inside of them.
class FilesContractTest extends SourceContract {
    private static final int ROWS = 5_000;

    @TempDir
    Path folder;

    private final List<String> rows = new ArrayList<>();

    @BeforeEach
    void writeFiles() {
        rows.addAll(lines(0, ROWS));
        Inputs.write(folder.resolve("a.ndjson"), text(lines(0, 2_000)));
        Inputs.write(folder.resolve("b.ndjson.gz"), Inputs.gzip(text(lines(2_000, 4_000))));
        Inputs.write(folder.resolve("deep/c.ndjson.zst"), Inputs.zstd(text(lines(4_000, ROWS))));
        Inputs.write(folder.resolve("empty.ndjson"), "");
    }

    private static List<String> lines(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{\"id\":%d,\"v\":\"value %d\"}".formatted(i, i))
                .toList();
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    @Override
    protected Source open() {
        return Inputs.source(folder, "**/*.ndjson*", Map.of("schema", Inputs.SCHEMA, "commit_within_file", "true"));
    }

    @Override
    protected List<String> expected() {
        return rows;
    }

    @Override
    protected Optional<List<String>> grow() {
        List<String> news = lines(ROWS, ROWS + 100);
        Inputs.write(folder.resolve("d.ndjson"), text(news));
        return Optional.of(news);
    }

    @Override
    protected Optional<Unusable> unusable() {
        return Optional.of(new Unusable(Inputs.source(folder.resolve("nowhere"), "*.ndjson", Map.of()), List.of()));
    }
}
