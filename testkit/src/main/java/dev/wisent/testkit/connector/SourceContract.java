package dev.wisent.testkit.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.Stand;
import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.SplitView;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReaderContext;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SplitReader;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.api.source.Traits;
import dev.wisent.columnar.StreamSchema;
import dev.wisent.testkit.RowBag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// What every [Source] does: all rows are read, from any committed position the same rest is read, ordinals never fall, a
/// finished split is not read again, nothing is left open. A source's test extends it, says how one is opened and which rows
/// there are.
///
/// ```java
/// class MySourceContractTest extends SourceContract {
///     protected Source open() {
///         return Configured.source(new MyFactory(), "orders", Map.of("url", url));
///     }
///     protected List<String> expected() {
///         return List.of("{\"id\":1}", "{\"id\":2}");
///     }
/// }
/// ```
///
/// The content must stay as it is during a test, but for [#grow].
public abstract class SourceContract {
    private static final Duration WAIT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofMinutes(5);
    /// Resuming at each of a million positions would prove no more.
    private static final int MOST_RESUMES = 40;

    private final List<Source> opened = new ArrayList<>();

    /// Opens the source. Called several times in a test: each stands for another process.
    protected abstract Source open() throws Exception;

    /// The rows that are there, as JSON objects, in any order: known from elsewhere than the source's own code.
    protected abstract List<String> expected() throws Exception;

    /// The stream to read; default: the first one.
    protected StreamId stream(Source source) {
        return source.streams().getFirst().id();
    }

    /// How it is read; default: the stream's default mode.
    protected SyncMode mode(StreamInfo stream) {
        return stream.defaultMode();
    }

    /// Adds records and returns them, for streams that are read incrementally. Empty: not tested.
    protected Optional<List<String>> grow() throws Exception {
        return Optional.empty();
    }

    /// A source that can't be reached or read, with a password that must not be told. Empty: not tested.
    protected Optional<Unusable> unusable() throws Exception {
        return Optional.empty();
    }

    /// How the names of threads begin that are the service's, where it runs in this process: it starts and ends them when it
    /// likes. Empty: all threads are the source's.
    protected Optional<String> serviceThreads() {
        return Optional.empty();
    }

    /// A source whose [Source#check] must fail.
    ///
    /// @param secrets what no message may hold
    public record Unusable(Source source, List<String> secrets) {}

    @AfterEach
    final void closeAll() {
        opened.reversed().forEach(Source::close);
    }

    private Source opened() throws Exception {
        Source source = open();
        opened.add(source);
        return source;
    }

    private StreamInfo info(Source source) {
        StreamId stream = stream(source);
        return source.streams().stream()
                .filter(info -> info.id().equals(stream))
                .findFirst()
                .orElseThrow(() -> new AssertionError("streams() does not list " + stream));
    }

    private SourceReading read(Map<SplitId, SplitView> before) throws Exception {
        Source source = opened();
        return SourceReading.after(source, stream(source), mode(info(source)), before);
    }

    @Test
    void a_check_succeeds_and_changes_nothing() throws Exception {
        Source source = opened();
        source.check();
        source.check();

        same(read(Map.of()).rows(), expected());
    }

    @Test
    void a_check_that_fails_says_what_is_wrong_and_no_secret() throws Exception {
        Optional<Unusable> unusable = unusable();
        assumeTrue(unusable.isPresent(), "n/a: no unusable source is given");
        Source source = unusable.get().source();
        opened.add(source);

        assertThatThrownBy(source::check)
                .isInstanceOfSatisfying(
                        WisentException.class,
                        failure -> Refusal.isTold(failure, unusable.get().secrets()));
    }

    @Test
    void streams_traits_and_fingerprint_are_the_same_in_every_process() throws Exception {
        Source one = opened();
        Source other = opened();
        List<StreamInfo> streams = one.streams();

        assertThat(streams).isNotEmpty().isEqualTo(other.streams());
        assertThat(streams.stream().map(StreamInfo::id)).doesNotHaveDuplicates();
        for (StreamInfo stream : streams) {
            assertThat(one.traits(stream.id())).isEqualTo(other.traits(stream.id()));
            assertThat(one.fingerprint(stream.id())).isEqualTo(other.fingerprint(stream.id()));
        }
        assertThat(info(one).modes()).contains(mode(info(one)));
    }

