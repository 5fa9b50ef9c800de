package dev.wisent.connectors.sql.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.StreamId;
import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.commit.SplitView;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.ReaderContext;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.connectors.sql.cursor.Lateness;
import dev.wisent.testkit.connector.SourceReading;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A full read in ranges of the key.
public abstract class RangesContract {
    private static final int RANGES = 5;
    private static final int HISTORIES = 5;
    private static final int ROWS = 2_000;

    protected abstract ReadDatabase database();

    /// Statements of somebody else.
    protected abstract void run(String... statements) throws SQLException;

    /// The stream of table `t`.
    protected String stream() {
        return "t";
    }

    /// What the database calls column `name`.
    protected String column(String name) {
        return name;
    }

    /// Whether ranges hold about as many rows each, wherever the keys lie.
    protected abstract boolean isEven();

    protected final Source source(Optional<Long> ranges, String... key) {
        return new TableSource(
                database(),
                new ReadOptions(
                        new StreamId(stream()),
                        Optional.empty(),
                        Optional.empty(),
                        Stream.of(key).map(this::column).toList(),
                        TableContract.EVOLVE,
                        Lateness.NONE,
                        ranges));
    }

    protected static String values(Iterable<Long> ids) {
        List<String> rows = new ArrayList<>();
        ids.forEach(id -> rows.add("(" + id + ", " + rows.size() + ")"));
        return rows.stream().collect(Collectors.joining(", ", "INSERT INTO t VALUES ", ""));
    }

    /// Islands with gaps between them.
    private static TreeSet<Long> ids(Random random) {
        TreeSet<Long> ids = new TreeSet<>();
        long at = random.nextLong() >> 8;
        while (ids.size() < ROWS) {
            at += 1L << random.nextInt(50);
            for (int i = random.nextInt(ROWS / 2); i >= 0; i--) {
                at += 1 + random.nextInt(10);
                ids.add(at);
            }
        }
        return ids;
    }

    @Test
    void rows_of_all_ranges_are_those_of_the_table_each_once() throws SQLException {
        long first = Long.getLong("wisent.seed", 1);
        for (long seed = first; seed < first + HISTORIES; seed++) {
            TreeSet<Long> ids = ids(new Random(seed));
            run("CREATE TABLE t (id BIGINT PRIMARY KEY, n INTEGER)", values(ids));
            try (Source source = source(Optional.of((long) RANGES))) {
                SourceReading read = SourceReading.all(source, new StreamId(stream()), SyncMode.FULL_REFRESH);

                assertThat(read.rows().stream().map(row -> Long.parseLong(row.replaceAll("^.*?:(-?\\d+),.*", "$1"))))
                        .as("seed %d", seed)
                        .containsExactlyElementsOf(ids);
                if (isEven()) {
                    assertThat(read.planned()).hasSizeBetween(RANGES - 1, RANGES);
                    assertThat(read.splits())
                            .as("seed %d", seed)
                            .allSatisfy(split -> assertThat(split.rows().size()).isLessThan(2 * ids.size() / RANGES));
                } else {
                    assertThat(read.planned()).hasSizeBetween(2, RANGES);
                }
            }
            run("DROP TABLE t");
        }
    }

    @Test
    void a_table_that_is_small_is_read_as_one() throws SQLException {
        run("CREATE TABLE t (id BIGINT PRIMARY KEY, n INTEGER)", values(ids(new Random(1))));

        try (Source source = source(Optional.empty())) {
            assertThat(SourceReading.all(source, new StreamId(stream()), SyncMode.FULL_REFRESH)
                            .planned())
                    .containsExactly(new SplitId("table"));
        }
    }

    private List<Split> splits(Source source, StreamState state, Map<SplitId, SplitView> progress) {
        GenerationView empty = GenerationView.EMPTY;
        GenerationView view =
                new GenerationView(empty.id(), progress, Optional.empty(), state, empty.counts(), empty.rejects());
        try (Planner planner = source.plan(
                new ReadRequest(new StreamId(stream()), SyncMode.FULL_REFRESH, view, state, Optional.empty()))) {
            return ((PlanPage.Splits) planner.next(Duration.ZERO)).splits();
        }
    }

    protected final StreamState opening(Source source) {
        try (Planner planner = source.plan(new ReadRequest(
                new StreamId(stream()),
                SyncMode.FULL_REFRESH,
                GenerationView.EMPTY,
                StreamState.EMPTY,
                Optional.empty()))) {
            return planner.opening();
        }
    }

    @Test
    void a_run_that_goes_on_has_the_ranges_of_the_one_that_began() throws SQLException {
        run("CREATE TABLE t (id BIGINT PRIMARY KEY, n INTEGER)", values(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L)));
        StreamState state;
        List<Split> first;
        try (Source source = source(Optional.of(3L))) {
            state = opening(source);
            first = splits(source, StreamState.EMPTY, Map.of());
        }
        run(values(List.of(9L, 10L, 11L, 12L, 13L, 1000L)));

        try (Source source = source(Optional.of(4L))) {
            assertThat(splits(source, state, Map.of())).isEqualTo(first);
        }
    }

    @Test
    void a_table_with_another_key_than_the_run_began_with_is_begun_anew() throws SQLException {
        for (Optional<Long> ranges : List.of(Optional.of(1L), Optional.of(3L))) {
            run(
                    "CREATE TABLE t (id BIGINT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (id, n))",
                    values(List.of(1L, 2L, 3L, 4L, 5L, 6L)));
            StreamState state;
            try (Source source = source(ranges, "id", "n")) {
                state = opening(source);
            }

            assertBegunAnew(state, new Position(2, "[\"2\",\"1\"]"), ranges, "n");
            run("DROP TABLE t");
        }
    }

    /// A run that began with `state` and stands at a position can't go on.
    protected final void assertBegunAnew(StreamState state, Position at, Optional<Long> ranges, String... key) {
        try (Source source = source(ranges, key);
                SplitReader reader = source.reader(new ReaderContext(new StreamId(stream())))) {
            for (Split split : splits(source, state, Map.of())) {
                reader.add(split, at);
                assertThat(reader.poll(Duration.ZERO)).isInstanceOf(Fetched.Expired.class);
            }
        }
    }

    @Test
    void a_run_that_an_earlier_version_began_goes_on() throws SQLException {
        run("CREATE TABLE t (id BIGINT PRIMARY KEY, n INTEGER)", values(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L)));
        SplitId table = new SplitId("table");

        try (Source source = source(Optional.of(3L))) {
            List<Split> splits =
                    splits(source, StreamState.EMPTY, Map.of(table, new SplitView(new Position(3, "[\"3\"]"), false)));
            assertThat(splits).extracting(Split::id).containsExactly(table);
            assertThat(SourceReading.split(
                                    source,
                                    new StreamId(stream()),
                                    splits.getFirst(),
                                    new Position(3, "[\"3\"]"),
                                    Optional.empty())
                            .rows())
                    .hasSize(5);
        }
    }

    @Test
    void a_row_without_a_value_of_its_key_is_not_left_out_between_ranges() throws SQLException {
        run(
                "CREATE TABLE t (id BIGINT, n INTEGER)",
                values(List.of(1L, 2L, 3L, 4L, 5L, 6L)),
                "INSERT INTO t VALUES (NULL, 7)");

        try (Source source = source(Optional.of(3L), "id")) {
            assertThatThrownBy(() -> SourceReading.all(source, new StreamId(stream()), SyncMode.FULL_REFRESH))
                    .isInstanceOf(WisentException.class)
                    .hasMessageContaining("no value in");
        }
    }
}
