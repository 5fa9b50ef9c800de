package dev.wisent.connectors.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.lake.LakeTable;
import dev.wisent.api.lake.OptimizeRequest;
import dev.wisent.api.lake.Optimized;
import dev.wisent.api.lake.TableVersion;
import dev.wisent.api.lake.VacuumRequest;
import dev.wisent.api.lake.Vacuumed;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.delta.kernel.KernelReader;
import dev.wisent.connectors.delta.kernel.KernelTable;
import dev.wisent.connectors.delta.log.Action;
import dev.wisent.connectors.delta.log.LogEntry;
import dev.wisent.connectors.delta.log.LogNames;
import dev.wisent.storage.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeTest {
    private static final OptimizeRequest SMALL = new OptimizeRequest(1 << 20, 10 << 20);
    private static final Duration LATER = Duration.ofDays(8);

    @TempDir
    Path folder;

    Path table;
    ObjectStore store;

    @BeforeEach
    void whereNoTableIsYet() {
        table = folder.resolve("events");
        store = Stores.local().open(table.toString(), Map.of());
    }

    private LakeTable lake() {
        return lakeAt(Clock.systemUTC());
    }

    private LakeTable lakeLater() {
        return lakeAt(Clock.offset(Clock.systemUTC(), LATER));
    }

    private LakeTable lakeAt(Clock clock) {
        return new DeltaDestination(Run.options(store, 1_000, 10), () -> store, clock)
                .lakeTable(Run.ORDERS)
                .orElseThrow();
    }

    @Test
    void small_files_become_one_and_nobody_sees_other_rows() {
        Run run = Run.in(table).claimed();
        for (int i = 0; i < 12; i++) {
            run.append("row" + i, "and" + i);
        }
        List<String> before = values();

        Optimized done = lake().optimize(SMALL);

        assertThat(done.filesBefore()).isEqualTo(12);
        assertThat(done.filesAfter()).isEqualTo(1);
        assertThat(done.rows()).isEqualTo(24);
        assertThat(newest().files()).singleElement().satisfies(file -> {
            assertThat(file.path()).startsWith("optimized-");
            assertThat(file.size()).isEqualTo(done.bytesAfter());
        });
        assertThat(values()).isEqualTo(before);
        assertThat(entry(newest().number()).of(Action.Remove.class))
                .hasSize(12)
                .allMatch(file -> file.effect() == Action.Effect.LAYOUT);
        assertThat(lake().optimize(SMALL)).isEqualTo(Optimized.NOTHING);
    }

    @Test
    void a_pipeline_goes_on_after_its_files_were_put_together() {
        Run run = Run.in(table).claimed().append("a").append("b");
        GenerationId generation = run.begin(Generation.Kind.REPLACE);
        run.expectCommitted(run.data(generation, "hidden"));

        lake().optimize(SMALL);

        assertThat(values()).containsExactly("a", "b");
        run.publish(generation);
        assertThat(values()).containsExactly("hidden");
        run.append("c");
        assertThat(values()).containsExactly("c", "hidden");
    }

    @Test
    void files_of_different_partitions_stay_apart() {
        Schema schema = Schema.of(Field.nullable("v", DataType.STRING), Field.nullable("p", DataType.STRING));
        Run run = new Run(new DeltaDestination(partitioned(), () -> store, Clock.systemUTC())).claimed();
        for (int i = 0; i < 4; i++) {
            try (LaneWriter writer = run.open()) {
                RecordBatch batch = RecordBatch.of(schema);
                for (int row = 0; row < 6; row++) {
                    ((BytesColumn) batch.column(0)).append(i + "-" + row);
                    if (row % 3 > 0) {
                        ((BytesColumn) batch.column(1)).append("p" + row % 3);
                    }
                    batch.endRow();
                }
                writer.target(Run.TARGET, schema).write(batch);
                run.expectCommitted(
                        run.data(run.live(), writer.flush().fragments().join()));
            }
        }
        List<Map<String, Object>> before = KernelReader.rows(table);
        assertThat(newest().files()).hasSize(12);

        Optimized done = lake().optimize(SMALL);

        assertThat(done.filesAfter()).isEqualTo(3);
        assertThat(done.versions()).isEqualTo(3);
        assertThat(KernelReader.rows(table)).containsExactlyInAnyOrderElementsOf(before);
        assertThat(newest().files()).extracting(Action.Add::partitionValues).doesNotHaveDuplicates();
    }

    private DeltaOptions partitioned() {
        DeltaOptions base = Run.options(store, 1_000, 10);
        return new DeltaOptions(
                base.path(),
                base.storageOptions(),
                base.parquet(),
                base.fileBytes(),
                base.sending(),
                List.of("p"),
                16,
                Optional.empty(),
                base.pipeline(),
                base.target(),
                base.baseEvery(),
                base.checkpointEvery(),
                base.engine());
    }

    @Test
    void a_group_whose_file_another_writer_removed_meanwhile_is_left_alone() {
        Run run = Run.in(table).claimed().append("a").append("b");
        KernelTable.Version stale = newest();
        run.refresh("new");
        Optimized done = new Compaction(store, Run.options(store, 1_000, 10), Clock.systemUTC()).run(stale, SMALL);

        assertThat(done).isEqualTo(new Optimized(0, 0, 0, 0, 0, 0, 1));
        assertThat(values()).containsExactly("new");
        assertThat(files()).noneMatch(path -> path.startsWith("optimized-"));
    }

    @Test
    void rows_another_writer_added_meanwhile_stay() {
        Run run = Run.in(table).claimed().append("a").append("b");
        KernelTable.Version stale = newest();
        run.append("c");

        Optimized done = new Compaction(store, Run.options(store, 1_000, 10), Clock.systemUTC()).run(stale, SMALL);

        assertThat(done.filesBefore()).isEqualTo(2);
        assertThat(values()).containsExactly("a", "b", "c");
        assertThat(newest().files()).hasSize(2);
    }

    @Test
    void a_vacuum_removes_what_no_version_within_the_retention_has() {
        Run run = Run.in(table).claimed().append("old").refresh("new");
        assertThat(parts()).hasSize(2);
        VacuumRequest tell =
                new VacuumRequest(Optional.empty(), VacuumRequest.Effect.TOLD, VacuumRequest.Caution.REFUSE);
        VacuumRequest remove =
                new VacuumRequest(Optional.empty(), VacuumRequest.Effect.REMOVED, VacuumRequest.Caution.REFUSE);
        assertThat(lake().vacuum(remove).files()).isEmpty();
        run = Run.in(table).claimed();

        Vacuumed told = lakeLater().vacuum(tell);

        assertThat(told.files()).hasSize(1);
        assertThat(told.retention()).isEqualTo(Duration.ofDays(7));
        assertThat(parts()).hasSize(2);
        assertThat(lakeLater().vacuum(remove)).isEqualTo(told);
        assertThat(parts()).hasSize(1);
        assertThat(values()).containsExactly("new");
        run.append("more");
        assertThat(values()).containsExactly("more", "new");
    }

    @Test
    void an_old_file_that_was_removed_within_the_retention_stays() throws IOException {
        Run.in(table).claimed().append("old").refresh("new");
        Run.in(table).claimed();
        FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(30)));
        for (String part : parts()) {
            Files.setLastModifiedTime(table.resolve(part), longAgo);
        }

        assertThat(lake().vacuum(removing()).files()).isEmpty();
        assertThat(parts()).hasSize(2);
    }

    @Test
    void a_vacuum_keeps_what_will_be_published_or_is_on_its_way() throws IOException {
        Run run = Run.in(table).claimed().append("old");
        GenerationId generation = run.begin(Generation.Kind.REPLACE);
        run.expectCommitted(run.data(generation, "hidden"));
        Run young = Run.in(table).claimed();
        var onItsWay = young.data(generation, "late");
        Files.writeString(table.resolve("somebody-elses.parquet"), "x");

        Vacuumed done = lakeLater().vacuum(removing());

        assertThat(done.files()).containsExactly("somebody-elses.parquet");
        young.expectCommitted(onItsWay);
        young.publish(generation);
        assertThat(values()).containsExactly("hidden", "late");
    }

    @Test
    void files_of_other_pipelines_that_are_no_rows_yet_stay() {
        Run.in(table).claimed().append("a");
        DeltaOptions base = Run.options(store, 1000, 10);
        DeltaOptions others = new DeltaOptions(
                base.path(),
                Map.of(),
                base.parquet(),
                base.fileBytes(),
                base.sending(),
                List.of(),
                16,
                Optional.empty(),
                "another",
                Run.TARGET,
                1000,
                10,
                "wisent");
        Run theirs = new Run(new DeltaDestination(others, () -> store, Clock.systemUTC())).claimed();
        GenerationId generation = theirs.begin(Generation.Kind.REPLACE);
        theirs.expectCommitted(theirs.data(generation, "hidden"));

        assertThat(lakeLater().vacuum(removing()).files()).isEmpty();
        theirs.publish(generation);
        assertThat(values()).containsExactly("hidden");
    }

    @Test
    void a_retention_shorter_than_the_tables_is_refused_unless_it_is_meant() {
        Run.in(table).claimed().append("old").refresh("new");
        Run.in(table).claimed();
        var hour = Optional.of(Duration.ofHours(1));
        LakeTable inTwoHours = lakeAt(Clock.offset(Clock.systemUTC(), Duration.ofHours(2)));

        assertThatThrownBy(() -> inTwoHours.vacuum(
                        new VacuumRequest(hour, VacuumRequest.Effect.REMOVED, VacuumRequest.Caution.REFUSE)))
                .isInstanceOf(WisentException.class)
                .hasMessageContaining("keeps the files of older versions for 168 hours, not for 1");
        assertThat(inTwoHours
                        .vacuum(new VacuumRequest(hour, VacuumRequest.Effect.REMOVED, VacuumRequest.Caution.ACCEPT))
                        .files())
                .hasSize(1);
    }

    @Test
    void without_the_log_of_the_retention_nothing_is_removed() {
        Run run = Run.in(table).claimed();
        for (int i = 0; i < 12; i++) {
            run.append("row" + i);
        }
        store.delete(LogNames.entry(0));
        store.delete(LogNames.entry(1));

        assertThatThrownBy(() -> lake().vacuum(removing()))
                .isInstanceOf(WisentException.class)
                .hasMessageContaining("the table's log begins with version 2");
    }

    @Test
    void history_tells_what_each_version_brought() {
        Run run = Run.in(table).claimed().append("a", "b").refresh("c");
        lake().optimize(SMALL);
        run.append("d");

        List<TableVersion> versions = lake().history(100);

        assertThat(versions).extracting(TableVersion::version).containsExactly(5L, 4L, 3L, 2L, 1L, 0L);
        assertThat(versions)
                .extracting(TableVersion::rowsAdded)
                .containsExactly(
                        Optional.of(1L),
                        Optional.of(1L),
                        Optional.of(0L),
                        Optional.of(0L),
                        Optional.of(2L),
                        Optional.of(0L));
        assertThat(versions.get(1).filesRemoved()).isEqualTo(1);
        assertThat(versions.get(1).by()).contains("wisent test");
        assertThat(lake().history(2)).extracting(TableVersion::version).containsExactly(5L, 4L);
    }

    @Test
    void without_a_table_there_is_nothing_to_do() {
        assertThatThrownBy(() -> lake().history(1)).hasMessageContaining("there is no table");
        assertThatThrownBy(() -> lake().optimize(SMALL)).hasMessageContaining("there is no table");
    }

    private static VacuumRequest removing() {
        return new VacuumRequest(Optional.empty(), VacuumRequest.Effect.REMOVED, VacuumRequest.Caution.REFUSE);
    }

    private LogEntry entry(long version) {
        try {
            return LogEntry.parse(Files.readAllBytes(table.resolve(LogNames.entry(version))));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private KernelTable.Version newest() {
        return new KernelTable(store).newest().orElseThrow();
    }

    private List<String> values() {
        return TableReader.values(table, "v");
    }

    private List<String> parts() {
        return files().stream().filter(path -> path.startsWith("part-")).toList();
    }

    private List<String> files() {
        try (var files = Files.walk(table)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> table.relativize(file).toString())
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
