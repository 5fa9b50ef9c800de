package dev.wisent.connectors.mysql.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Who is waited for, and until when.
class PendingTest {
    private static final long MOMENT = 1_000;
    private static final Pending.Seen NOBODY = seen(Map.of(), Map.of());

    private static Pending.Seen seen(Map<Long, Long> running, Map<Long, Pending.Transaction> open) {
        return new Pending.Seen(running, open, Set.of(), List.of());
    }

    private static Pending.Transaction wrote(String started) {
        return new Pending.Transaction(started, 1, Pending.Transaction.Access.READ_WRITE);
    }

    private static Pending.Transaction read(String started) {
        return new Pending.Transaction(started, 0, Pending.Transaction.Access.READ_WRITE);
    }

    @Test
    void a_transaction_that_has_written_is_waited_for_until_it_or_its_place_is_taken() {
        Pending pending = new Pending(MOMENT, seen(Map.of(), Map.of(7L, wrote("10:00:00"))));
        pending.look(seen(Map.of(7L, 2_000L), Map.of(7L, wrote("10:00:00"))));
        assertThat(pending.connections()).containsExactly(7L);

        pending.look(seen(Map.of(), Map.of(7L, wrote("10:00:01"))));
        assertThat(pending.isEmpty()).isTrue();
    }

    @Test
    void a_statement_without_a_transaction_is_waited_for_and_so_is_the_transaction_it_begins() {
        Pending pending = new Pending(MOMENT, seen(Map.of(7L, 900L), Map.of()));
        pending.look(seen(Map.of(), Map.of(7L, wrote("10:00:00"))));
        assertThat(pending.connections()).as("begun by the statement").containsExactly(7L);
        pending.look(seen(Map.of(7L, 2_000L), Map.of(7L, wrote("10:00:00"))));
        assertThat(pending.isEmpty()).isFalse();

        pending.look(NOBODY);
        assertThat(pending.isEmpty()).isTrue();
    }

    @Test
    void a_transaction_that_began_to_write_after_it_was_seen_reading_is_the_same() {
        Pending pending = new Pending(MOMENT, seen(Map.of(7L, 900L), Map.of(7L, read("10:00:00"))));
        pending.look(seen(Map.of(), Map.of(7L, wrote("10:00:00"))));

        assertThat(pending.connections()).containsExactly(7L);
    }

    @Test
    void who_only_reads_or_began_later_is_not_waited_for() {
        Pending.Transaction readOnly = new Pending.Transaction("09:00:00", 0, Pending.Transaction.Access.READ_ONLY);
        Pending pending = new Pending(
                MOMENT, seen(Map.of(1L, 1_001L, 2L, 10L), Map.of(2L, readOnly, 3L, read("09:00:00"), 1L, read("9"))));

        assertThat(pending.isEmpty()).isTrue();
    }

    @Test
    void what_is_prepared_or_has_lost_its_connection_is_waited_for() {
        Pending pending = new Pending(MOMENT, new Pending.Seen(Map.of(), Map.of(), Set.of("17", "18"), List.of("x")));
        pending.look(new Pending.Seen(Map.of(), Map.of(), Set.of("18", "19"), List.of("x")));
        assertThat(pending.toString()).contains("prepared transactions [x]");
        pending.look(new Pending.Seen(Map.of(), Map.of(), Set.of("18"), List.of()));
        assertThat(pending.isEmpty()).isFalse();
        pending.look(new Pending.Seen(Map.of(), Map.of(), Set.of("19"), List.of()));

        assertThat(pending.isEmpty()).as("19 came later").isTrue();
    }
}
