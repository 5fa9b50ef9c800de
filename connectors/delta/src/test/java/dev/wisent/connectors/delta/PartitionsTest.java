package dev.wisent.connectors.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.destination.ReadBack;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.format.FileFormats;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.delta.kernel.KernelReader;
import dev.wisent.connectors.delta.kernel.KernelTable;
import dev.wisent.connectors.delta.log.Action;
import dev.wisent.engine.Validation;
import dev.wisent.storage.Stores;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionsTest {
    private static final Schema SCHEMA = Schema.of(
            Field.nullable("day", DataType.DATE),
            Field.required("id", DataType.INT64),
            Field.nullable("region", DataType.STRING),
            Field.nullable("at", DataType.TIMESTAMP),
            Field.nullable("local", DataType.TIMESTAMP_NTZ),
            Field.nullable("price", new DataType.Decimal(12, 2)),
            Field.nullable("flag", DataType.BOOL),
            Field.nullable("small", DataType.INT16),
            Field.nullable("note", DataType.STRING));
    private static final List<String> REGIONS = List.of("north", "süd/ost", "a=b", " x", "100%", "'", "\\", "日本");

    @TempDir
    Path folder;

    Path table;
    ObjectStore store;

    @BeforeEach
    void whereNoTableIsYet() {
        table = folder.resolve("events");
        store = Stores.local().open(table.toString(), Map.of());
    }

    private Run run(List<String> partitionBy, int openFiles) {
        DeltaOptions options = options(partitionBy, openFiles, Optional.empty());
        return new Run(new DeltaDestination(options, () -> store, Clock.systemUTC()));
    }

    private DeltaOptions options(List<String> partitionBy, int openFiles, Optional<Duration> rollover) {
        DeltaOptions base = Run.options(store, 1_000, 10);
        return new DeltaOptions(
                base.path(),
                base.storageOptions(),
                base.parquet(),
                base.fileBytes(),
                base.sending(),
                partitionBy,
                openFiles,
                rollover,
                base.pipeline(),
                base.target(),
                base.baseEvery(),
                base.checkpointEvery(),
                base.engine());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatever_it_is_partitioned_by_a_reader_sees_the_rows_that_were_written(long seed) {
        Random random = new Random(seed);
        List<String> names = new ArrayList<>(SCHEMA.fields().stream()
                .map(Field::name)
                .filter(n -> !n.equals("id"))
                .toList());
        java.util.Collections.shuffle(names, random);
        List<String> partitionBy = names.subList(0, 1 + random.nextInt(3));
        Run run = run(partitionBy, 1 + random.nextInt(20)).claimed();
        List<Map<String, Object>> written = new ArrayList<>();
        List<RecordBatch> batches = new ArrayList<>();
        for (int commit = 0; commit < 3; commit++) {
            try (LaneWriter writer = run.open()) {
                for (int i = 0; i < 3; i++) {
                    batches.add(random(random, 1 + random.nextInt(400), 1 + random.nextInt(300), written));
                    writer.target(Run.TARGET, SCHEMA).write(batches.getLast());
                }
                run.expectCommitted(
                        run.data(run.live(), writer.flush().fragments().join()));
            }
        }

        assertThat(KernelReader.rows(table))
                .as("seed %d, partitioned by %s", seed, partitionBy)
                .containsExactlyInAnyOrderElementsOf(written);
        ReadBack back = run.destination.readBack(FileFormats.none()).orElseThrow();
        assertThat(Validation.of(batches, Run.ORDERS, Run.TARGET, back).differences())
                .as("seed %d, as validate compares them", seed)
                .isEmpty();
        assertThat(newest().metaData().partitionColumns()).isEqualTo(partitionBy);
        for (Action.Add file : newest().files()) {
            assertThat(file.partitionValues().keySet()).isEqualTo(java.util.Set.copyOf(partitionBy));
        }
    }

    /// Rows whose values stay the same for `piece` rows or so.
    private static RecordBatch random(Random random, int rows, int piece, List<Map<String, Object>> written) {
        RecordBatch batch = RecordBatch.of(SCHEMA);
        Map<String, Object> before = new LinkedHashMap<>();
        for (int row = 0; row < rows; row++) {
            Map<String, Object> values = new LinkedHashMap<>(before);
            if (row == 0 || random.nextInt(piece) == 0) {
                values.clear();
                maybe(random, values, "day", (long) random.nextInt(3) - 1);
                maybe(random, values, "region", REGIONS.get(random.nextInt(REGIONS.size())));
                maybe(random, values, "at", random.nextInt(3) * 1_700_000_000_123_456L - 1);
                maybe(random, values, "local", random.nextInt(3) * 86_400_000_000L);
                maybe(random, values, "price", BigDecimal.valueOf(random.nextInt(5) - 2, 2));
                maybe(random, values, "flag", random.nextBoolean());
                maybe(random, values, "small", (long) random.nextInt(3) - 1);
                maybe(random, values, "note", "note " + random.nextInt(4));
            }
            before = values;
            Map<String, Object> whole = new LinkedHashMap<>(values);
            whole.put("id", (long) written.size());
            written.add(whole);
            for (int i = 0; i < SCHEMA.size(); i++) {
                append(batch, i, whole.get(SCHEMA.field(i).name()));
            }
            batch.endRow();
        }
        return batch;
    }

    private static void maybe(Random random, Map<String, Object> values, String name, Object value) {
        if (random.nextInt(10) > 0) {
            values.put(name, value);
        }
    }

    private static void append(RecordBatch batch, int column, Object value) {
        switch (value) {
            case null -> batch.column(column).appendNull();
            case String text -> ((BytesColumn) batch.column(column)).append(text);
            case Long number -> ((LongColumn) batch.column(column)).append(number);
            case Boolean truth -> ((LongColumn) batch.column(column)).append(truth ? 1 : 0);
            case BigDecimal number ->
                ((LongColumn) batch.column(column))
                        .append(number.unscaledValue().longValue());
            default -> throw new IllegalArgumentException(value.toString());
        }
    }

    @Test
    void rows_of_a_partition_share_a_file_however_they_alternate() {
        Run run = run(List.of("region"), 16).claimed();
        try (LaneWriter writer = run.open()) {
            writer.target(Run.TARGET, SCHEMA).write(alternating(3_000, 3));
            run.expectCommitted(run.data(run.live(), writer.flush().fragments().join()));
        }

        assertThat(newest().files()).hasSize(3);
        assertThat(KernelReader.rows(table)).hasSize(3_000);
    }

    @Test
    void with_fewer_open_files_than_partitions_the_one_without_rows_for_the_longest_time_is_ended() {
        Run run = run(List.of("region"), 2).claimed();
        try (LaneWriter writer = run.open()) {
            for (int i = 0; i < 3; i++) {
                writer.target(Run.TARGET, SCHEMA).write(alternating(600, 3));
            }
            run.expectCommitted(run.data(run.live(), writer.flush().fragments().join()));
        }

        assertThat(newest().files()).hasSize(9);
        assertThat(KernelReader.rows(table)).hasSize(1_800);
    }

    @Test
    void a_file_is_ended_when_it_is_in_the_making_for_the_rollover_timeout() {
        var clock = new SetClock();
        Run run = new Run(new DeltaDestination(
                        options(List.of(), 16, Optional.of(Duration.ofSeconds(5))), () -> store, clock))
                .claimed();
        try (LaneWriter writer = run.open()) {
            for (int i = 0; i < 4; i++) {
                writer.target(Run.TARGET, SCHEMA).write(alternating(10, 1));
                clock.now = clock.now.plusSeconds(3);
            }
            run.expectCommitted(run.data(run.live(), writer.flush().fragments().join()));
        }

        assertThat(newest().files()).hasSize(2);
    }

    @Test
    void a_table_keeps_its_partition_columns_and_another_wish_is_refused() {
        append(run(List.of("region"), 16).claimed());
        append(run(List.of(), 16).claimed());
        assertThat(newest().metaData().partitionColumns()).containsExactly("region");

        Run other = run(List.of("day"), 16).claimed();
        assertThatThrownBy(() -> append(other))
                .isInstanceOf(WisentException.class)
                .hasMessageContaining("the table is partitioned by [region], and partition_by asks for [day]");
        assertThat(KernelReader.rows(table)).hasSize(200);
    }

    @Test
    void a_full_refresh_may_change_the_partition_columns() {
        append(run(List.of("region"), 16).claimed());
        Run other = run(List.of("day", "flag"), 16).claimed();
        GenerationId generation = other.begin(Generation.Kind.REPLACE);
        List<Fragment> fragments;
        try (LaneWriter writer = other.open(generation)) {
            writer.target(Run.TARGET, SCHEMA).write(alternating(50, 2));
            fragments = writer.flush().fragments().join();
        }
        other.expectCommitted(other.data(generation, fragments));
        assertThat(newest().metaData().partitionColumns()).containsExactly("region");

        other.publish(generation);

        assertThat(newest().metaData().partitionColumns()).containsExactly("day", "flag");
        assertThat(KernelReader.rows(table)).hasSize(50);
    }

    @Test
    void files_of_other_partitions_than_the_table_has_when_they_are_published_are_refused() {
        Run run = run(List.of("region"), 16).claimed();
        GenerationId generation = run.begin(Generation.Kind.REPLACE);
        try (LaneWriter writer = run.open(generation)) {
            writer.target(Run.TARGET, SCHEMA).write(alternating(50, 2));
            run.expectCommitted(run.data(generation, writer.flush().fragments().join()));
        }
        Run later = run(List.of("day"), 16).claimed();

        Commit publish = new Commit.Publish(later.next(), generation);
        assertThatThrownBy(() -> later.commit(publish)).hasMessageContaining("were written by [region]");
    }

    @Test
    void columns_that_can_not_tell_partitions_apart_are_refused() {
        Schema schema = Schema.of(
                Field.nullable("v", DataType.STRING),
                Field.nullable("f", DataType.FLOAT64),
                Field.nullable("j", DataType.JSON));
        assertThatThrownBy(() -> run(List.of("f"), 16).claimed().write(Run.TARGET, schema, "x"))
                .hasMessageContaining("can't be partitioned by column 'f': it is float64");
        assertThatThrownBy(() -> run(List.of("j"), 16).claimed().write(Run.TARGET, schema, "x"))
                .hasMessageContaining("can't be partitioned by column 'j': it is json");
        assertThatThrownBy(() -> run(List.of("date"), 16).claimed().write(Run.TARGET, schema, "x"))
                .hasMessageContaining("partitioned by column 'date', which the rows have not");
        assertThatThrownBy(() -> run(List.of("v"), 16).claimed().write(Run.TARGET, Run.SCHEMA, "x"))
                .hasMessageContaining("every column is a partition column");
        assertThatThrownBy(() -> run(List.of("v"), 16).claimed().write(Run.TARGET, schema, ""))
                .hasMessageContaining("partition column 'v' is an empty text in a row");
    }

    private void append(Run run) {
        try (LaneWriter writer = run.open()) {
            writer.target(Run.TARGET, SCHEMA).write(alternating(100, 3));
            run.expectCommitted(run.data(run.live(), writer.flush().fragments().join()));
        }
    }

    /// Rows of so many partitions in turn.
    private static RecordBatch alternating(int rows, int partitions) {
        RecordBatch batch = RecordBatch.of(SCHEMA);
        for (int row = 0; row < rows; row++) {
            ((LongColumn) batch.column(0)).append(LocalDate.EPOCH.toEpochDay());
            ((LongColumn) batch.column(1)).append(row);
            ((BytesColumn) batch.column(2)).append(REGIONS.get(row % partitions));
            batch.endRow();
        }
        return batch;
    }

    private KernelTable.Version newest() {
        return new KernelTable(store).newest().orElseThrow();
    }

    private static final class SetClock extends Clock {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
