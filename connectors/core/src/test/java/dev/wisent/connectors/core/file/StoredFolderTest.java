package dev.wisent.connectors.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.Upload;
import dev.wisent.storage.Stores;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is not as in a folder of local disk: nothing is renamed in an object store.
class StoredFolderTest {
    @TempDir
    Path folder;

    private Run run() {
        return new Run(new FileDestination(Run.inStore(out(), 1_000), Run.store(out())));
    }

    private Path out() {
        return folder.resolve("out");
    }

    private Path parts() {
        return out().resolve(".wisent/parts");
    }

    private Path onlyPart() throws IOException {
        try (Stream<Path> files = Files.list(out())) {
            return files.filter(Files::isRegularFile).reduce((a, b) -> b).orElseThrow();
        }
    }

    @Test
    void what_a_commit_shows_is_not_staged_any_more_when_it_is_answered() {
        Run run = run().claimed().append("a").refresh("b").append("c");

        assertThat(Seen.rows(out())).containsExactly("b", "c");
        assertThat(Seen.names(parts())).isEmpty();
        assertThat(run.destination.location(Run.ORDERS)).isEqualTo(out().toString());
    }

    @Test
    void whoever_shows_a_part_late_brings_none_back_that_was_replaced_meanwhile() {
        StorePlace place = Run.store(out());
        HookedView view = new HookedView(place.visible());
        Run slow = new Run(new FileDestination(Run.inStore(out(), 1_000), place, view)).claimed();
        view.beforeApplying = state -> {
            view.beforeApplying = HookedView.NOTHING;
            run().claimed().refresh("new");
            assertThat(Seen.rows(out())).containsExactly("new");
        };

        CommitOutcome outcome = slow.commit(slow.data(GenerationId.FIRST, "old"));

        assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(Seen.rows(out())).containsExactly("new");
    }

    /// The order in which what was replaced is removed matters when its staged object is there again: a put that was tried
    /// twice may arrive a second time, late.
    @Test
    void a_part_that_is_replaced_is_removed_where_it_could_be_copied_from_first() throws Exception {
        Run run = run().claimed().append("old");
        Path visible = onlyPart();
        Path staged = Files.copy(visible, parts().resolve(String.valueOf(visible.getFileName())));

        run.refresh("new");

        assertThat(staged).doesNotExist();
        assertThat(Seen.rows(out())).containsExactly("new");
    }

    @Test
    void a_copy_that_ended_after_its_part_was_replaced_is_removed_by_the_next_run() throws Exception {
        Run run = run().claimed().append("old");
        run.expectCommitted(run.data(GenerationId.FIRST, run.write(new TargetId("other"), "there")));
        Path visible = onlyPart();
        byte[] content = Files.readAllBytes(visible);
        run.refresh("new");
        Files.write(visible, content);
        Path theirs = Files.writeString(out().resolve("theirs-r-c1-w0-1.txt"), "x");

        Run next = run();
        next.n = run.n;
        Commit.Claim claim = next.claim();
        next.expectCommitted(claim);
        next.destination.sweep(claim);

        assertThat(visible).doesNotExist();
        assertThat(theirs).exists();
        assertThat(Seen.rows(out())).contains("new").doesNotContain("old");
    }

    @Test
    void a_staged_object_that_came_late_is_removed_by_the_next_run_and_one_that_waits_for_its_publish_is_not()
            throws Exception {
        Run run = run().claimed().append("shown");
        Path visible = onlyPart();
        Path late = Files.copy(visible, parts().resolve(String.valueOf(visible.getFileName())));
        GenerationId open = run.begin(Generation.Kind.REPLACE);
        run.expectCommitted(run.data(open, "waits"));

        Run next = run();
        next.n = run.n;
        Commit.Claim claim = next.claim();
        next.expectCommitted(claim);
        next.destination.sweep(claim);

        assertThat(late).doesNotExist();
        assertThat(Seen.rows(out())).containsExactly("shown");
        next.publish(open);
        assertThat(Seen.rows(out())).containsExactly("waits");
    }

    @Test
    void what_a_dead_run_staged_and_began_to_upload_is_removed_and_what_a_younger_one_did_is_not() throws Exception {
        Run dead = run().claimed();
        dead.write(Run.TARGET, "never");
        try (ObjectStore store = Stores.local().open(out().toString(), Map.of())) {
            for (long claim : List.of(dead.claim, dead.claim + 5)) {
                Upload begun = store.upload(".wisent/parts/orders-r-c%d-w0-1.ndjson".formatted(claim), 5 << 20);
                begun.part(1, ByteBuffer.wrap(new byte[10]));
            }

            Run next = run();
            next.n = dead.n;
            Commit.Claim claim = next.claim();
            next.expectCommitted(claim);
            next.destination.sweep(claim);

            assertThat(store.pendingUploads(""))
                    .singleElement()
                    .satisfies(left -> assertThat(left.path()).contains("-c" + (dead.claim + 5) + "-"));
            assertThat(Seen.names(parts())).noneMatch(name -> name.startsWith("orders"));
        }
    }

    @Test
    void a_place_of_another_pipeline_or_with_files_of_others_is_refused() throws Exception {
        Files.createDirectories(out().resolve("deeper"));
        Files.writeString(out().resolve("deeper/theirs.csv"), "x");
        run().destination.check();
        Files.writeString(out().resolve("theirs.csv"), "x");

        assertThatThrownBy(() -> run().destination.check()).isInstanceOfSatisfying(WisentException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.DESTINATION_FOREIGN);
            assertThat(e.where()).endsWith("/theirs.csv");
        });
        assertThatThrownBy(() -> run().claimed()).isInstanceOf(WisentException.class);
    }

    @Test
    void a_check_leaves_nothing_behind() throws Exception {
        run().destination.check();

        try (Stream<Path> left = Files.walk(folder)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void manifests_behind_a_base_are_read_back() {
        Run run = new Run(new FileDestination(Run.inStore(out(), 30), Run.store(out()))).claimed();
        for (int i = 0; i < 95; i++) {
            run.append("r" + i);
        }
        GenerationId open = run.begin(Generation.Kind.APPEND);

        assertThat(Seen.names(out().resolve(".wisent"))).contains("base-60", "base-90", "manifest-97");
        assertThat(run().destination.progress(Run.ORDERS)).isEqualTo(run.destination.progress(Run.ORDERS));
        run().claimed().publish(open);
        assertThat(Seen.rows(out())).hasSize(95);
    }
}
