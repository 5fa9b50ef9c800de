package dev.wisent.connectors.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.LaneId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.connectors.delta.kernel.KernelTable;
import dev.wisent.connectors.delta.log.Action;
import dev.wisent.connectors.delta.log.LogEntry;
import dev.wisent.connectors.delta.log.LogNames;
import dev.wisent.connectors.storages3.S3Server;
import dev.wisent.storage.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Tables with a long history, several writers, and what they leave behind.
@Execution(ExecutionMode.CONCURRENT)
class ManyVersionsTest {
    @TempDir
    Path folder;

    private HookedStore store;

    @BeforeEach
    void whereNoTableIsYet() {
        store = new HookedStore(Stores.local().open(folder.resolve("events").toString(), Map.of()));
    }

    private DeltaDestination destination(long baseEvery, long checkpointEvery) {
        return new DeltaDestination(Run.options(store, baseEvery, checkpointEvery), () -> store, Clock.systemUTC());
    }

    /// Entries another writer made, none of which anybody will read the files of.
    private void foreign(long from, long to) throws IOException {
        for (long version = from; version < to; version++) {
            Action.Add add = new Action.Add("foreign-" + version + ".parquet", Map.of(), 10, 1, Optional.empty());
            // not by the store, which waits for the disk each time
            Files.write(folder.resolve("events").resolve(LogNames.entry(version)), new LogEntry(List.of(add)).bytes());
        }
    }

    @Test
    void a_table_of_ten_thousand_versions_opens_with_a_few_requests() throws IOException {
        Run run = Run.in(store).claimed().append("a");
        foreign(2, 9_990);
        new KernelTable(store).at(9_989).checkpoint();
        foreign(9_990, 10_000);
        store.requests.clear();
        long start = System.nanoTime();

        ProgressView progress = Run.in(store).destination.progress(Run.ORDERS);

        System.out.println("10,000 versions opened in " + (System.nanoTime() - start) / 1_000_000 + " ms, "
                + store.requests.size() + " requests");
        assertThat(progress.lane(LaneId.FIRST).last()).isEqualTo(2);
        assertThat(store.count("get _delta_log/")).isLessThan(60);
        assertThat(store.count("list ")).isLessThan(10);
        run.append("b");
        assertThat(new KernelTable(store).newest().orElseThrow().number()).isEqualTo(10_000);
    }

    @Test
    void fifteen_hundred_versions_of_others_checkpoints_and_a_clean_up_later_both_the_old_writer_and_a_new_go_on()
            throws IOException {
        Run old = new Run(destination(3, 10)).claimed();
        for (int i = 0; i < 8; i++) {
            old.append("row" + i);
        }
        ProgressView before = old.destination.progress(Run.ORDERS);
        foreign(9, 1_509);
        new KernelTable(store).at(1_500).checkpoint();
        for (long version = 0; version < 1_490; version++) {
            Files.delete(folder.resolve("events").resolve(LogNames.entry(version)));
        }

        assertThat(Run.in(store).destination.progress(Run.ORDERS)).isEqualTo(before);
        old.append("later");
        Run young = Run.in(store).claimed().append("young");
        old.expectStale(old.data(GenerationId.FIRST, "too late"));
        assertThat(young.destination.progress(Run.ORDERS).live().splits()).hasSize(10);
    }

