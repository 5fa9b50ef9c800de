package dev.wisent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.Counts;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.state.RunRecord.Status;
import dev.wisent.cli.internal.command.RunReport.LatencyMillis;
import dev.wisent.cli.internal.command.RunReport.StreamReport;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunReportTest {
    private static final StreamReport ORDERS = new StreamReport(
            "orders",
            new Counts(1000, 0, 998, 2, 0, 0, 5, 2_000_000, 4_000_000),
            3,
            50,
            2.0,
            Optional.of(new LatencyMillis(12.5, 80)),
            "out/");

    @Test
    void a_run_is_one_object() {
        RunReport report = new RunReport(
                Optional.of("a"), Optional.of("r1"), Status.SUCCEEDED, List.of(ORDERS), Optional.empty());

        assertThat(report.json().toString())
                .isEqualTo("{\"version\":1,\"pipeline\":\"a\",\"run_id\":\"r1\",\"status\":\"succeeded\",\"streams\":[{\"stream\":\"orders\","
                        + "\"read\":1000,\"added\":0,\"written\":998,\"rejected\":2,\"filtered\":0,\"deduplicated\":0,\"commits\":3,\"resumed\":50,"
                        + "\"bytes_read\":2000000,\"bytes_written\":4000000,\"seconds\":2.0,\"latency_ms\":{\"p50\":12.5,\"p99\":80.0}}]}");
    }

    @Test
    void a_file_that_can_not_be_read_makes_the_same_object() {
        RunReport report = RunReport.failedBefore(
                Optional.empty(), WisentException.of(ErrorCode.CONFIG_FILE, "there is no file p.yml"));

        assertThat(report.json().toString())
                .isEqualTo("{\"version\":1,\"pipeline\":null,\"run_id\":null,\"status\":\"failed\",\"streams\":[],"
                        + "\"error\":{\"code\":\"W1003\",\"message\":\"there is no file p.yml\"}}");
    }

    @Test
    void people_are_told_how_much_how_fast_where_it_is_and_what_to_do_next() {
        RunReport report = new RunReport(
                Optional.of("a"), Optional.of("r1"), Status.SUCCEEDED, List.of(ORDERS), Optional.empty());

        assertThat(String.join("\n", report.lines("p.yml"))).isEqualTo("""
                orders: 998 rows in 2.0 s (499 rows/s, 2.0 MB/s), 3 commits, after 50 rows of an earlier run
                  data:  out/
                  warning: 5 values outside the schema left out
                  2 rejects, not in the data
                  next:  wisent rejects list p.yml --last""");
    }
}
