package dev.wisent.connectors.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.lake.OptimizeRequest;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.StorageFailure;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.ListColumn;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.TypeParser;
import dev.wisent.connectors.delta.kernel.KernelTable;
import dev.wisent.connectors.delta.log.Action;
import dev.wisent.connectors.delta.log.DeltaSchema;
import dev.wisent.connectors.delta.log.LogEntry;
import dev.wisent.connectors.delta.log.LogNames;
import dev.wisent.storage.Stores;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Columns whose types grow, types a table lacks, and what others said of its columns.
class GrowingTypesTest {
    @TempDir
    private Path table;

    private ObjectStore store;

    @BeforeEach
    void open() {
        store = Stores.local().open(table.toString(), Map.of());
    }

    private static List<Fragment> write(Run run, DataType type, Consumer<Column> value) {
        Schema schema = Schema.of(Field.nullable("v", type));
        RecordBatch batch = RecordBatch.of(schema);
        value.accept(batch.column(0));
        batch.endRow();
        try (LaneWriter writer = run.open()) {
            writer.target(Run.TARGET, schema).write(batch);
            return writer.flush().fragments().join();
        }
    }

    private static void one(Column column) {
        switch (column) {
            case LongColumn longs -> longs.append(1);
            case DoubleColumn doubles -> doubles.append(1);
            default -> ((BytesColumn) column).append(new byte[] {1});
        }
    }

    private static Commit.Data data(Run run, String type) {
        return run.data(run.live(), write(run, TypeParser.parse(type), GrowingTypesTest::one));
    }

