package dev.wisent.connectors.core.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.commit.SplitView;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.ReaderContext;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.connectors.core.Configs;
import dev.wisent.connectors.core.Read;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GeneratorTest {
    @Test
    void every_id_comes_once_in_any_number_of_splits() {
        for (long rows : List.of(0L, 1L, 999L, 1_000L, 1_001L, 100_000L, 123_457L)) {
            Read read = Read.all(generator(SyncMode.FULL_REFRESH, Map.of("rows", rows)), SyncMode.FULL_REFRESH);

            assertThat(new HashSet<>(ids(read))).hasSize((int) rows).hasSameSizeAs(read.rows);
            assertThat(read.progress.values()).allMatch(SplitView::finished);
        }
    }

    @Test
    void a_full_refresh_that_goes_on_names_its_finished_splits_too() {
        Source source = generator(SyncMode.FULL_REFRESH, Map.of("rows", 100_000));
        Read all = Read.all(source, SyncMode.FULL_REFRESH);
        SplitId first = all.splits.getFirst().id();

        Read resumed = Read.all(source, SyncMode.FULL_REFRESH, Map.of(first, all.progress.get(first)));

        assertThat(resumed.splits).isEqualTo(all.splits);
        assertThat(resumed.rows).hasSize(50_000);
    }

    @Test
    void large_streams_have_up_to_eight_splits_and_small_ones_few() {
        assertThat(splits(1_000)).isEqualTo(1);
        assertThat(splits(100_000)).isEqualTo(2);
        assertThat(splits(10_000_000)).isEqualTo(8);
    }

    @Test
    void an_order_depends_on_seed_and_id_alone() {
        List<String> all = Read.all(
                        generator(SyncMode.FULL_REFRESH, Map.of("rows", 5_000, "page_size", 7)), SyncMode.FULL_REFRESH)
                .rows;
        List<String> more = Read.all(
                        generator(SyncMode.FULL_REFRESH, Map.of("rows", 9_000, "page_size", 1_000)),
                        SyncMode.FULL_REFRESH)
                .rows;
        List<String> otherSeed =
                Read.all(generator(SyncMode.FULL_REFRESH, Map.of("rows", 10, "seed", 2)), SyncMode.FULL_REFRESH).rows;

        assertThat(all).isEqualTo(more.subList(0, 5_000));
        assertThat(otherSeed).doesNotContainAnyElementsOf(all.subList(0, 10));
    }

    @Test
    void a_line_of_json_is_about_as_long_as_asked_for() {
        for (int bytes : List.of(200, 665, 5_000)) {
            Read read = Read.all(
                    generator(SyncMode.FULL_REFRESH, Map.of("rows", 1_000, "record_bytes", bytes)),
                    SyncMode.FULL_REFRESH);

            double average = read.rows.stream()
                    .mapToInt(row -> row.length() + 1)
                    .average()
                    .orElse(0);
            assertThat(average).isBetween(bytes - 5.0, bytes + 5.0);
        }
    }

    @Test
    void reading_goes_on_after_the_last_committed_page() {
        Source source = generator(SyncMode.FULL_REFRESH, Map.of("rows", 10_000));
        SplitId split =
                Read.all(source, SyncMode.FULL_REFRESH).splits.getFirst().id();

        Read rest = Read.all(source, SyncMode.FULL_REFRESH, Map.of(split, new SplitView(Position.at(4), false)));

        assertThat(ids(rest)).hasSize(6_000).startsWith(4_001L).endsWith(10_000L);
    }

    /// Else a run that is to end when nothing comes ends where a page takes its time.
    @Test
    void it_is_caught_up_when_no_page_is_left_not_when_none_is_due() {
        assertThat(caughtUp(Map.of("rows", 100_000, "sleep_ms", 60_000))).containsExactly(false, false);
        assertThat(caughtUp(Map.of("rows", 1_000, "sleep_ms", 60_000))).containsExactly(false, true);
        assertThat(caughtUp(Map.of("sleep_ms", 60_000))).containsExactly(true, true);
    }

    /// Before the first page and behind it.
    private static List<Boolean> caughtUp(Map<String, Object> config) {
        Source source = generator(SyncMode.STREAM, config);
        try (Planner planner = source.plan(Read.request(Orders.STREAM.id(), SyncMode.STREAM, Map.of()));
                SplitReader reader = source.reader(new ReaderContext(Orders.STREAM.id()))) {
            planner.opening();
            Split split =
                    ((PlanPage.Splits) planner.next(Duration.ZERO)).splits().getFirst();
            reader.add(split, Position.START);
            boolean before = reader.isCaughtUp();
            assertThat(reader.poll(Duration.ZERO)).isInstanceOf(Fetched.Chunk.class);
            assertThat(reader.poll(Duration.ZERO)).isInstanceOf(Fetched.Idle.class);
            return List.of(before, reader.isCaughtUp());
        }
    }

    @Test
    void it_fails_for_good_at_the_page_it_was_told() {
        Source source = generator(SyncMode.FULL_REFRESH, Map.of("rows", 10_000, "fail_at_page", 3));

        assertThatThrownBy(() -> Read.all(source, SyncMode.FULL_REFRESH))
                .isInstanceOfSatisfying(WisentException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_FAILED);
                    assertThat(e.isTransient()).isFalse();
                });
        assertThat(source.fingerprint(Orders.STREAM.id()))
                .isEqualTo(
                        generator(SyncMode.FULL_REFRESH, Map.of("rows", 10_000)).fingerprint(Orders.STREAM.id()));
    }

    @Test
    void each_incremental_run_reads_what_the_last_one_left() {
        Map<SplitId, SplitView> progress = new HashMap<>();
        Map<Integer, Integer> news = new java.util.LinkedHashMap<>();
        for (int rows : List.of(1_500, 1_500, 2_000, 250_000)) {
            Read read = Read.all(generator(SyncMode.INCREMENTAL, Map.of("rows", rows)), SyncMode.INCREMENTAL, progress);
            read.splits.forEach(split -> assertThat(progress).doesNotContainKey(split.id()));
            progress.putAll(read.progress);
            news.merge(rows, read.rows.size(), Integer::sum);
        }

        assertThat(news).isEqualTo(Map.of(1_500, 1_500, 2_000, 500, 250_000, 248_000));
    }

    @Test
    void ranges_that_were_never_begun_are_read_by_the_next_run() {
        Source source = generator(SyncMode.INCREMENTAL, Map.of("rows", 250_000));
        Read first = Read.all(source, SyncMode.INCREMENTAL);
        List<SplitId> names = first.splits.stream().map(Split::id).toList();
        assertThat(names).hasSizeGreaterThan(3);
        Map<SplitId, SplitView> begun = new HashMap<>();
        for (int i : List.of(1, names.size() - 1)) {
            begun.put(names.get(i), first.progress.get(names.get(i)));
        }
        Read second = Read.all(source, SyncMode.INCREMENTAL, begun);

        int others = names.stream()
                .filter(name -> !begun.containsKey(name))
                .mapToInt(name -> (int) rows(name))
                .sum();
        assertThat(second.rows).hasSize(others).doesNotHaveDuplicates();
    }

    @Test
    void a_window_that_goes_on_names_each_of_its_ranges_once() {
        Source source = generator(SyncMode.INCREMENTAL, Map.of("rows", 250_000));
        ReadRequest first = Read.request(Orders.STREAM.id(), SyncMode.INCREMENTAL, Map.of());
        StreamState opening;
        List<SplitId> names;
        try (Planner planner = source.plan(first)) {
            opening = planner.opening();
            names = named(planner);
        }
        SplitView begun = new SplitView(Position.at(1), false);
        GenerationView progress = Read.request(Orders.STREAM.id(), SyncMode.INCREMENTAL, Map.of(names.getLast(), begun))
                .progress();
        try (Planner planner = source.plan(
                new ReadRequest(Orders.STREAM.id(), SyncMode.INCREMENTAL, progress, opening, Optional.empty()))) {
            assertThat(named(planner)).containsExactlyElementsOf(names);
        }
    }

    private static List<SplitId> named(Planner planner) {
        return ((PlanPage.Splits) planner.next(Duration.ZERO))
                .splits().stream().map(Split::id).toList();
    }

    private static long rows(SplitId range) {
        String[] ends = range.value().split("-", -1);
        return Long.parseLong(ends[1]) - Long.parseLong(ends[0]) + 1;
    }

    @Test
    void an_endless_stream_resumes_where_it_stood() {
        Source source = generator(SyncMode.STREAM, Map.of("rows", 49_990));
        Read first = Read.all(source, SyncMode.STREAM);
        Read second = Read.all(generator(SyncMode.STREAM, Map.of("rows", 60_000)), SyncMode.STREAM, first.progress);

        assertThat(new HashSet<>(ids(first))).hasSize(49_990).hasSameSizeAs(first.rows);
        assertThat(new HashSet<>(ids(second))).hasSize(10_010).allMatch(id -> id > 49_990);
        assertThat(second.progress.values()).noneMatch(SplitView::finished);
    }

    @Test
    void wrong_keys_are_told_at_once() {
        assertThatThrownBy(() -> generator(SyncMode.FULL_REFRESH, Map.of("page_size", 0, "record_byte", 1)))
                .hasMessageContaining("'rows' is missing")
                .hasMessageContaining("between 1 and")
                .hasMessageContaining("did you mean 'record_bytes'");
    }

    private static int splits(long rows) {
        Source source = generator(SyncMode.FULL_REFRESH, Map.of("rows", rows));
        var page = source.plan(Read.request(Orders.STREAM.id(), SyncMode.FULL_REFRESH, Map.of()))
                .next(java.time.Duration.ZERO);
        return ((dev.wisent.api.source.PlanPage.Splits) page).splits().size();
    }

    private static List<Long> ids(Read read) {
        return read.rows.stream()
                .map(row -> Long.valueOf(row.substring("{\"id\":".length(), row.indexOf(','))))
                .toList();
    }

    private static Source generator(SyncMode mode, Map<String, ?> keys) {
        return Configs.read(
                keys, config -> new GeneratorFactory().create(config, Configs.source("orders", Optional.of(mode))));
    }
}
