package dev.wisent.api.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.Counts;
import dev.wisent.api.LaneId;
import dev.wisent.api.Position;
import dev.wisent.api.RejectFile;
import dev.wisent.api.RunId;
import dev.wisent.api.SplitId;
import dev.wisent.api.StreamId;
import dev.wisent.api.StreamState;
import dev.wisent.api.TargetId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CommitJsonTest {
    private static final StreamId ORDERS = new StreamId("orders");

    @RepeatedTest(50)
    void any_commit_comes_back_as_it_was(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < 40; i++) {
            Commit commit = anyCommit(random, random.nextInt(1, 1_000));

            assertThat(CommitJson.parse(CommitJson.text(commit))).isEqualTo(commit);
        }
    }

    @RepeatedTest(20)
    void progress_put_together_from_its_lines_decides_and_reads_as_before(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Progress progress = anyProgress(random);
        List<String> lines = new ArrayList<>();
        ProgressJson.write(progress, line -> lines.add(line.toString()));

        ProgressJson.Reader reader = new ProgressJson.Reader();
        lines.forEach(line -> assertThat(reader.accept(json(line))).isTrue());
        Progress restored = reader.finish();

        assertThat(restored.view()).isEqualTo(progress.view());
        assertThat(restored.ids(LaneId.FIRST)).isEqualTo(progress.ids(LaneId.FIRST));
        List<String> again = new ArrayList<>();
        ProgressJson.write(restored, line -> again.add(line.toString()));
        assertThat(again).isEqualTo(lines);
    }

    @Test
    void an_excerpt_of_few_splits_is_whole_and_one_of_many_counts_the_finished_ones() {
        Map<SplitId, SplitView> splits = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            splits.put(new SplitId("split-" + i), new SplitView(Position.at(i), i >= 10));
        }
        Progress progress = Progress.restore(
                new ProgressView(Map.of(), GenerationView.EMPTY.withSplits(splits), Optional.empty()), Map.of());

        String whole = ProgressJson.excerpt(progress, 100, "there");
        String part = ProgressJson.excerpt(progress, 99, "there");

        assertThat(whole).startsWith(ProgressJson.text(progress));
        assertThat(ProgressJson.place(whole)).contains("there");
        assertThat(ProgressJson.place(part)).contains("there");
        assertThat(ProgressJson.place(ProgressJson.text(progress))).isEmpty();
        assertThat(ProgressJson.leftOut(whole)).isZero();
        assertThat(ProgressJson.leftOut(part)).isEqualTo(90);
        assertThat(ProgressJson.parse(part).view().live().splits())
                .hasSize(10)
                .allSatisfy((id, split) -> assertThat(split.finished()).isFalse());
    }

    @Test
    void a_newer_format_is_refused() {
        String text = CommitJson.text(claim(1, new Random(1))).replace("\"format\":1", "\"format\":2");

        assertThatThrownBy(() -> CommitJson.parse(text))
                .isInstanceOfSatisfying(
                        WisentException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STATE_NEWER));
    }

    @Test
    void damaged_text_is_refused_with_what_is_wrong() {
        assertThatThrownBy(() -> CommitJson.parse("{\"format\":1,\"type\":\"claim\""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CommitJson.parse("{\"format\":1,\"type\":\"claim\"}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'id' is missing");
    }

    private static JsonNode json(String line) {
        return JsonMapper.shared().readTree(line);
    }

    private static Progress anyProgress(Random random) {
        Progress progress = new Progress();
        for (long n = 1; n < 60; n++) {
            Commit commit = anyCommit(random, n);
            if (progress.decide(commit, f -> false) instanceof Decision.Accept) {
                progress.apply(commit);
            } else {
                progress.apply(claim(n, random));
            }
        }
        return progress;
    }

    private static Commit anyCommit(Random random, long n) {
        Head head = head(n, random);
        GenerationId generation = new GenerationId(random.nextInt(3));
        return switch (random.nextInt(5)) {
            case 0 -> claim(n, random);
            case 1 ->
                new Commit.Begin(
                        head,
                        new Generation(generation, any(random, Generation.Kind.values())),
                        text(random),
                        new StreamState(text(random)));
            case 2 -> new Commit.Publish(head, generation);
            case 3 -> new Commit.Drop(head, generation);
            default ->
                new Commit.Data(
                        head,
                        generation,
                        any(random, Commit.Mode.values()),
                        list(random, () -> advance(random)),
                        list(random, () -> fragment(random)),
                        change(random));
        };
    }

    private static Commit claim(long n, Random random) {
        Instant at = Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
        return new Commit.Claim(
                head(n, random),
                new Claimant(new RunId("r" + n), text(random), random.nextInt(), at, any(random, Role.values())));
    }

    private static Head head(long n, Random random) {
        return new Head(new CommitId("c" + random.nextInt()), ORDERS, LaneId.FIRST, n, new RunId("run"));
    }

    private static Advance advance(Random random) {
        long from = random.nextInt(3);
        return new Advance(
                new SplitId("s" + random.nextInt(20)),
                from == 0 ? Position.START : new Position(from, text(random)),
                new Position(from + random.nextInt(3), text(random)),
                random.nextBoolean());
    }

    private static Fragment fragment(Random random) {
        TargetId target = new TargetId("t" + random.nextInt(3));
        return new Fragment(
                target, any(random, Fragment.Kind.values()), text(random), random.nextLong(), random.nextInt());
    }

    private static Change change(Random random) {
        Optional<Schema> schema = random.nextBoolean()
                ? Optional.empty()
                : Optional.of(Schema.of(
                        Field.required("id", DataType.INT64),
                        Field.nullable("größe \"x\"", new DataType.Decimal(12, 2)),
                        Field.nullable("a", new DataType.Struct(List.of(Field.required("b c", DataType.JSON))))));
        Counts counts = new Counts(
                random.nextInt(),
                0,
                random.nextInt(),
                1,
                2,
                3,
                random.nextLong(),
                random.nextLong(),
                random.nextLong());
        return new Change(
                schema,
                list(random, () -> new SplitId("f" + random.nextInt(20))),
                counts,
                list(random, () -> new RejectFile(text(random), random.nextInt())));
    }

    private static <T> List<T> list(Random random, Supplier<T> item) {
        List<T> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(item.get());
        }
        return items;
    }

    private static String text(Random random) {
        return any(random, new String[] {"", "plain", "{\"json\": [1]}", "line\nbreak\u0000\t", "ü€😀", "\u2028\\\"/"});
    }

    private static <T> T any(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }
}
