package dev.wisent.connectors.sql.cursor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.commit.SplitView;
import dev.wisent.api.error.WisentException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Rows that are committed late by less than a lag, on a model of a table: windows are planned and read part by part, while
/// rows come anywhere within the lag, and the run is killed anywhere. `-Dlate.first=<seed>` begins at another seed,
/// `-Dlate.histories=<count>` plays more.
class LateRowsTest {
    private static final long HISTORIES = Long.getLong("late.histories", 3_000);
    private static final long FIRST = Long.getLong("late.first", 1);
    private static final int LAG = 20;

    @Test
    void rows_that_come_late_within_the_lag_are_there_once() {
        assertThat(LongStream.range(FIRST, FIRST + HISTORIES)
                        .mapToObj(seed -> new History(seed, Sieve::new).play().map(why -> "seed " + seed + ": " + why))
                        .flatMap(Optional::stream)
                        .findFirst())
                .isEmpty();
    }

    @Test
    void without_what_earlier_windows_remember_rows_are_there_twice() {
        assertThat(LongStream.range(FIRST, FIRST + HISTORIES)
                        .mapToObj(seed -> new History(
                                        seed, (spec, token) -> new Sieve(new Sieve.Spec("", spec.keeping()), token))
                                .play())
                        .flatMap(Optional::stream)
                        .findFirst())
                .hasValueSatisfying(why -> assertThat(why).contains("twice"));
    }

    @Test
    void more_rows_within_the_lag_than_are_remembered_stop_the_run() {
        History history = new History(1, Sieve::new);
        history.insert(5);
        LateRows rows = new LateRows(history, 4, "orders");

        assertThatThrownBy(() -> rows.next(Windows.of(GenerationView.EMPTY), GenerationView.EMPTY))
                .isInstanceOf(WisentException.class)
                .hasMessageContaining("more than 4 rows lie within cursor_lag");
    }

    @Test
    void rows_that_are_told_apart_by_other_columns_than_before_stop_the_run() throws Exception {
        History history = new History(1, Sieve::new);
        history.insert(5);
        history.run();
        history.types = "at integer, code string";

        assertThatThrownBy(history::run)
                .isInstanceOf(WisentException.class)
                .hasMessageContaining("can't be recognised");
    }

    @Test
    void a_token_says_where_it_stands_and_what_was_seen() {
        Sieve sieve = new Sieve(new Sieve.Spec("", Sieve.Keeping.ROWS), "");
        sieve.passes(List.of("5", "a"));
        String token = sieve.token(List.of("5", "a"));

        assertThat(Sieve.values(token)).containsExactly("5", "a");
        assertThat(Sieve.seen(token).holds(List.of("5", "a"))).isTrue();
        assertThat(Sieve.seen(token).holds(List.of("5a", ""))).isFalse();
    }

    private interface Sieves {
        Sieve of(Sieve.Spec spec, String token);
    }

    /// A table of one row a key, by cursor and key, and a stream that reads it.
    private static final class History implements LateRows.Table {
        private static final int RANGE = 3;

        private final Random random;
        private final Sieves sieves;
        private final TreeMap<Long, Integer> rows = new TreeMap<>();
        private final Map<SplitId, SplitView> progress = new HashMap<>();
        private final List<Long> delivered = new ArrayList<>();
        private int highest;
        private int keys;
        private String types = "at integer, id integer";

        History(long seed, Sieves sieves) {
            this.random = new Random(seed);
            this.sieves = sieves;
        }

        /// Ordered as cursor and key are.
        private static long row(int cursor, int key) {
            return (long) cursor << Integer.SIZE | key;
        }

        private static List<String> values(long row) {
            return List.of(String.valueOf(row >> Integer.SIZE), String.valueOf((int) row));
        }

        private static long row(List<String> values) {
            return row(Integer.parseInt(values.getFirst()), Integer.parseInt(values.getLast()));
        }

        void insert(int count) {
            int top = highest;
            for (int i = 0; i < count; i++) {
                int cursor = Math.max(1, highest - LAG + 1 + random.nextInt(LAG + 4));
                rows.put(row(cursor, ++keys), cursor);
                top = Math.max(top, cursor);
            }
            highest = top;
        }

        /// Somebody writes a row again, with a cursor of now.
        private void update() {
            if (!rows.isEmpty() && random.nextInt(3) == 0) {
                long old = Optional.ofNullable(rows.ceilingKey(row(random.nextInt(highest + 1), 0)))
                        .orElse(rows.firstKey());
                rows.remove(old);
                rows.put(row(++highest, (int) old), highest);
            }
        }

