package dev.wisent.connectors.postgres.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Rows that are committed late, rows with equal cursors, kills between chunks: in append mode none is lost and none read
/// twice. A failing history prints its seed: `-Dlate.first=<seed> -Dlate.count=1` plays it again.
class LateCommitTest {
    private static final long FIRST = Long.getLong("late.first", 1);
    /// Of each way rows get their cursors; three of them make 10^5.
    private static final long COUNT = Long.getLong("late.count", 34_000);

    @ParameterizedTest
    @EnumSource
    void no_row_is_lost_or_read_twice_below_the_frontier(LateCommitModel.Cursors cursors) {
        assertThat(firstProblem(cursors, LateCommitModel.Rule.OPEN_TRANSACTIONS, COUNT))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_reader_that_goes_up_to_the_highest_cursor_it_sees_loses_rows(LateCommitModel.Cursors cursors) {
        assertThat(firstProblem(cursors, LateCommitModel.Rule.HIGHEST_VISIBLE, COUNT))
                .hasValueSatisfying(problem -> assertThat(problem).contains("lost"));
    }

    @ParameterizedTest
    @EnumSource
    void a_reader_that_does_not_see_prepared_transactions_loses_rows(LateCommitModel.Cursors cursors) {
        assertThat(firstProblem(cursors, LateCommitModel.Rule.NO_PREPARED, COUNT))
                .hasValueSatisfying(problem -> assertThat(problem).contains("lost"));
    }

    private static Optional<String> firstProblem(
            LateCommitModel.Cursors cursors, LateCommitModel.Rule rule, long count) {
        return LongStream.range(FIRST, FIRST + count)
                .mapToObj(seed ->
                        new LateCommitModel(seed, cursors, rule).play().map(problem -> "seed " + seed + ": " + problem))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
