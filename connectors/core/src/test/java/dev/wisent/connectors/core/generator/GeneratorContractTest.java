package dev.wisent.connectors.core.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.SyncMode;
import dev.wisent.api.source.Source;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.SourceContract;
import dev.wisent.testkit.connector.SourceReading;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Its rows are whatever it makes of seed and id, so they are compared with those it makes on pages of another size.
class GeneratorContractTest extends SourceContract {
    private static final int FIRST = 2_500;
    private static final int MORE = 1_200;

    private int rows = FIRST;

    @Override
    protected Source open() {
        return generator(rows, 100);
    }

    private static Source generator(int rows, int page) {
        return Configured.source(
                new GeneratorFactory(),
                "orders",
                SyncMode.INCREMENTAL,
                Map.of("rows", rows, "page_size", page, "record_bytes", 300));
    }

    @Override
    protected List<String> expected() {
        return rows(FIRST);
    }

    private static List<String> rows(int count) {
        try (Source source = generator(count, 1_000)) {
            List<String> rows = SourceReading.all(source, Orders.STREAM.id(), SyncMode.FULL_REFRESH)
                    .rows();
            assertThat(rows).hasSize(count).doesNotHaveDuplicates();
            return rows;
        }
    }

    @Override
    protected Optional<List<String>> grow() {
        rows = FIRST + MORE;
        return Optional.of(rows(rows).stream().skip(FIRST).toList());
    }
}
