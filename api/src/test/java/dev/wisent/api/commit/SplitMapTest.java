package dev.wisent.api.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitMapTest {
    private static final int EVERYDAY = 200_000;
    private static final int MILLION = 1_000_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void it_is_the_map_that_the_same_changes_make_of_a_tree_map(long seed) {
        Random random = new Random(seed);
        Splits splits = new Splits();
        TreeMap<SplitId, SplitView> model = new TreeMap<>();
        List<SplitId> ids = ids(random, 3_000);
        Map<SplitMap, Map<SplitId, SplitView>> kept = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            SplitId id = ids.get(random.nextInt(ids.size()));
            if (random.nextInt(4) == 0) {
                splits.remove(id);
                model.remove(id);
            } else {
                SplitView view = view(random);
                splits.put(id, view);
                model.put(id, view);
            }
            if (step % 4_000 == 0) {
                kept.put(splits.map(), new TreeMap<>(model));
            }
        }

        SplitMap map = splits.map();
        assertThat(map).isEqualTo(model).hasSize(model.size());
        assertThat(model).isEqualTo(map).hasSameHashCodeAs(map);
        assertThat(new ArrayList<>(map.keySet())).isEqualTo(new ArrayList<>(model.keySet()));
        ids.forEach(id -> assertThat(map.containsKey(id)).isEqualTo(model.containsKey(id)));
        kept.forEach((then, as) -> assertThat(then).isEqualTo(as));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {6, 7, 8})
    void two_joined_hold_what_both_held_and_the_second_wins(long seed) {
        Random random = new Random(seed);
        List<SplitId> ids = ids(random, 2_000);
        for (int many : new int[] {0, 1, 5, 500}) {
            Map<SplitId, SplitView> first = some(ids, 1_000, random);
            Map<SplitId, SplitView> second = some(ids, many, random);
            Map<SplitId, SplitView> both = new HashMap<>(first);
            both.putAll(second);

            assertThat(SplitMap.copyOf(first).plus(SplitMap.copyOf(second))).isEqualTo(both);
            both = new HashMap<>(second);
            both.putAll(first);
            assertThat(SplitMap.copyOf(second).plus(SplitMap.copyOf(first))).isEqualTo(both);
        }
    }

    @Test
    void the_ids_with_a_prefix_are_found_wherever_they_lie() {
        Splits splits = new Splits();
        for (int i = 0; i < 1_000; i++) {
            splits.put(new SplitId("file-%04d".formatted(i * 2)), new SplitView(Position.START, true));
        }
        SplitMap map = splits.map();

        assertThat(map.startingWith("")).hasSize(1_000);
        assertThat(map.startingWith("file-012"))
                .extracting(SplitId::value)
                .containsExactly("file-0120", "file-0122", "file-0124", "file-0126", "file-0128");
        assertThat(map.startingWith("file-1")).hasSize(500);
        assertThat(map.startingWith("file-0501")).isEmpty();
        assertThat(map.startingWith("file-1998x")).isEmpty();
        assertThat(map.startingWith("a")).isEmpty();
        assertThat(SplitMap.EMPTY.startingWith("")).isEmpty();
    }

    @Test
    void finished_files_take_less_than_42_bytes_each() {
        takesLittle(EVERYDAY);
    }

    @Test
    @Tag("sweep")
    void a_million_finished_files_take_less_than_40_mb() {
        takesLittle(MILLION);
    }

    private static void takesLittle(int files) {
        assertThat(retained(
                        files,
                        i -> "events/2026-11-%02d/part-%06d.ndjson.gz %s"
                                .formatted(i / 40_000 + 1, i % 40_000, hex(i, 16))))
                .as("names of 60 bytes")
                .isLessThan((40L << 20) * files / MILLION);
        assertThat(retained(files, i -> hex(i, 32)))
                .as("hashes of 32 digits")
                .isLessThan((25L << 20) * files / MILLION);
    }

    /// Hexadecimal digits that look like a hash.
    private static String hex(int i, int digits) {
        Random random = new Random(i);
        HexFormat hex = HexFormat.of();
        return (hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong())).substring(0, digits);
    }

    private static long retained(int files, IntFunction<String> name) {
        long before = used();
        Splits splits = new Splits();
        for (int i = 0; i < files; i++) {
            splits.put(new SplitId(name.apply(i)), new SplitView(Position.at(1_000 + i % 50), true));
        }
        SplitMap map = splits.map();
        long after = used();
        assertThat(map).hasSize(files);
        assertThat(map.get(new SplitId(name.apply(177_777))))
                .isEqualTo(new SplitView(Position.at(1_000 + 177_777 % 50), true));
        return after - before;
    }

    private static long used() {
        System.gc();
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static Map<SplitId, SplitView> some(List<SplitId> ids, int many, Random random) {
        Map<SplitId, SplitView> some = new HashMap<>();
        while (some.size() < many) {
            some.put(ids.get(random.nextInt(ids.size())), view(random));
        }
        return some;
    }

    private static SplitView view(Random random) {
        long ordinal = random.nextLong() >>> random.nextInt(1, 64);
        String token = random.nextInt(3) > 0 ? "" : "t" + random.nextInt() + "\u00e9\ud83d";
        return new SplitView(new Position(ordinal, token), random.nextBoolean());
    }

    /// Names with much in common and little, with digits and without, of letters of each width, halves of pairs too.
    private static List<SplitId> ids(Random random, int count) {
        String[] parts = {
            "a", "part-", "0", "7f", "deadbeef", "A", "\u00e9", "\u20ac", "\ud83d\ude00", "\ud83d", "\uffff", "/"
        };
        List<SplitId> ids = new ArrayList<>();
        while (ids.size() < count) {
            StringBuilder id = new StringBuilder("x");
            for (int i = random.nextInt(8); i >= 0; i--) {
                id.append(parts[random.nextInt(parts.length)]);
            }
            ids.add(new SplitId(id.toString()));
        }
        return ids;
    }
}
