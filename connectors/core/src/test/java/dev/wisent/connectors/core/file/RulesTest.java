package dev.wisent.connectors.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.LaneId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.error.WriteFailure;
import dev.wisent.connectors.core.internal.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The rules of commits and R4, as this destination keeps them.
class RulesTest {
    @TempDir
    Path folder;

    Path out;
    HookedView view;

    @BeforeEach
    void inAFolderThatIsNotThereYet() {
        out = folder.resolve("out");
        view = new HookedView(Layout.of(out, false));
    }

    @Test
    void whoever_was_overtaken_by_a_claim_is_refused_and_told_by_whom() {
        Run old = Run.in(out).claimed().append("a");
        Commit.Data late = old.data(GenerationId.FIRST, "late");
        Run young = Run.in(out).claimed();

        assertThat(old.commit(late)).isInstanceOfSatisfying(CommitOutcome.Stale.class, stale -> {
            assertThat(stale.by().orElseThrow().run()).isEqualTo(young.id);
            assertThat(stale.actual().lane(LaneId.FIRST).last()).isEqualTo(3);
        });
        assertThat(Seen.rows(out)).containsExactly("a");
    }

    @Test
    void a_repeated_commit_is_answered_with_its_own_number_however_much_came_after_it() {
        Run run = Run.in(out).claimed();
        Commit.Data first = run.data(GenerationId.FIRST, "a");
        run.expectCommitted(first);
        run.expectCommitted(first);
        run.append("b").refresh("c");

        run.expectCommitted(first);
        assertThat(Run.in(out).commit(first))
                .isEqualTo(new CommitOutcome.Committed(first.head().n()));
        assertThat(Seen.rows(out)).containsExactly("c");
    }

    @Test
    void of_two_that_want_the_same_number_one_gets_it() throws Exception {
        for (int round = 0; round < 50; round++) {
            Run one = Run.in(out).claimed();
            Run two = Run.in(out);
            two.n = one.n;
            two.claim = one.claim;
            Commit.Data first = one.data(GenerationId.FIRST, "a" + round);
            Commit.Data second = two.data(GenerationId.FIRST, "b" + round);
            CompletableFuture<CommitOutcome> other = CompletableFuture.supplyAsync(() -> two.commit(second));
            List<CommitOutcome> outcomes = List.of(one.commit(first), other.get());

            assertThat(outcomes.stream().filter(CommitOutcome.Committed.class::isInstance))
                    .hasSize(1);
            assertThat(outcomes.stream().filter(CommitOutcome.Stale.class::isInstance))
                    .hasSize(1);
            assertThat(Seen.rows(out)).hasSize(round + 1);
        }
    }

    @Test
    void a_base_takes_the_place_of_manifests_and_says_the_same() {
        Run run = based(5);
        run.claimed();
        List<Commit> commits = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            Commit.Data data = run.data(GenerationId.FIRST, "r" + i);
            run.expectCommitted(data);
            commits.add(data);
        }
        GenerationId open = run.begin(Generation.Kind.REPLACE);
        run.expectCommitted(run.data(open, "hidden"));
        run.append("last").append("really");