    @Test
    void all_rows_are_read_each_once() throws Exception {
        SourceReading reading = read(Map.of());

        same(reading.rows(), expected());
        assertThat(reading.planned()).doesNotHaveDuplicates();
        if (mode(info(opened())) != SyncMode.STREAM) {
            assertThat(reading.isComplete()).as("the plan is complete").isTrue();
            assertThat(reading.progress().values()).allMatch(SplitView::finished);
        }
    }

    @Test
    void rows_come_with_a_schema_unless_they_are_records() throws Exception {
        Source source = opened();
        boolean columns = source.traits(stream(source)).shape() == Traits.Shape.COLUMNS;

        assertThat(read(Map.of()).schema().isPresent())
                .as("the planner knows a schema")
                .isEqualTo(columns);
    }

    @Test
    void ordinals_never_fall_and_a_split_ends_where_it_stands() throws Exception {
        for (SourceReading.OfSplit split : read(Map.of()).splits()) {
            List<Long> ordinals =
                    split.stands().stream().map(s -> s.position().ordinal()).toList();
            assertThat(ordinals).isSorted();
            assertThat(split.end().position().ordinal()).isGreaterThanOrEqualTo(ordinals.getLast());
            long last = 0;
            int rows = 0;
            for (int i = 0; i < ordinals.size(); i++) {
                int before = split.rowsBefore().get(i);
                if (before > rows && split.stands().get(i).isSafe()) {
                    assertThat(ordinals.get(i))
                            .as(
                                    "rows came, so the position moved (%s)",
                                    split.split().label())
                            .isGreaterThan(last);
                }
                rows = before;
                last = ordinals.get(i);
            }
        }
    }

    @Test
    void from_each_position_that_can_be_committed_the_same_rest_is_read() throws Exception {
        Traits.Replay replay = opened().traits(stream(opened())).replay();
        assumeTrue(replay != Traits.Replay.REDELIVERY, "n/a: it knows nothing again");
        SourceReading whole = read(Map.of());
        for (SourceReading.OfSplit split : whole.splits()) {
            List<Integer> safe = new ArrayList<>();
            for (int i = 0; i < split.stands().size(); i++) {
                if (split.stands().get(i).isSafe()) {
                    safe.add(i);
                }
            }
            int step = Math.max(1, safe.size() / MOST_RESUMES);
            for (int i = 0; i < safe.size(); i += step) {
                resumes(whole, split, safe.get(i), replay);
            }
        }
    }