        Optional<String> play() {
            try {
                for (int run = 2 + random.nextInt(4); run > 0; run--) {
                    insert(random.nextInt(8));
                    update();
                    killed();
                }
                run();
                run();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            Set<Long> once = new HashSet<>();
            for (long row : delivered) {
                if (!once.add(row)) {
                    return Optional.of("twice: " + values(row));
                }
            }
            Set<Long> lost = new HashSet<>(rows.keySet());
            lost.removeAll(once);
            return lost.isEmpty()
                    ? Optional.empty()
                    : Optional.of("lost: " + lost.stream().map(History::values).toList());
        }

        private void killed() throws Exception {
            read(random.nextInt(3) > 0 ? random.nextInt(12) : Integer.MAX_VALUE);
        }

        void run() throws Exception {
            read(Integer.MAX_VALUE);
        }

        /// @param commits after so many the run is killed
        private void read(int commits) throws Exception {
            GenerationView empty = GenerationView.EMPTY;
            GenerationView view = empty.withSplits(progress);
            Windows windows = Windows.of(view);
            LateRows late = new LateRows(this, Integer.MAX_VALUE - 1, "orders", RANGE);
            Optional<Windows.Window> window = windows.isFinished() ? late.next(windows, view) : windows.last();
            if (window.isEmpty()) {
                return;
            }
            List<Sieve.Spec> specs = late.sieves(windows, window.get(), view);
            windows.forgotten().forEach(progress::remove);
            int left = commits;
            for (int part = 0; part < window.get().parts(); part++) {
                SplitId id = window.get().id(part);
                while (!progress.getOrDefault(id, new SplitView(Position.START, false))
                        .finished()) {
                    if (left-- == 0) {
                        return;
                    }
                    chunk(window.get(), part, specs.get(part), commits == Integer.MAX_VALUE);
                }
            }
        }

        /// One statement and its commit.
        private void chunk(Windows.Window window, int part, Sieve.Spec spec, boolean quiet) {
            if (!quiet) {
                insert(random.nextInt(3));
            }
            Position stands = progress.getOrDefault(window.id(part), new SplitView(Position.START, false))
                    .position();
            Sieve sieve = sieves.of(spec, stands.token());
            List<String> last = Sieve.values(stands.token());
            long behind = last.isEmpty() ? Long.MIN_VALUE : row(last);
            List<Long> found = within(window, part).stream()
                    .filter(row -> row > behind)
                    .limit(2)
                    .toList();
            long count = 0;
            for (long row : found) {
                last = values(row);
                if (sieve.passes(last)) {
                    delivered.add(row);
                    count++;
                }
            }
            progress.put(
                    window.id(part),
                    new SplitView(new Position(stands.ordinal() + count, sieve.token(last)), found.size() < 2));
        }

        private List<Long> within(Windows.Window window, int part) {
            Tail tail = window.tail().orElseThrow();
            int range = window.range(part);
            int above = Integer.parseInt(tail.above());
            long low = range < 0 || tail.after(range).isEmpty() ? Long.MIN_VALUE : row(tail.after(range));
            long high = range < 0 || tail.upTo(range).isEmpty() ? Long.MAX_VALUE : row(tail.upTo(range));
            return rows.entrySet().stream()
                    .filter(row -> range < 0 ? row.getValue() <= above : row.getValue() > above)
                    .filter(row -> window.since()
                            .map(since -> row.getValue() > Integer.parseInt(since.value()))
                            .orElse(true))
                    .filter(row ->
                            row.getValue() <= Integer.parseInt(window.edge().value()))
                    .map(Map.Entry::getKey)
                    .filter(row -> row > low && row <= high)
                    .toList();
        }

        @Override
        public Optional<String> highest() {
            return rows.values().stream().max(Integer::compare).map(String::valueOf);
        }

        @Override
        public String lagging(String top, Optional<String> since) {
            return String.valueOf(Math.max(
                    Integer.parseInt(top) - LAG, since.map(Integer::parseInt).orElse(Integer.MIN_VALUE)));
        }

        @Override
        public List<List<String>> rows(Windows.Window window, int part, long limit) {
            return within(window, part).stream()
                    .limit(limit)
                    .map(History::values)
                    .toList();
        }

        @Override
        public List<String> by() {
            return List.of("at", "id");
        }

        @Override
        public String types() {
            return types;
        }

        @Override
        public Windows.Window first(Edge edge) {
            return new Windows.Window(1, Optional.empty(), edge, by(), List.of());
        }
    }
}
