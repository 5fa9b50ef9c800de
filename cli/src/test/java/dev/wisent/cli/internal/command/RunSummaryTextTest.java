package dev.wisent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.Counts;
import dev.wisent.api.RunId;
import dev.wisent.api.Statistics;
import dev.wisent.api.StreamId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.Lag;
import dev.wisent.api.state.RunRecord.Status;
import dev.wisent.engine.RunOutcome;
import dev.wisent.engine.RunOutcome.StreamOutcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunSummaryTextTest {
    @Test
    void people_are_told_how_much_how_fast_where_it_is_and_what_to_do_next() {
        StreamOutcome orders = new StreamOutcome(
                new StreamId("orders"),
                Status.INTERRUPTED,
                new Counts(1000, 0, 998, 2, 0, 0, 5, 2_000_000, 4_000_000),
                3,
                50,
                2.0,
                12.5,
                80,
                Statistics.of("files_processed", 7).plus("longest_transaction_ms", 1_250),
                List.of(new Lag("topic a, partition 0", 10, 15), new Lag("topic a, partition 1", 9, 7)),
                "out/",
                List.of("column 'x' was not known"),
                Optional.empty());
        RunOutcome outcome = new RunOutcome(new RunId("r1"), Status.INTERRUPTED, List.of(orders), Optional.empty());

        assertThat(String.join("\n", RunSummaryText.lines(outcome, "p.yml"))).isEqualTo("""
                orders: 998 rows in 2.0 s (499 rows/s, 2.0 MB/s), 3 commits, after 50 rows of an earlier run
                  lag:   5 behind, in 2 parts
                  source: its longest transaction was open for 1.3 s
                  warning: column 'x' was not known
                  warning: 5 values outside the schema left out
                  data:  out/
                  2 rejects, not in the data
                  next:  wisent rejects list p.yml --last
                Interrupted. What is committed stays; the next run goes on from there.
                  next:  wisent run p.yml""");
    }

    @Test
    void a_file_that_can_not_be_read_makes_the_same_object() {
        WisentException error = WisentException.of(ErrorCode.CONFIG_FILE, "there is no file p.yml");

        assertThat(RunSummaryText.neverBegan(Optional.empty(), error).toString())
                .startsWith("{\"version\":1,\"pipeline\":null,\"run_id\":null,\"status\":\"failed\",\"streams\":[],"
                        + "\"error\":{\"code\":\"W1003\",\"message\":\"there is no file p.yml\",");
    }
}