    private void resumes(SourceReading whole, SourceReading.OfSplit split, int at, Traits.Replay replay)
            throws Exception {
        Stand stand = split.stands().get(at);
        // what came with a chunk's stand comes again only after the last batch with that stand
        int read = split.rowsBefore().get(at);
        for (int later = at + 1; later < split.stands().size(); later++) {
            if (split.stands().get(later).position().equals(stand.position())) {
                read = split.rowsBefore().get(later);
            }
        }
        Source source = opened();
        List<String> rest = SourceReading.split(
                        source,
                        stream(source),
                        split.split(),
                        stand.position(),
                        whole.schema().map(StreamSchema::new))
                .rows();
        List<String> expected = split.rows().subList(read, split.rows().size());
        if (replay == Traits.Replay.EXACT) {
            assertThat(rest).as("after %s of %s", stand, split.split().label()).isEqualTo(expected);
        } else {
            assertThat(rest)
                    .as("after %s of %s", stand, split.split().label())
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void what_is_finished_is_not_read_again() throws Exception {
        SourceReading first = read(Map.of());
        SourceReading second = read(first.progress());

        assertThat(second.rows()).isEmpty();
        if (mode(info(opened())) == SyncMode.FULL_REFRESH) {
            assertThat(second.planned())
                    .as("a full refresh names all its splits, those it has finished too")
                    .containsExactlyInAnyOrderElementsOf(first.planned());
        } else {
            Set<SplitId> finished = new HashSet<>();
            first.progress().forEach((id, view) -> {
                if (view.finished()) {
                    finished.add(id);
                }
            });
            assertThat(second.planned()).doesNotContainAnyElementsOf(finished);
        }
    }

    @Test
    void an_incremental_run_reads_what_came_since_the_last_one_and_no_more() throws Exception {
        Source source = opened();
        assumeTrue(info(source).modes().contains(SyncMode.INCREMENTAL), "n/a: it is not read incrementally");
        SourceReading first = SourceReading.all(source, stream(source), SyncMode.INCREMENTAL);
        same(first.rows(), expected());
        Optional<List<String>> news = grow();
        assumeTrue(news.isPresent(), "n/a: no way to add records is given");

        Source next = opened();
        SourceReading second = SourceReading.after(next, stream(next), SyncMode.INCREMENTAL, first.progress());
        same(second.rows(), news.get());
        Source last = opened();
        assertThat(SourceReading.after(last, stream(last), SyncMode.INCREMENTAL, second.progress())
                        .rows())
                .isEmpty();
    }

    @Test
    void a_paused_split_is_silent_and_goes_on_where_it_was() throws Exception {
        Source source = opened();
        for (SourceReading.OfSplit split : read(Map.of()).splits()) {
            try (OpenSplit open = open(source, split)) {
                open.reader().pause(split.split().id());
                open.isSilent();
                open.reader().resume(split.split().id());
                assertThat(open.rest()).isEqualTo(split.rows());
            }
        }
    }

    @Test
    void a_removed_split_is_silent_and_can_be_added_again() throws Exception {
        Source source = opened();
        for (SourceReading.OfSplit split : read(Map.of()).splits()) {
            try (OpenSplit removed = open(source, split)) {
                removed.reader().poll(WAIT);
                removed.reader().remove(split.split().id());
                removed.isSilent();
            }
            try (OpenSplit open = open(source, split)) {
                open.reader().remove(split.split().id());
                open.reader().add(split.split(), Position.START);
                assertThat(open.rest()).isEqualTo(split.rows());
            }
        }
    }

    @Test
    void a_waiting_poll_is_woken_from_any_thread() throws Exception {
        Source source = opened();
        try (SplitReader reader = source.reader(new ReaderContext(stream(source)))) {
            Thread polling = Thread.ofPlatform().daemon().start(() -> reader.poll(LONG));
            Awaitility.await("the poll has ended").until(() -> {
                reader.wakeUp();
                return !polling.isAlive();
            });
        }
    }

    @Test
    void the_same_progress_gives_the_same_plan() throws Exception {
        SourceReading first = read(Map.of());
        SourceReading second = read(Map.of());

        assertThat(second.planned()).containsExactlyInAnyOrderElementsOf(first.planned());
        Source source = opened();
        try (Planner planner = source.plan(first.request(Map.of(), first.opening(), first.schema()))) {
            planner.opening();
            assertThat(planner.schema())
                    .as("a schema that is stored is not inferred again")
                    .isEqualTo(first.schema());
        }
    }

    @Test
    void when_all_is_closed_no_thread_and_no_file_is_left_open() throws Exception {
        read(Map.of());
        closeAll();
        opened.clear();
        OpenThings before = OpenThings.now();
        read(Map.of());
        closeAll();
        opened.clear();

        Awaitility.await("threads and files of a closed source are gone")
                .untilAsserted(() -> assertThat(OpenThings.now().since(before, serviceThreads()))
                        .isEmpty());
    }

    private OpenSplit open(Source source, SourceReading.OfSplit split) throws Exception {
        return new OpenSplit(
                source, stream(source), split.split(), read(Map.of()).schema());
    }

    private static void same(List<String> actual, List<String> expected) {
        assertThat(bag(actual).differences(bag(expected))).isEmpty();
    }

    private static RowBag bag(List<String> rows) {
        RowBag bag = new RowBag();
        for (String row : rows) {
            bag.add(JsonMapper.shared().readTree(row).toString());
        }
        return bag;
    }
}
