package dev.wisent.cli.internal.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What a run draws, as a terminal shows it.
class ProgressDisplayTest {
    private final AtomicLong nanos = new AtomicLong();

    private static StreamSnapshot stream(String name, long rows) {
        return new StreamSnapshot(name, rows, rows * 200, 2, 3, 2.5, OptionalLong.of(40_000_000), List.of(), 12, 80);
    }

    private static List<StreamSnapshot> streams(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> stream("warehouse.public.orders_of_the_year_" + (2000 + i), 1_000_000L * i))
                .toList();
    }

    private static Console console(TinyTerminal terminal) {
        return Console.of(terminal, terminal, Console.Mode.TERMINAL, Console.Results.TERMINAL, terminal::size);
    }

    private void show(ProgressDisplay display, List<StreamSnapshot> streams) {
        nanos.addAndGet(1_000_000_000L);
        display.show(streams);
    }

    @Test
    void lines_that_are_told_in_between_stand_above_and_nothing_is_left_behind() {
        TinyTerminal terminal = new TinyTerminal(80, 24);
        Console console = console(terminal);
        ProgressDisplay display = new ProgressDisplay(console, nanos::get);

        show(display, streams(3));
        console.talk("Stopping: what is open is brought to a safe place.");
        show(display, streams(2));
        console.result("{\"id\":1}");
        show(display, streams(2));
        assertThat(terminal.shown()).hasSize(4);
        display.clear();

        assertThat(terminal.shown())
                .containsExactly("Stopping: what is open is brought to a safe place.", "{\"id\":1}");
        assertThat(terminal.isWrapping()).isTrue();
    }

    @Test
    void streams_that_end_leave_no_line() {
        TinyTerminal terminal = new TinyTerminal(80, 24);
        ProgressDisplay display = new ProgressDisplay(console(terminal), nanos::get);

        show(display, streams(5));
        show(display, streams(2));

        assertThat(terminal.shown()).hasSize(2);
    }

    @Test
    void more_streams_than_lines_are_summed_up_and_nothing_scrolls() {
        TinyTerminal terminal = new TinyTerminal(80, 10);
        ProgressDisplay display = new ProgressDisplay(console(terminal), nanos::get);

        for (int i = 0; i < 5; i++) {
            show(display, streams(30));
        }

        assertThat(terminal.shown()).hasSize(9);
        assertThat(terminal.shown().getLast()).isEqualTo("and 22 streams  407,000,000 rows, 44 rejects");
        display.clear();
        assertThat(terminal.shown()).isEmpty();
    }

    @Test
    void a_narrow_terminal_shows_each_name_and_a_number() {
        TinyTerminal terminal = new TinyTerminal(40, 24);
        ProgressDisplay display = new ProgressDisplay(console(terminal), nanos::get);

        show(display, List.of(stream("orders", 50_000), streams(3).getLast()));

        assertThat(terminal.shown())
                .containsExactly("orders  50,000 rows, 20,000 rows/s", "warehouse.p…e_year_2002  2,000,000 rows");
        assertThat(terminal.shown()).allMatch(line -> line.length() < 40);
    }

    @Test
    void a_window_that_becomes_narrower_or_wider_keeps_what_was_told_and_nothing_else() {
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            TinyTerminal terminal = new TinyTerminal(20 + random.nextInt(100), 12 + random.nextInt(20));
            Console console = console(terminal);
            ProgressDisplay display = new ProgressDisplay(console, nanos::get);
            List<String> told = new ArrayList<>();
            for (int step = 0; step < 40; step++) {
                switch (random.nextInt(4)) {
                    case 0 -> {
                        told.add("line " + step + " " + "x".repeat(1 + random.nextInt(150)));
                        console.talk(told.getLast());
                    }
                    case 1 ->
                        terminal.resize(
                                20 + random.nextInt(100), terminal.size().rows());
                    default -> show(display, streams(1 + random.nextInt(3)));
                }
            }
            display.clear();
            assertThat(terminal.shown()).as("seed %d", seed).isEqualTo(told);
        }
    }

    @Test
    void a_frame_is_one_write() {
        TinyTerminal terminal = new TinyTerminal(120, 40);
        ProgressDisplay display = new ProgressDisplay(console(terminal), nanos::get);
        show(display, streams(30));
        int before = terminal.writes();

        show(display, streams(30));

        assertThat(terminal.writes() - before).isEqualTo(1);
    }
}