        assertThat(Seen.names(out.resolve(".wisent")))
                .containsExactly("base-10", "base-15", "manifest-16", "owner", "parts");
        Run fresh = Run.in(out);
        assertThat(fresh.destination.progress(Run.ORDERS)).isEqualTo(run.destination.progress(Run.ORDERS));
        commits.forEach(commit -> assertThat(fresh.commit(commit))
                .isEqualTo(new CommitOutcome.Committed(commit.head().n())));
        fresh.claimed().publish(open);
        assertThat(Seen.rows(out)).containsExactly("hidden");
    }

    @Test
    void a_number_taken_below_a_base_is_refused_and_leaves_nothing() {
        Run slow = new Run(new FileDestination(Run.options(out, Format.NDJSON, 1_000), view)).claimed();
        Commit.Data late = slow.data(GenerationId.FIRST, "late");
        view.beforeDecision = state -> {
            view.beforeDecision = HookedView.NOTHING;
            Run fast = based(3).claimed();
            fast.append("a").append("b").append("c");
        };

        slow.expectStale(late);

        assertThat(Seen.rows(out)).containsExactly("a", "b", "c");
        assertThat(Seen.names(out.resolve(".wisent"))).doesNotContain("manifest-2");
    }

    @Test
    void a_stragglers_manifest_below_a_base_is_seen_by_nobody() throws Exception {
        Run slow = Run.in(out).claimed();
        byte[] stray = ManifestLog.content(slow.data(GenerationId.FIRST, "late"), Optional.empty());
        based(3).claimed().append("a").append("b").append("c");
        Files.write(out.resolve(".wisent/manifest-2"), stray);

        assertThat(slow.destination.progress(Run.ORDERS))
                .isEqualTo(Run.in(out).destination.progress(Run.ORDERS));
        Run.in(out).claimed().append("d");
        assertThat(Seen.rows(out)).containsExactly("a", "b", "c", "d");
    }

    @Test
    void a_run_that_dies_after_the_decision_is_finished_by_the_next_one() {
        Run dying = hooked().claimed();
        Commit.Data data = dying.data(GenerationId.FIRST, "a");
        view.beforeApplying = state -> {
            throw new Crash();
        };
        assertThatThrownBy(() -> dying.commit(data)).isInstanceOf(Crash.class);
        assertThat(Seen.rows(out)).isEmpty();

        Run.in(out).claimed();

        assertThat(Seen.rows(out)).containsExactly("a");
    }

    @Test
    void a_failure_after_the_decision_is_unknown_and_repeating_brings_the_answer() {
        Run run = hooked().claimed();
        Commit.Data data = run.data(GenerationId.FIRST, "a");
        view.beforeApplying = state -> {
            throw new IOException("device gone");
        };
        assertThat(run.commit(data)).isInstanceOf(CommitOutcome.Unknown.class);
        assertThat(run.commit(data)).isInstanceOf(CommitOutcome.Unknown.class);
        view.beforeApplying = HookedView.NOTHING;

        run.expectCommitted(data);
        assertThat(Seen.rows(out)).containsExactly("a");
    }

    @Test
    void a_zombie_that_finishes_its_old_publish_touches_nothing_newer() {
        for (Path path : List.of(out, folder.resolve("one.ndjson"))) {
            HookedView hooked = new HookedView(Layout.of(path, false));
            Run zombie = new Run(new FileDestination(Run.options(path, Format.NDJSON, 1_000), hooked)).claimed();
            zombie.append("old");
            GenerationId generation = zombie.begin(Generation.Kind.REPLACE);
            zombie.expectCommitted(zombie.data(generation, "zombie"));
            hooked.beforeApplying = state -> {
                hooked.beforeApplying = HookedView.NOTHING;
                Run.in(path).claimed().refresh("new").append("newer");
            };

            zombie.publish(generation);

            assertThat(rows(path)).containsExactly("new", "newer");
        }
    }

    @Test
    void a_zombie_that_finishes_its_old_append_touches_nothing_newer() {
        for (Path path : List.of(out, folder.resolve("one.ndjson"))) {
            HookedView hooked = new HookedView(Layout.of(path, false));
            Run zombie = new Run(new FileDestination(Run.options(path, Format.NDJSON, 1_000), hooked)).claimed();
            hooked.beforeApplying = state -> {
                hooked.beforeApplying = HookedView.NOTHING;
                Run.in(path).claimed().refresh("new").append("newer");
            };

            zombie.append("zombie's rows");

            assertThat(rows(path)).containsExactly("new", "newer");
        }
    }

    @Test
    void a_sweep_removes_what_older_claims_left_and_nothing_else() {
        Run dead = Run.in(out).claimed();
        dead.write(Run.TARGET, "orphan");
        Run run = Run.in(out).claimed();
        GenerationId open = run.begin(Generation.Kind.REPLACE);
        run.expectCommitted(run.data(open, "named"));
        run.write(Run.TARGET, "on its way");
        Run next = Run.in(out);
        next.n = run.n;
        Commit.Claim claim = next.claim();
        next.expectCommitted(claim);
        next.write(Run.TARGET, "its own");

        next.destination.sweep(claim);

        assertThat(parts()).hasSize(2).noneMatch(name -> name.contains("-c1-"));
        assertThat(next.publish(open)
                        .destination
                        .progress(Run.ORDERS)
                        .live()
                        .counts()
                        .written())
                .isEqualTo(1);
        assertThat(Seen.rows(out)).containsExactly("named");
    }

    @Test
    void a_sweep_by_one_that_was_overtaken_removes_nothing() {
        Run dead = Run.in(out).claimed();
        dead.write(Run.TARGET, "orphan");
        Run old = Run.in(out);
        old.n = 1;
        Commit.Claim held = old.claim();
        old.expectCommitted(held);
        Run young = Run.in(out).claimed();
        Commit.Data data = young.data(GenerationId.FIRST, "a");

        old.destination.sweep(held);

        assertThat(parts()).hasSize(2);
        young.expectCommitted(data);
    }

    @Test
    void a_damaged_manifest_is_named() throws Exception {
        Run run = Run.in(out).claimed().append("a").append("b");
        Path manifest = out.resolve(".wisent/manifest-2");
        byte[] whole = Files.readAllBytes(manifest);
        Files.write(manifest, java.util.Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> Run.in(out).destination.progress(Run.ORDERS))
                .isInstanceOfSatisfying(WisentException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.DESTINATION_CORRUPT);
                    assertThat(e.where()).endsWith("manifest-2");
                });
        assertThat(run.append("c").n).isEqualTo(4);
        Files.writeString(manifest, new String(whole).replace("\"format\":1", "\"format\":7"));
        assertThatThrownBy(() -> Run.in(out).claimed())
                .isInstanceOfSatisfying(
                        WisentException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STATE_NEWER));
    }

    @Test
    void a_damaged_base_is_named() throws Exception {
        based(3).claimed().append("a").append("b").append("c");
        Path base = out.resolve(".wisent/base-3");
        List<String> lines = Files.readAllLines(base);
        Files.write(base, lines.subList(0, lines.size() - 1));

        assertThatThrownBy(() -> Run.in(out).destination.progress(Run.ORDERS))
                .isInstanceOf(WisentException.class)
                .hasMessageContaining("base-3");
    }

    @Test
    void a_commit_whose_part_is_gone_is_not_made() throws Exception {
        Run run = Run.in(out).claimed();
        Commit.Data data = run.data(GenerationId.FIRST, "a");
        Files.delete(out.resolve(".wisent/parts").resolve(parts().getFirst()));

        assertThatThrownBy(() -> run.commit(data))
                .isInstanceOfSatisfying(
                        WisentException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRITE_FAILED));
        assertThat(Run.in(out)
                        .destination
                        .progress(Run.ORDERS)
                        .lane(LaneId.FIRST)
                        .last())
                .isEqualTo(1);
    }

    @Test
    void without_links_a_folder_holds_the_name_against_both_kinds() throws Exception {
        Files.createDirectories(out);
        CreateIfAbsent links = new CreateIfAbsent(out, CreateIfAbsent.Means.LINK);
        CreateIfAbsent folders = new CreateIfAbsent(out, CreateIfAbsent.Means.FOLDER);

        assertThat(CreateIfAbsent.in(out).means()).isEqualTo(CreateIfAbsent.Means.LINK);
        assertThat(folders.create("manifest-1", new byte[] {1})).isTrue();
        assertThat(folders.create("manifest-1", new byte[] {2})).isFalse();
        assertThat(links.create("manifest-1", new byte[] {3})).isFalse();
        assertThat(links.create("manifest-2", new byte[] {4})).isTrue();
        assertThat(folders.create("manifest-2", new byte[] {5})).isFalse();
        assertThat(CreateIfAbsent.read(out, "manifest-1").orElseThrow()).containsExactly(1);
        assertThat(CreateIfAbsent.read(out, "manifest-2").orElseThrow()).containsExactly(4);
        assertThat(CreateIfAbsent.read(out, "manifest-3")).isEmpty();
        assertThat(Seen.names(out)).containsExactly("manifest-1", "manifest-2");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_full_disk_is_told_with_path_and_bytes() throws Exception {
        Path full = Path.of("/dev/full");
        try (FileChannel channel = FileChannel.open(full, StandardOpenOption.WRITE)) {
            Disk.writeFully(channel, new byte[9], 9);
            throw new AssertionError("it was not full");
        } catch (IOException e) {
            WisentException failure = WriteFailure.of(ErrorCode.WRITE_FAILED, "a part can't be written", full, 9, e);
            assertThat(failure.code()).isEqualTo(ErrorCode.DISK_FULL);
            assertThat(failure.what()).contains("9 bytes");
            assertThat(failure.where()).isEqualTo("/dev/full");
        }
    }

    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private Run hooked() {
        return new Run(new FileDestination(Run.options(out, Format.NDJSON, 1_000), view));
    }

    private Run based(long every) {
        return new Run(new FileDestination(Run.options(out, Format.NDJSON, every)));
    }

    private List<String> parts() {
        return Seen.names(out.resolve(".wisent/parts"));
    }

    private static List<String> rows(Path path) {
        return Files.isDirectory(path)
                ? Seen.rows(path)
                : Seen.lines(path).stream()
                        .map(line -> line.replace("{\"v\":\"", "").replace("\"}", ""))
                        .toList();
    }
}