    private static long races(ObjectStore one, ObjectStore two, long seed, int rounds) throws Exception {
        Random random = new Random(seed);
        long committed = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Run a = Run.in(one).claimed();
            for (int round = 0; round < rounds; round++) {
                Run b = Run.in(two);
                b.n = a.n;
                b.claim = a.claim;
                long stands = a.n;
                boolean full = random.nextInt(4) == 0;
                Commit first = full ? a.claim() : a.data(GenerationId.FIRST, "a" + round);
                Commit second = random.nextInt(4) == 0 ? b.claim() : b.data(GenerationId.FIRST, "b" + round);
                CompletableFuture<CommitOutcome> left = CompletableFuture.supplyAsync(() -> a.commit(first), threads);
                CompletableFuture<CommitOutcome> right = CompletableFuture.supplyAsync(() -> b.commit(second), threads);
                List<CommitOutcome> outcomes = List.of(left.get(), right.get());
                assertThat(outcomes.stream().filter(CommitOutcome.Committed.class::isInstance))
                        .as("seed %d, round %d: %s", seed, round, outcomes)
                        .hasSize(1);
                assertThat(outcomes.stream().filter(CommitOutcome.Stale.class::isInstance))
                        .as("seed %d, round %d", seed, round)
                        .hasSize(1);
                boolean rows = outcomes.get(0) instanceof CommitOutcome.Committed
                        ? first instanceof Commit.Data
                        : second instanceof Commit.Data;
                committed += rows ? 1 : 0;
                a.n = stands + 1;
                a.claim = a.destination.progress(Run.ORDERS).lane(LaneId.FIRST).claimedAt();
            }
        }
        return committed;
    }

    @Test
    void of_two_writers_that_saw_the_same_one_is_refused_in_a_folder() throws Exception {
        racesInAFolder(1);
    }

    @Tag("sweep")
    @Test
    void of_two_writers_that_saw_the_same_one_is_refused_always_in_a_folder() throws Exception {
        racesInAFolder(20);
    }

    private void racesInAFolder(long seeds) throws Exception {
        for (long seed = 1; seed <= seeds; seed++) {
            String path = folder.resolve("race" + seed).toString();
            ObjectStore one = Stores.local().open(path, Map.of());
            long rows = races(one, Stores.local().open(path, Map.of()), seed, 20);

            assertThat(TableReader.rows(one)).hasSize((int) rows);
        }
    }

    @Test
    void of_two_writers_that_saw_the_same_one_is_refused_in_s3() throws Exception {
        racesInS3(1);
    }

    @Tag("sweep")
    @Test
    void of_two_writers_that_saw_the_same_one_is_refused_always_in_s3() throws Exception {
        racesInS3(20);
    }

    private static void racesInS3(long seeds) throws Exception {
        try (Places places = Places.s3(new S3Server())) {
            for (long seed = 1; seed <= seeds; seed++) {
                Places.Place place = places.next();
                try (ObjectStore one = place.open();
                        ObjectStore two = place.open()) {
                    long rows = races(one, two, seed, 20);

                    assertThat(TableReader.rows(one)).hasSize((int) rows);
                }
            }
        }
    }

    @Test
    void a_commit_that_is_in_is_committed_whatever_the_store_says_after_it() {
        Run run = new Run(destination(2, 1)).claimed();
        Commit.Data data = run.data(GenerationId.FIRST, "a");
        List<String> entries = new ArrayList<>();
        store.before = request -> {
            if (!entries.isEmpty()) {
                throw HookedStore.unavailable();
            }
            if (request.equals("create " + LogNames.entry(1))) {
                entries.add(request);
            }
        };

        run.expectCommitted(data);

        assertThat(entries).hasSize(1);
        store.before = request -> {};
        run.expectCommitted(data);
        run.append("b").append("c");
        assertThat(TableReader.values(store, "v")).containsExactly("a", "b", "c");
    }

    @Test
    void objects_that_a_base_made_needless_are_removed_and_who_is_behind_finds_its_way() {
        Run behind = Run.in(store);
        Run run = new Run(destination(3, 5)).claimed();
        assertThat(behind.destination.progress(Run.ORDERS).lane(LaneId.FIRST).last())
                .isEqualTo(1);
        for (int i = 0; i < 30; i++) {
            run.append("row" + i);
        }

        assertThat(ProtocolChecker.paths(store, "_wisent/")).hasSizeLessThan(12);
        ProgressView progress = run.destination.progress(Run.ORDERS);
        assertThat(behind.destination.progress(Run.ORDERS)).isEqualTo(progress);
        assertThat(Run.in(store).destination.progress(Run.ORDERS)).isEqualTo(progress);
        assertThat(TableReader.rows(store)).hasSize(30);
    }

    @Test
    void checkpoints_come_although_another_writer_has_every_version_they_would_be_due_at() throws IOException {
        Run run = new Run(destination(100, 4)).claimed();
        for (int round = 0; round < 6; round++) {
            run.append("a" + round);
            run.append("b" + round);
            run.append("c" + round);
            long next = new KernelTable(store).newest().orElseThrow().number() + 1;
            foreign(next, next + 1);
        }

        assertThat(ProtocolChecker.paths(store, LogNames.LOG))
                .filteredOn(path -> path.endsWith(".checkpoint.parquet"))
                .hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void files_of_a_dropped_refresh_are_removed_by_the_next_run_and_no_others() {
        Run run = Run.in(store).claimed().append("old");
        GenerationId generation = run.begin(Generation.Kind.REPLACE);
        run.expectCommitted(run.data(generation, "never"));
        run.expectCommitted(new Commit.Drop(run.next(), generation));
        run.append("new");
        assertThat(ProtocolChecker.unlisted(store)).hasSize(1);

        swept(run);

        assertThat(ProtocolChecker.unlisted(store)).isEmpty();
        assertThat(TableReader.values(store, "v")).containsExactly("new", "old");
    }

    private Run swept(Run before) {
        Run young = Run.in(store);
        young.n = before.n;
        Commit.Claim claim = young.claim();
        young.expectCommitted(claim);
        young.destination.sweep(claim);
        return young;
    }

    @Test
    void a_sweep_after_many_commits_takes_one_listing_and_the_next_begins_where_it_ended() {
        Run run = Run.in(store).claimed();
        for (int i = 0; i < 40; i++) {
            run.append("row" + i);
        }
        run.write(Run.TARGET, "left behind");
        store.requests.clear();
        Run young = swept(run);
        assertThat(store.count("list part-")).isEqualTo(1);
        assertThat(store.count("uploads ")).isEqualTo(1);
        assertThat(store.count("delete part-")).isEqualTo(1);
        young.append("young");

        swept(young);

        assertThat(Run.in(store).destination.progress(Run.ORDERS).live().splits())
                .hasSize(41);
        assertThat(TableReader.rows(store)).hasSize(41);
    }

    @Test
    void nothing_is_removed_while_a_commit_has_no_answer() {
        Run run = Run.in(store).claimed().append("a");
        Commit.Data data = run.data(GenerationId.FIRST, "b");
        store.losesAnswer = path -> path.startsWith(LogNames.LOG);
        store.requests.clear();

        assertThat(run.commit(data)).isInstanceOf(CommitOutcome.Unknown.class);
        run.destination.close();

        assertThat(store.count("delete ")).isZero();
        store.losesAnswer = path -> false;
        Run.in(store).expectCommitted(data);
        assertThat(TableReader.values(store, "v")).containsExactly("a", "b");
    }
}
