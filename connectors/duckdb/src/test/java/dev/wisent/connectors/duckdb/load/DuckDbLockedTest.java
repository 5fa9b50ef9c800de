package dev.wisent.connectors.duckdb.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.Position;
import dev.wisent.api.StreamId;
import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.ReaderContext;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.connectors.duckdb.Db;
import dev.wisent.connectors.duckdb.read.DuckDbSourceFactory;
import dev.wisent.testkit.connector.Configured;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Another process takes the file between two connections of a run.
class DuckDbLockedTest {
    @TempDir
    Path folder;

    @Test
    void a_read_goes_on_when_who_took_the_file_meanwhile_is_done() throws Exception {
        Path file = folder.resolve("shop.duckdb");
        new Db(file).run("CREATE TABLE orders AS SELECT * FROM range(3) t(id)");
        StreamId stream = new StreamId("orders");
        try (Source source =
                Configured.source(new DuckDbSourceFactory(), "orders", Map.of("database", file.toString()))) {
            Split split = split(source, stream);
            try (SplitReader reader = source.reader(new ReaderContext(stream))) {
                reader.add(split, Position.START);
                Process other = Holding.of(file);
                try {
                    assertThatThrownBy(() -> reader.poll(Duration.ZERO))
                            .isInstanceOfSatisfying(WisentException.class, failure -> {
                                assertThat(failure.isTransient()).isTrue();
                                assertThat(failure.what()).contains("process " + other.pid());
                            });
                } finally {
                    other.destroyForcibly().waitFor();
                }

                assertThat(reader.poll(Duration.ZERO))
                        .isInstanceOfSatisfying(
                                Fetched.Chunk.class,
                                chunk -> assertThat(chunk.stand()
                                                .orElseThrow()
                                                .position()
                                                .ordinal())
                                        .isEqualTo(3));
            }
        }
    }

    private static Split split(Source source, StreamId stream) {
        try (Planner planner = source.plan(new ReadRequest(
                stream, SyncMode.FULL_REFRESH, GenerationView.EMPTY, StreamState.EMPTY, Optional.empty()))) {
            return ((PlanPage.Splits) planner.next(Duration.ZERO)).splits().getFirst();
        }
    }
}
