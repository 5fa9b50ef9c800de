package dev.wisent.connectors.sql.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Ranges over sets of numbers, looked at exactly.
class EvenRangesTest {
    private static final int HISTORIES = 300;

    private int looks;

    private List<BigInteger> bounds(TreeSet<Long> ids, long ranges) throws SQLException {
        return EvenRanges.bounds(
                BigInteger.valueOf(ids.first()), BigInteger.valueOf(ids.last()), ranges, (above, to) -> {
                    looks++;
                    return ids.subSet(above.longValue(), false, to.longValue(), true)
                            .size();
                });
    }

    private static List<Integer> sizes(TreeSet<Long> ids, List<BigInteger> bounds) {
        List<Integer> sizes = new ArrayList<>();
        long above = ids.first() - 1;
        for (BigInteger bound : bounds) {
            sizes.add(ids.subSet(above, false, bound.longValue(), true).size());
            above = bound.longValue();
        }
        sizes.add(ids.tailSet(above, false).size());
        return sizes;
    }

    @Test
    void numbers_on_islands_are_cut_into_ranges_that_are_no_more_than_a_half_too_large() throws SQLException {
        long seed = Long.getLong("wisent.seed", 1);
        Random random = new Random(seed);
        for (int history = 0; history < HISTORIES; history++) {
            TreeSet<Long> ids = new TreeSet<>();
            long at = random.nextLong() >> 8;
            for (int island = 1 + random.nextInt(6); island > 0; island--) {
                at += 1L << random.nextInt(52);
                long step = 1 + random.nextInt(1_000);
                long from = at;
                at += step * (1 + random.nextInt(2_000));
                LongStream.iterate(from, id -> id + step)
                        .limit((at - from) / step)
                        .forEach(ids::add);
            }
            int ranges = 2 + random.nextInt(20);
            looks = 0;

            List<Integer> sizes = sizes(ids, bounds(ids, ranges));

            int largest = ids.size() / ranges * 3 / 2 + 2;
            assertThat(sizes)
                    .as("seed %d, history %d: %d numbers in %d ranges", seed, history, ids.size(), ranges)
                    .hasSizeLessThanOrEqualTo(ranges)
                    .allMatch(size -> size > 0 && size <= largest);
            assertThat(looks).isLessThan(700);
        }
    }

    @Test
    void one_number_is_one_range() throws SQLException {
        assertThat(bounds(new TreeSet<>(List.of(7L)), 5)).isEmpty();
    }

    /// As of a server that tells of no range more than of the whole table.
    @Test
    void looks_that_tell_nothing_end_with_ranges_all_the_same() throws SQLException {
        List<BigInteger> bounds = EvenRanges.bounds(BigInteger.ONE, BigInteger.TWO.pow(63), 8, (above, to) -> 1_000);

        assertThat(bounds).hasSize(7).isSorted();
    }
}
