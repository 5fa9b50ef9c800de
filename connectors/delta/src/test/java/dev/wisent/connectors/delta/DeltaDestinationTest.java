package dev.wisent.connectors.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.LaneId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.delta.kernel.KernelTable;
import dev.wisent.connectors.delta.log.Action;
import dev.wisent.connectors.delta.log.LogEntry;
import dev.wisent.connectors.delta.log.LogNames;
import dev.wisent.storage.Stores;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeltaDestinationTest {
    @TempDir
    Path folder;

    Path table;
    ObjectStore store;

    @BeforeEach
    void whereNoTableIsYet() {
        table = folder.resolve("events");
        store = Stores.local().open(table.toString(), Map.of());
    }

    @Test
    void appended_rows_are_in_the_table_with_the_commit() {
        Run run = Run.in(table).claimed();
        assertThat(newest().metaData().schema()).isEqualTo("{\"type\":\"struct\",\"fields\":[]}");

        run.append("a", "b").append("c");

        assertThat(values()).containsExactly("a", "b", "c");
        KernelTable.Version version = newest();
        assertThat(version.number()).isEqualTo(2);
        assertThat(version.txn("wisent/test/orders")).contains(3L);
        assertThat(version.protocol()).isEqualTo(new Action.Protocol(1, 2, List.of(), List.of()));
    }

    @Test
    void whoever_was_overtaken_by_a_claim_is_refused_and_told_by_whom() {
        Run old = Run.in(table).claimed().append("a");
        Commit.Data late = old.data(GenerationId.FIRST, "late");
        Run young = Run.in(table).claimed();

        assertThat(old.commit(late)).isInstanceOfSatisfying(CommitOutcome.Stale.class, stale -> {
            assertThat(stale.by().orElseThrow().run()).isEqualTo(young.id);
            assertThat(stale.actual().lane(LaneId.FIRST).last()).isEqualTo(3);
        });
        assertThat(values()).containsExactly("a");
    }

    @Test
    void a_repeated_commit_is_answered_with_its_own_number_however_much_came_after_it() {
        Run run = Run.in(table).claimed();
        Commit.Data first = run.data(GenerationId.FIRST, "a");
        run.expectCommitted(first);
        run.expectCommitted(first);
        run.append("b").refresh("c");

        run.expectCommitted(first);
        assertThat(Run.in(table).commit(first))
                .isEqualTo(new CommitOutcome.Committed(first.head().n()));
        assertThat(values()).containsExactly("c");
    }

    @Test
    void a_full_refresh_is_hidden_until_it_is_published_and_older_versions_keep_their_files() {
        Run run = Run.in(table).claimed().append("old");
        GenerationId generation = run.begin(Generation.Kind.REPLACE);
        run.expectCommitted(run.data(generation, "new"));
        assertThat(values()).containsExactly("old");

        run.publish(generation);

        assertThat(values()).containsExactly("new");
        for (Action.Add file : new KernelTable(store).at(1).files()) {
            assertThat(table.resolve(file.path())).exists();
        }
    }

    @Test
    void a_dropped_generation_leaves_nothing_in_the_table() {
        Run run = Run.in(table).claimed().append("old");
        GenerationId generation = run.begin(Generation.Kind.REPLACE);
        run.expectCommitted(run.data(generation, "never"));
        run.expectCommitted(new Commit.Drop(run.next(), generation));

        assertThat(values()).containsExactly("old");
    }

    @Test
    void of_two_that_want_the_same_number_one_gets_it() throws Exception {
        for (int round = 0; round < 20; round++) {
            Run one = Run.in(table).claimed();
            Run two = Run.in(table);
            two.n = one.n;
            two.claim = one.claim;
            Commit.Data first = one.data(GenerationId.FIRST, "a" + round);
            Commit.Data second = two.data(GenerationId.FIRST, "b" + round);
            CompletableFuture<CommitOutcome> other = CompletableFuture.supplyAsync(() -> two.commit(second));
            List<CommitOutcome> outcomes = List.of(one.commit(first), other.get());

            assertThat(outcomes)
                    .filteredOn(CommitOutcome.Committed.class::isInstance)
                    .hasSize(1);
            assertThat(outcomes)
                    .filteredOn(CommitOutcome.Stale.class::isInstance)
                    .hasSize(1);
        }
        assertThat(values()).hasSize(20);
    }

    @Test
    void another_writers_append_is_no_obstacle() throws IOException {
        Run run = Run.in(table).claimed().append("a");
        Commit.Data next = run.data(GenerationId.FIRST, "c");
        foreign(2, "b");

        run.expectCommitted(next);

        assertThat(values()).containsExactly("a", "b", "c");
        assertThat(newest().number()).isEqualTo(3);
    }

    @Test
    void another_writers_append_before_a_publish_is_seen_by_it() throws IOException {
        Run run = Run.in(table).claimed().append("a");
        GenerationId generation = run.begin(Generation.Kind.REPLACE);
        run.expectCommitted(run.data(generation, "new"));
        foreign(4, "b");
        assertThat(values()).containsExactly("a", "b");

        run.publish(generation);

        assertThat(values()).containsExactly("new");
    }

    @Test
    void a_new_column_comes_with_the_rows_that_have_it() {
        Run run = Run.in(table).claimed().append("a");
        Schema wider = Schema.of(Field.required("v", DataType.STRING), Field.nullable("more", DataType.TIMESTAMP_NTZ));
        run.expectCommitted(run.data(run.live(), run.write(Run.TARGET, wider, "b")));

        assertThat(values()).containsExactly("a", "b");
        assertThat(newest().metaData().schema()).contains("\"more\"").contains("timestamp_ntz");
        assertThat(newest().protocol().readerFeatures()).containsExactly("timestampNtz");
    }

    @Test
    void a_column_that_changes_its_type_is_refused() {
        Run run = Run.in(table).claimed().append("a");
        Commit.Data changed =
                run.data(run.live(), run.write(Run.TARGET, Schema.of(Field.required("v", DataType.JSON)), "{}"));

        assertThatThrownBy(() -> run.commit(changed))
                .isInstanceOf(WisentException.class)
                .hasMessageContaining("column 'v' is string in the table, and json in new rows");
        assertThat(values()).containsExactly("a");
    }

    @Test
    void names_a_table_can_not_have_are_refused() {
        Run run = Run.in(table).claimed();
        Schema name = Schema.of(Field.nullable("a b", DataType.STRING));

        assertThatThrownBy(() -> run.write(Run.TARGET, name)).hasMessageContaining("'a b'");
    }

    @Test
    void a_table_that_asks_too_much_of_its_writers_is_refused() throws IOException {
        Run.in(table).claimed().append("a");
        Action.MetaData is = newest().metaData();
        store.put(
                LogNames.entry(2),
                ByteBuffer.wrap(new LogEntry(List.of(new Action.MetaData(
                                is.id(),
                                is.name(),
                                is.schema(),
                                is.partitionColumns(),
                                Map.of("delta.constraints.short", "length(v) < 3"),
                                is.created())))
                        .bytes()));

        assertThatThrownBy(() -> Run.in(table).claimed())
                .isInstanceOf(WisentException.class)
                .hasMessageContaining("it has the constraint short");
    }

    @Test
    void many_commits_are_put_together_and_come_back() {
        DeltaDestination small = new DeltaDestination(Run.options(store, 3, 5), () -> store, Clock.systemUTC());
        Run run = new Run(small).claimed();
        for (int i = 0; i < 30; i++) {
            run.append("row" + i);
        }
        assertThat(files("_wisent/")).anyMatch(path -> path.endsWith(".ndjson"));
        assertThat(files("_delta_log/")).anyMatch(path -> path.endsWith("00000000000000000030.checkpoint.parquet"));

        Run other = Run.in(table);

        assertThat(other.destination.progress(Run.ORDERS)).isEqualTo(small.progress(Run.ORDERS));
        assertThat(other.destination.progress(Run.ORDERS).live().splits()).hasSize(30);
        assertThat(values()).hasSize(30);
    }

    @Test
    void a_log_that_was_cleaned_up_is_read_from_its_checkpoint() throws IOException {
        DeltaDestination small = new DeltaDestination(Run.options(store, 3, 5), () -> store, Clock.systemUTC());
        Run run = new Run(small).claimed();
        Run behind = Run.in(table);
        assertThat(behind.destination.progress(Run.ORDERS).lane(LaneId.FIRST).last())
                .isEqualTo(1);
        for (int i = 0; i < 12; i++) {
            run.append("row" + i);
        }
        for (long version = 0; version < 10; version++) {
            store.delete(LogNames.entry(version));
        }

        assertThat(Run.in(table).destination.progress(Run.ORDERS)).isEqualTo(small.progress(Run.ORDERS));
        assertThat(behind.destination.progress(Run.ORDERS)).isEqualTo(small.progress(Run.ORDERS));
    }

    @Test
    void what_a_dead_run_left_behind_is_swept_and_nothing_else() {
        Run dead = Run.in(table).claimed().append("a");
        dead.write(Run.TARGET, "never committed");
        GenerationId generation = dead.begin(Generation.Kind.REPLACE);
        dead.expectCommitted(dead.data(generation, "hidden"));
        assertThat(parts()).hasSize(3);

        Run young = Run.in(table);
        young.n = dead.n;
        Commit.Claim claim = young.claim();
        young.expectCommitted(claim);
        young.destination.sweep(claim);
        assertThat(parts()).hasSize(2);
        young.publish(generation);

        assertThat(values()).containsExactly("hidden");
    }

    @Test
    void the_sweep_of_one_pipeline_leaves_the_files_of_another_alone() {
        Run ours = Run.in(table).claimed().append("a");
        DeltaOptions options = Run.options(store, 1000, 10);
        DeltaOptions others = new DeltaOptions(
                options.path(),
                Map.of(),
                options.parquet(),
                options.fileBytes(),
                options.sending(),
                List.of(),
                16,
                Optional.empty(),
                "another",
                Run.TARGET,
                1000,
                10,
                "wisent");
        Run theirs = new Run(new DeltaDestination(others, () -> store, Clock.systemUTC())).claimed();
        theirs.write(Run.TARGET, "on its way");

        Run young = Run.in(table);
        young.n = ours.n;
        Commit.Claim claim = young.claim();
        young.expectCommitted(claim);
        young.destination.sweep(claim);

        assertThat(parts()).hasSize(2);
    }

    @Test
    void check_proves_that_the_store_refuses_a_second_object_and_leaves_nothing() {
        Run.in(table).destination.check();

        assertThat(files("")).isEmpty();
    }

    @AfterEach
    void each_entry_of_the_log_is_as_the_protocol_says() {
        if (store.find(LogNames.entry(0)).isPresent()) {
            ProtocolChecker.check(store);
        }
    }

    private void foreign(long version, String row) throws IOException {
        Run writer = new Run(Run.in(folder.resolve("elsewhere")).destination);
        writer.claim = 1;
        String file = "foreign-" + version + ".parquet";
        Action.Add add = dev.wisent.connectors.delta.state.DataFile.of(
                        writer.write(Run.TARGET, row).getFirst())
                .add();
        Files.copy(folder.resolve("elsewhere").resolve(add.path()), table.resolve(file));
        store.put(
                LogNames.entry(version),
                ByteBuffer.wrap(new LogEntry(
                                List.of(new Action.Add(file, Map.of(), add.size(), add.modified(), Optional.empty())))
                        .bytes()));
    }

    private KernelTable.Version newest() {
        return new KernelTable(store).newest().orElseThrow();
    }

    private List<String> values() {
        return TableReader.values(table, "v");
    }

    private List<String> parts() {
        return files("").stream().filter(path -> path.startsWith("part-")).toList();
    }

    private List<String> files(String below) {
        try (Stream<Path> files = Files.walk(table)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> table.relativize(file).toString())
                    .filter(path -> path.startsWith(below))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
