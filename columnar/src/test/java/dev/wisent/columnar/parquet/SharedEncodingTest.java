package dev.wisent.columnar.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedEncodingTest {
    private static final ParquetOptions SMALL =
            ParquetOptions.DEFAULT.withPages(300, 1 << 20).withRowGroups(1_000, 1 << 20);

    private static byte[] encoded(Schema schema, List<RecordBatch> batches, Optional<Executor> other) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ParquetEncoder encoder = new ParquetEncoder(schema, SMALL)) {
            ByteSink sink = Written.sink(out);
            for (RecordBatch batch : batches) {
                other.ifPresentOrElse(
                        thread -> encoder.encode(batch, 0, batch.rows(), sink, thread),
                        () -> encoder.encode(batch, 0, batch.rows(), sink));
            }
            ParquetFile written = encoder.finish(sink);
            assertThat(written.rows()).isPositive();
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void a_file_is_the_same_byte_for_byte_with_a_second_thread_and_with_one_that_never_begins(long seed) {
        Generated generated = new Generated(seed);
        Schema schema = generated.schema();
        List<RecordBatch> batches = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            batches.add(Values.batch(schema, generated.rows(470)));
        }
        AtomicInteger begun = new AtomicInteger();
        byte[] alone = encoded(schema, batches, Optional.empty());
        byte[] shared = encoded(schema, batches, Optional.of(work -> {
            begun.incrementAndGet();
            Thread.ofPlatform().start(work);
        }));
        byte[] late = encoded(schema, batches, Optional.of(work -> {}));

        assertThat(begun.get()).isGreaterThanOrEqualTo(batches.size());
        assertThat(shared).isEqualTo(alone);
        assertThat(late).isEqualTo(alone);
    }

    @Test
    void what_the_second_thread_meets_is_thrown_to_the_caller() {
        Schema schema = Schema.of(Field.required("id", DataType.INT64));
        RecordBatch batch = RecordBatch.of(schema);
        batch.endRow();

        try (ParquetEncoder encoder = new ParquetEncoder(schema, SMALL)) {
            // the other thread is done with the only column before the caller looks for one
            assertThatThrownBy(() -> encoder.encode(batch, 0, 1, (data, from, length) -> {}, Runnable::run))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("column 'id' is not nullable");
        }
    }
}
