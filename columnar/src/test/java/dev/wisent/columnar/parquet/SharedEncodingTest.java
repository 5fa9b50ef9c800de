package dev.wisent.columnar.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
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

    private static final Schema NOTES =
            Schema.of(Field.nullable("id", DataType.INT64), Field.required("text", DataType.STRING));

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
            ByteSink sink = (data, from, length) -> {};
            // the other thread is done with the only column before the caller looks for one
            encoder.encode(batch, 0, 1, sink, Runnable::run);

            assertThatThrownBy(() -> encoder.finish(sink))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("column 'id' is not nullable");
        }
    }

    @Test
    void the_caller_reuses_its_batch_while_a_second_thread_is_not_done() {
        List<Runnable> held = new ArrayList<>();
        byte[] alone = ranges(Optional.empty());

        byte[] shared = ranges(Optional.of(work -> {
            held.forEach(Runnable::run);
            held.clear();
            held.add(work);
        }));

        assertThat(held).hasSize(1);
        assertThat(shared).isEqualTo(alone);
    }

    /// A part of each of eight batches, all of them in one object. Row groups end within them.
    private static byte[] ranges(Optional<Executor> other) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RecordBatch batch = RecordBatch.of(NOTES);
        try (ParquetEncoder encoder = new ParquetEncoder(NOTES, SMALL)) {
            for (int first = 0; first < 5_600; first += 700) {
                fill(batch, first, 700);
                encode(encoder, batch, 100, 650, out, other);
            }
            assertThat(encoder.finish(Written.sink(out)).rows()).isEqualTo(8 * 550);
        }
        return out.toByteArray();
    }

    private static void encode(
            ParquetEncoder encoder, RecordBatch batch, int from, int to, OutputStream out, Optional<Executor> other) {
        other.ifPresentOrElse(
                thread -> encoder.encode(batch, from, to, Written.sink(out), thread),
                () -> encoder.encode(batch, from, to, Written.sink(out)));
    }

    private static void fill(RecordBatch batch, int first, int rows) {
        batch.clear();
        for (int id = first; id < first + rows; id++) {
            if (id % 3 == 0) {
                batch.column(0).appendNull();
            } else {
                ((LongColumn) batch.column(0)).append(id);
            }
            ((BytesColumn) batch.column(1)).append("t" + id);
            batch.endRow();
        }
    }

    @Test
    void a_file_that_is_given_up_while_a_second_thread_works_on_it_leaves_nothing_to_the_next() {
        RecordBatch batch = RecordBatch.of(NOTES);
        fill(batch, 0, 3_000);
        ByteArrayOutputStream alone = new ByteArrayOutputStream();
        ByteArrayOutputStream after = new ByteArrayOutputStream();
        Optional<Executor> other = Optional.of(Thread::startVirtualThread);
        try (ParquetEncoder first = new ParquetEncoder(NOTES, SMALL);
                ParquetEncoder second = new ParquetEncoder(NOTES, SMALL)) {
            encode(first, batch, 7, 9, alone, Optional.empty());
            ParquetFile file = first.finish(Written.sink(alone));

            encode(second, batch, 0, 3_000, OutputStream.nullOutputStream(), other);
            second.drop();
            assertThat(second.heldBytes()).isZero();
            encode(second, batch, 7, 9, after, other);
            assertThat(second.heldBytes()).isPositive();
            assertThat(second.finish(Written.sink(after)).rows()).isEqualTo(file.rows());
            encode(second, batch, 0, 3_000, OutputStream.nullOutputStream(), other);
        }

        assertThat(after.toByteArray()).isEqualTo(alone.toByteArray());
    }
}
