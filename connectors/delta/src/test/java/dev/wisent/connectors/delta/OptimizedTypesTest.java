package dev.wisent.connectors.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.lake.OptimizeRequest;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.ListColumn;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.MapColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StructColumn;
import dev.wisent.connectors.delta.kernel.KernelTable;
import dev.wisent.storage.Stores;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptimizedTypesTest {
    @Test
    void values_of_every_type_survive_an_optimization(@TempDir Path folder) {
        Schema schema = Schema.of(
                Field.nullable("b", DataType.BOOL),
                Field.nullable("i8", DataType.INT8),
                Field.nullable("i16", DataType.INT16),
                Field.nullable("i32", DataType.INT32),
                Field.nullable("i64", DataType.INT64),
                Field.nullable("f32", DataType.FLOAT32),
                Field.nullable("f64", DataType.FLOAT64),
                Field.nullable("d9", new DataType.Decimal(9, 2)),
                Field.nullable("d18", new DataType.Decimal(18, 4)),
                Field.nullable("d38", new DataType.Decimal(38, 10)),
                Field.nullable("s", DataType.STRING),
                Field.nullable("j", DataType.JSON),
                Field.nullable("x", DataType.BINARY),
                Field.nullable("date", DataType.DATE),
                Field.nullable("ts", DataType.TIMESTAMP),
                Field.nullable("ntz", DataType.TIMESTAMP_NTZ),
                Field.nullable("list", new DataType.ListOf(DataType.INT64)),
                Field.nullable("map", new DataType.MapOf(DataType.STRING, DataType.FLOAT64)),
                Field.nullable(
                        "struct",
                        new DataType.Struct(List.of(
                                Field.nullable("a", DataType.STRING),
                                Field.nullable("l", new DataType.ListOf(DataType.STRING))))));
        Path table = folder.resolve("events");
        ObjectStore store = Stores.local().open(table.toString(), Map.of());
        long seed = 7;
        Random random = new Random(seed);
        Run run = Run.in(table).claimed();
        for (int i = 0; i < 3; i++) {
            try (LaneWriter writer = run.open()) {
                RecordBatch batch = RecordBatch.of(schema);
                for (int row = 0; row < 500; row++) {
                    batch.columns().forEach(column -> random(random, column));
                    batch.endRow();
                }
                writer.target(Run.TARGET, schema).write(batch);
                run.expectCommitted(
                        run.data(run.live(), writer.flush().fragments().join()));
            }
        }
        List<Map<String, String>> before = TableReader.rows(store);

        run.destination.lakeTable(Run.ORDERS).orElseThrow().optimize(new OptimizeRequest(1 << 20, 10 << 20));

        assertThat(new KernelTable(store).newest().orElseThrow().files()).hasSize(1);
        assertThat(TableReader.rows(store))
                .as("seed %d", seed)
                .hasSize(1_500)
                .containsExactlyInAnyOrderElementsOf(before);
    }

    private static void random(Random random, Column column) {
        if (random.nextInt(8) == 0) {
            column.appendNull();
            return;
        }
        switch (column) {
            case LongColumn longs ->
                longs.append(
                        switch (column.type()) {
                            case DataType.Bool t -> random.nextInt(2);
                            case DataType.Int(int bits) -> random.nextLong() >> 64 - bits;
                            case DataType.Date t -> random.nextInt(50_000);
                            case DataType.Decimal(int precision, int scale) -> random.nextInt(99_999_999);
                            default -> random.nextLong() >> 12;
                        });
            case DoubleColumn doubles -> doubles.append((float) random.nextGaussian());
            case BytesColumn bytes -> {
                switch (column.type()) {
                    case DataType.Decimal t -> bytes.append(new BigInteger(100, random).toByteArray());
                    case DataType.Json t -> bytes.append("{\"n\":" + random.nextInt() + "}");
                    case DataType.Binary t -> bytes.append(new byte[] {(byte) random.nextInt(), -1, 0});
                    default -> bytes.append("ü" + random.nextInt(50));
                }
            }
            case StructColumn struct -> {
                struct.children().forEach(child -> random(random, child));
                struct.endRow();
            }
            case ListColumn list -> {
                for (int i = random.nextInt(4); i > 0; i--) {
                    random(random, list.elements());
                }
                list.endRow();
            }
            case MapColumn map -> {
                for (int i = random.nextInt(4); i > 0; i--) {
                    ((BytesColumn) map.keys()).append("k" + i);
                    random(random, map.values());
                }
                map.endRow();
            }
        }
    }
}
