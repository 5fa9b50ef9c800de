package dev.wisent.connectors.delta.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.Counts;
import dev.wisent.api.LaneId;
import dev.wisent.api.Position;
import dev.wisent.api.RunId;
import dev.wisent.api.SplitId;
import dev.wisent.api.StreamId;
import dev.wisent.api.StreamState;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Advance;
import dev.wisent.api.commit.Change;
import dev.wisent.api.commit.Claimant;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitId;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.Head;
import dev.wisent.api.commit.ProgressJson;
import dev.wisent.api.commit.Role;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.delta.log.Action;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeltaStateTest {
    private static final Schema SCHEMA = Schema.of(Field.nullable("id", DataType.INT64));
    private static final GenerationId FIRST = GenerationId.FIRST;
    private static final GenerationId HIDDEN = new GenerationId(2);

    private static final String A = "part-0a-c000000000001-a.parquet";
    private static final String B = "part-0a-c000000000001-b.parquet";
    private static final String C = "part-0a-c000000000003-c.parquet";

    private final DeltaState state = new DeltaState();

    @Test
    void a_base_gives_back_all_that_the_commits_say() throws IOException {
        take(claim(1));
        take(data(2, FIRST, A));
        take(begin(3));
        take(data(4, HIDDEN, B));

        DeltaState back = read(written());

        assertThat(ProgressJson.text(back.progress())).isEqualTo(ProgressJson.text(state.progress()));
        assertThat(back.n()).isEqualTo(4);
        assertThat(back.open()).isEqualTo(state.open());
        assertThat(back.opened()).isEqualTo(state.opened()).hasSize(1);
        assertThat(back.named()).containsExactlyInAnyOrder(A, B);
        assertThat(back.sweptBelow()).isEqualTo(state.sweptBelow());
    }

    @Test
    void a_base_that_was_cut_is_refused() throws IOException {
        take(claim(1));
        byte[] whole = written();

        for (int length = 0; length < whole.length - 1; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut))
                    .as("%s of %s bytes", length, whole.length)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_stored_commit_comes_back_with_its_way_to_the_others() {
        take(claim(1));
        Changed changed = state.next(data(2, FIRST, A));

        assertThat(Changed.parse(changed.bytes())).isEqualTo(changed);
        assertThat(changed.since()).hasSize(1);
        state.based(new Changed.BaseName(1, new Digest(7)), 100);
        Changed after = state.next(data(2, FIRST, A));
        assertThat(after.since()).isEmpty();
        assertThat(Changed.parse(after.bytes())).isEqualTo(after);
    }

    @Test
    void files_of_a_hidden_generation_wait_for_its_publish() {
        take(claim(1));
        take(begin(2));
        take(data(3, HIDDEN, B));
        assertThat(state.opened()).extracting(DataFile::name).containsExactly(B);

        take(new Commit.Publish(head(4), HIDDEN));

        assertThat(state.opened()).isEmpty();
        assertThat(state.open()).isEmpty();
    }

    @Test
    void names_are_kept_until_a_later_claims_sweep_is_told() {
        take(claim(1));
        take(data(2, FIRST, A));
        take(claim(3));
        take(data(4, FIRST, C));
        assertThat(state.sweptBelow()).isZero();
        assertThat(state.named()).containsExactlyInAnyOrder(A, C);

        state.swept(3);
        assertThat(state.named()).containsExactlyInAnyOrder(A, C);
        take(data(5, FIRST, "part-0a-c000000000003-d.parquet"));

        assertThat(state.sweptBelow()).isEqualTo(3);
        assertThat(state.named()).containsExactlyInAnyOrder(C, "part-0a-c000000000003-d.parquet");
    }

    @Test
    void files_of_a_dropped_generation_are_to_be_removed_by_a_later_claims_sweep() throws IOException {
        take(claim(1));
        take(begin(2));
        take(data(3, HIDDEN, B));
        take(new Commit.Drop(head(4), HIDDEN));

        assertThat(state.named()).isEmpty();
        assertThat(read(written()).dropped()).isEqualTo(Map.of(B, 4L));
        take(claim(5));
        state.swept(5);
        take(data(6, FIRST, A));
        assertThat(state.dropped()).isEmpty();
    }

    @Test
    void digests_are_versions_a_txn_can_have() {
        Digest digest = Digest.of("x".getBytes(StandardCharsets.UTF_8));

        assertThat(digest.value()).isNotNegative();
        assertThat(Digest.parse(digest.toString())).isEqualTo(digest);
        assertThat(Digest.of("y".getBytes(StandardCharsets.UTF_8))).isNotEqualTo(digest);
    }

    private void take(Commit commit) {
        Changed changed = state.next(commit);
        byte[] stored = changed.bytes();
        state.take(Changed.parse(stored), Digest.of(stored), stored.length);
    }

    private static Head head(long n) {
        return new Head(new CommitId("id-" + n), new StreamId("s"), LaneId.FIRST, n, new RunId("r"));
    }

    private static Commit claim(long n) {
        return new Commit.Claim(head(n), new Claimant(new RunId("r"), "host", 1, Instant.EPOCH, Role.READ));
    }

    private static Commit begin(long n) {
        return new Commit.Begin(
                head(n), new Generation(HIDDEN, Generation.Kind.REPLACE), "fingerprint", StreamState.EMPTY);
    }

    private static Commit data(long n, GenerationId generation, String file) {
        DataFile written = new DataFile(new Action.Add(file, Map.of(), 10, 5, Optional.empty()), SCHEMA);
        return new Commit.Data(
                head(n),
                generation,
                Commit.Mode.APPEND,
                List.of(new Advance(new SplitId("split-" + n), Position.START, new Position(9, "t"), true)),
                List.of(new Fragment(
                        new TargetId("t"), Fragment.Kind.DURABLE, written.json().toString(), 3, 10)),
                new Change(Optional.of(SCHEMA), List.of(), Counts.NONE, List.of()));
    }

    /// Recovery names each commit since the base, so their number is bounded however large the base is.
    @Test
    void a_commits_object_stays_below_64_kb_however_many_commits_there_were_since_a_large_base() {
        take(claim(1));
        state.based(new Changed.BaseName(1, new Digest(1)), 1L << 40);
        int commits = 1;
        while (!state.wantsBase(1_000)) {
            take(data(++commits, FIRST, "part-" + commits + ".parquet"));
            assertThat(state.next(data(commits + 1, FIRST, "next.parquet")).bytes())
                    .hasSizeLessThan(64 << 10);
        }
        assertThat(commits).isGreaterThan(1_000);
    }

    private byte[] written() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BaseLines.write(state, out);
        return out.toByteArray();
    }

    private static DeltaState read(byte[] base) throws IOException {
        return BaseLines.read(new ByteArrayInputStream(base));
    }
}