    private KernelTable.Version newest() {
        return new KernelTable(store).newest().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            int8          | int16          | byte    | short
            int8          | int64          | byte    | long
            int16         | int32          | short   | integer
            int32         | int64          | integer | long
            int32         | float64        | integer | double
            float32       | float64        | float   | double
            date          | timestamp_ntz  | date    | timestamp_ntz
            decimal(5,2)  | decimal(20,4)  | decimal(5,2) | decimal(20,4)
            """)
    void a_column_grows_and_its_older_files_stay(String from, String to, String fromType, String toType) {
        Run run = Run.in(table).claimed();
        run.expectCommitted(data(run, from));
        assertThat(newest().protocol().writerFeatures()).doesNotContain("typeWidening");

        run.expectCommitted(data(run, to));
        run.expectCommitted(data(run, from));

        assertThat(DeltaSchema.read(newest().metaData().schema()).field(0).type())
                .isEqualTo(TypeParser.parse(to));
        assertThat(newest().metaData().schema())
                .contains("\"delta.typeChanges\":[{\"fromType\":\"" + fromType + "\",\"toType\":\"" + toType + "\"}]");
        assertThat(newest().metaData().configuration()).containsEntry("delta.enableTypeWidening", "true");
        assertThat(newest().protocol().readerFeatures()).contains("typeWidening");
        assertThat(newest().protocol().writerFeatures()).contains("typeWidening");
        assertThat(newest().files()).hasSize(3);
        assertThat(ProtocolChecker.check(store)).isNotEmpty();
    }

    @Test
    void a_column_that_grew_is_read_as_it_was_written_also_when_its_files_are_put_together() {
        Run run = Run.in(table).claimed();
        run.expectCommitted(run.data(run.live(), write(run, DataType.INT32, v -> ((LongColumn) v).append(-7))));
        run.expectCommitted(run.data(run.live(), write(run, DataType.INT64, v -> ((LongColumn) v).append(1L << 40))));
        assertThat(TableReader.values(store, "v")).containsExactly("-7", "1099511627776");

        run.destination.lakeTable(Run.ORDERS).orElseThrow().optimize(new OptimizeRequest(1 << 20, 10 << 20));

        assertThat(newest().files()).hasSize(1);
        assertThat(TableReader.values(store, "v")).containsExactly("-7", "1099511627776");
    }

    @Test
    void files_of_one_commit_may_differ_even_in_a_new_table() {
        Run run = Run.in(table).claimed();
        List<Fragment> narrow = write(run, DataType.INT16, v -> ((LongColumn) v).append(3));
        List<Fragment> wide = write(run, DataType.INT64, v -> ((LongColumn) v).append(4));

        run.expectCommitted(run.data(run.live(), List.of(narrow.getFirst(), wide.getFirst())));

        assertThat(newest().protocol().writerFeatures()).contains("typeWidening");
        assertThat(TableReader.values(store, "v")).containsExactly("3", "4");
    }

    @ParameterizedTest
    @CsvSource({
        "int64, int32",
        "int64, 'decimal(19,0)'",
        "float64, float32",
        "string, json",
        "'decimal(20,4)', 'decimal(20,6)'"
    })
    void a_type_that_is_not_wider_is_refused(String from, String to) {
        Run run = Run.in(table).claimed();
        run.expectCommitted(data(run, from));
        Commit.Data other = data(run, to);

        assertThatThrownBy(() -> run.commit(other))
                .isInstanceOf(WisentException.class)
                .hasMessageContaining("column 'v' is");
    }

    @Test
    void an_owner_who_turned_growing_off_is_obeyed() {
        Run run = Run.in(table).claimed();
        run.expectCommitted(data(run, "int32"));
        Action.MetaData is = newest().metaData();
        describe(is, is.schema(), Map.of("delta.enableTypeWidening", "false"));
        Run next = Run.in(table).claimed();
        Commit.Data wider = data(next, "int64");

        assertThatThrownBy(() -> next.commit(wider)).hasMessageContaining("turned that off");
    }

    @Test
    void what_others_say_of_a_column_stays_when_columns_come_and_grow() {
        Run run = Run.in(table).claimed();
        run.expectCommitted(data(run, "int32"));
        Action.MetaData is = newest().metaData();
        describe(is, is.schema().replace("\"metadata\":{}", "\"metadata\":{\"comment\":\"how many\"}"), Map.of());
        Run next = Run.in(table).claimed();
        Schema more = Schema.of(Field.nullable("v", DataType.INT64), Field.nullable("w", DataType.STRING));
        next.expectCommitted(next.data(next.live(), next.write(Run.TARGET, more)));
        RecordBatch batch = RecordBatch.of(more);
        batch.endRow();
        try (LaneWriter writer = next.open()) {
            writer.target(Run.TARGET, more).write(batch);
            next.expectCommitted(
                    next.data(next.live(), writer.flush().fragments().join()));
        }

        assertThat(newest().metaData().schema())
                .contains("\"comment\":\"how many\"", "delta.typeChanges", "\"name\":\"w\"");
    }

    /// As another writer would.
    private void describe(Action.MetaData is, String schema, Map<String, String> properties) {
        store.put(
                LogNames.entry(newest().number() + 1),
                ByteBuffer.wrap(new LogEntry(List.of(new Action.MetaData(
                                is.id(), is.name(), schema, is.partitionColumns(), properties, is.created())))
                        .bytes()));
    }

    @Test
    void uuid_and_time_are_text_and_the_run_says_so() {
        Run run = Run.in(table).claimed();
        Schema schema = Schema.of(
                Field.nullable("id", DataType.UUID),
                Field.nullable("at", DataType.TIME),
                Field.nullable("list", new DataType.ListOf(DataType.TIME)));
        RecordBatch batch = RecordBatch.of(schema);
        byte[] uuid = ByteBuffer.allocate(16)
                .putLong(0xf81d4fae7dec11d0L)
                .putLong(0xa76500a0c91e6bf6L)
                .array();
        ((BytesColumn) batch.column(0)).append(uuid);
        ((LongColumn) batch.column(1)).append(86_399_000_001L);
        ((LongColumn) ((ListColumn) batch.column(2)).elements()).append(36_000_000_000L);
        ((ListColumn) batch.column(2)).endRow();
        batch.endRow();
        batch.endRow();
        for (int i = 0; i < 2; i++) {
            try (LaneWriter writer = run.open()) {
                writer.target(Run.TARGET, schema).write(batch);
                run.expectCommitted(
                        run.data(run.live(), writer.flush().fragments().join()));
            }
        }
        run.destination.lakeTable(Run.ORDERS).orElseThrow().optimize(new OptimizeRequest(1 << 20, 10 << 20));

        String id = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
        assertThat(TableReader.values(store, "id")).containsExactly(id, id, "null", "null");
        assertThat(TableReader.values(store, "at"))
                .containsExactly("23:59:59.000001", "23:59:59.000001", "null", "null");
        assertThat(TableReader.values(store, "list")).first().asString().contains("10:00:00");
        assertThat(DeltaSchema.read(newest().metaData().schema())).isEqualTo(schema);
        assertThat(run.destination.warnings(Run.ORDERS))
                .hasSize(3)
                .anyMatch(warning -> warning.contains("'id'") && warning.contains("uuid"))
                .anyMatch(warning -> warning.contains("'list'"));
    }

    @Test
    void a_log_that_can_not_be_put_together_is_a_warning_and_the_commit_is_in() {
        HookedStore hooked = new HookedStore(store);
        DeltaDestination destination =
                new DeltaDestination(Run.options(hooked, 3, 1_000), () -> hooked, Clock.systemUTC());
        Run run = new Run(destination).claimed();
        hooked.before = request -> {
            if (request.contains("/b")) {
                throw StorageFailure.of(StorageFailure.Kind.DENIED, "no more bases", request);
            }
        };
        for (int i = 0; i < 5; i++) {
            run.append("row" + i);
        }

        assertThat(TableReader.values(store, "v")).hasSize(5);
        assertThat(destination.warnings(Run.ORDERS))
                .isNotEmpty()
                .allMatch(warning -> warning.contains("could not be put together"));
    }
}
