package dev.wisent.cli.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private static final StreamSnapshot HALF_WAY =
            new StreamSnapshot("orders", 50_000, 10_000_000, 2, 3, 2.5, OptionalLong.of(40_000_000), List.of(), 12, 80);

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void an_error_has_its_parts_one_below_the_other() {
        WisentException error = WisentException.of(
                        ErrorCode.TYPE_MISMATCH,
                        "column 'amount' of stream 'orders' needs decimal(18,2), but row 48,213 holds 12.345")
                .where("events/part-003.ndjson.gz, line 48,213, byte 9,114,502")
                .tried("exact conversion; contract for this column is 'freeze'")
                .hint("widen the column (type: \"decimal(18,3)\"),\nor let such rows go to the rejects")
                .next("wisent rejects list orders-to-lake --last");

        assertThat(ErrorText.lines(error, Console.Mode.PLAIN)).isEqualTo("""
                        error[W2003]: column 'amount' of stream 'orders' needs decimal(18,2), but row 48,213 holds 12.345
                          where:  events/part-003.ndjson.gz, line 48,213, byte 9,114,502
                          tried:  exact conversion; contract for this column is 'freeze'
                          hint:   widen the column (type: "decimal(18,3)"),
                                  or let such rows go to the rejects
                          next:   wisent rejects list orders-to-lake --last""");
        assertThat(ErrorText.lines(error, Console.Mode.COLOUR)).startsWith("\u001b[1;31merror[W2003]\u001b[0m: column");
    }

    @Test
    void a_file_gets_a_line_each_five_seconds() {
        ProgressDisplay display = new ProgressDisplay(console(Console.Mode.PLAIN), nanos::get);

        for (int second = 0; second <= 25; second++) {
            nanos.set(second * 1_000_000_000L);
            display.show(List.of(HALF_WAY));
        }

        assertThat(err.toString(StandardCharsets.UTF_8))
                .hasLineCount(5)
                .startsWith("orders  50,000 rows, 20,000 rows/s, 25 %, 2 rejects, ETA 7.5 s, 4.0 MB/s, 3 commits,"
                        + " latency p50 12 ms, p99 80 ms\n");
    }

    @Test
    void a_terminal_is_redrawn_at_most_five_times_a_second() {
        ProgressDisplay display = new ProgressDisplay(console(Console.Mode.TERMINAL), nanos::get);

        for (int milli = 0; milli <= 1000; milli += 10) {
            nanos.set(milli * 1_000_000L);
            display.show(List.of(HALF_WAY, HALF_WAY));
        }
        display.clear();

        String drawn = err.toString(StandardCharsets.UTF_8);
        assertThat(drawn.split("orders", -1)).hasSize(1 + 5 * 2);
        assertThat(drawn).contains("\u001b[2A").endsWith("\u001b[2A\r\u001b[J");
    }

    @Test
    void the_first_signal_stops_and_the_second_aborts() {
        List<String> heard = new ArrayList<>();
        try (Signals signals = Signals.install(() -> heard.add("stop"), () -> heard.add("abort"))) {
            signals.received();
            assertThat(heard).containsExactly("stop");
            signals.received();
        }
        assertThat(heard).containsExactly("stop", "abort");
    }

    private Console console(Console.Mode mode) {
        return Console.of(OutputStream.nullOutputStream(), err, mode);
    }
}
