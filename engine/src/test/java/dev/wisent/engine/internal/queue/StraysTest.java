package dev.wisent.engine.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.LaneId;
import dev.wisent.api.commit.CommitId;
import dev.wisent.api.commit.LaneView;
import dev.wisent.api.commit.Origin;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.BatchBytes;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.engine.internal.queue.Strays.Verdict;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class StraysTest {
    private static final Origin OURS = origin("ours-1", "ours-7");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<String> told = new ArrayList<>();
    private final Strays strays = new Strays("lane 0 of 'p/s'", rule -> true, told::add, PATIENCE);

    @Test
    void a_message_of_the_extraction_the_destination_shows_is_loaded_and_of_an_older_one_dropped() {
        assertThat(judge(strand(7, OURS), true)).isEqualTo(Verdict.LOAD);
        assertThat(judge(strand(3, origin("ours-1", "ours-3")), true)).isEqualTo(Verdict.DROP);
        assertThat(told).isEmpty();
    }

    @Test
    void a_message_with_the_same_number_of_another_destination_is_dropped_and_counted() {
        assertThat(judge(strand(7, origin("theirs-1", "theirs-7")), true)).isEqualTo(Verdict.DROP);
        assertThat(judge(strand(9, origin("theirs-1", "theirs-7")), true)).isEqualTo(Verdict.DROP);
        assertThat(strays.warnings()).singleElement().asString().startsWith("2 messages of extraction theirs-7");
        assertThat(told).hasSize(1);
    }

    @Test
    void it_stays_where_it_is_until_an_extraction_for_this_destination_has_begun() {
        Entry.Strand theirs = strand(7, origin("theirs-1", "theirs-7"));

        assertThat(judge(theirs, false)).isEqualTo(Verdict.LATER);
        assertThat(strays.of(theirs, LaneView.UNTOUCHED, true, 0)).isEqualTo(Verdict.LATER);
        assertThat(strays.warnings()).isEmpty();
    }

    @Test
    void a_message_of_an_extraction_that_a_restored_destination_has_undone_is_not_waited_for_without_end() {
        Entry.Strand undone = strand(40, origin("ours-1", "ours-40"));

        assertThat(judge(undone, true)).isEqualTo(Verdict.LATER);
        assertThat(strays.of(undone, lane(), true, PATIENCE.toNanos() + 1)).isEqualTo(Verdict.DROP);
        assertThat(strays.isUndone(undone)).isTrue();
        assertThat(judge(strand(7, origin("ours-1", "undone-7")), true)).isEqualTo(Verdict.DROP);
    }

    @Test
    void two_destinations_that_share_a_queue_are_told_so() {
        strays.begin();
        strays.own();
        Entry.Strand theirs = strand(7, origin("theirs-1", "theirs-7"));

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        strays.dropped(theirs);
                    }
                })
                .isInstanceOfSatisfying(
                        WisentException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUEUE_FOREIGN));
    }

    @Test
    void messages_that_were_there_before_ones_own_came_may_be_as_many_as_they_like() {
        Entry.Strand theirs = strand(7, origin("theirs-1", "theirs-7"));
        strays.begin();
        strays.dropped(theirs);
        strays.own();
        for (int i = 0; i < 1_000; i++) {
            strays.dropped(theirs);
        }
        assertThat(strays.warnings()).singleElement().asString().startsWith("1001 messages");
    }

    @Test
    void a_message_of_version_1_is_nobodys() {
        Frame old = Frame.parse(firstVersion());

        assertThat(old.seq()).isEqualTo(12);
        assertThat(old.bytes()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertThat(judge(old.strand(), true)).isEqualTo(Verdict.DROP);
        assertThat(strays.warnings()).singleElement().asString().contains("earlier version");
    }

    @Test
    void whose_a_message_is_comes_out_as_it_went_in() {
        Entry entry = new Entry(strand(7, OURS), 3, Entry.Kind.ROWS, new byte[5_000]);

        assertThat(Frame.of(entry, 1_000))
                .hasSizeGreaterThan(5)
                .allSatisfy(message -> assertThat(Frame.parse(message).strand()).isEqualTo(entry.strand()));
    }

    private Verdict judge(Entry.Strand strand, boolean claimed) {
        return strays.of(strand, lane(), claimed, 0);
    }

    private static LaneView lane() {
        return new LaneView(9, Optional.empty(), 9, 7, Optional.of(OURS));
    }

    private static Entry.Strand strand(long epoch, Origin origin) {
        return new Entry.Strand("p/s", LaneId.FIRST, epoch, origin, 0, 1);
    }

    private static Origin origin(String history, String extraction) {
        return new Origin(new CommitId(history), new CommitId(extraction));
    }

    private static byte[] firstVersion() {
        OutputBuffer body = new OutputBuffer(64);
        BatchBytes.writeText(body, "p/s");
        BatchBytes.writeNumber(body, 0);
        BatchBytes.writeText(body, "7");
        BatchBytes.writeNumber(body, 0);
        BatchBytes.writeNumber(body, 1);
        BatchBytes.writeText(body, "12");
        body.put(Entry.Kind.ROWS.ordinal());
        BatchBytes.writeNumber(body, 0);
        BatchBytes.writeNumber(body, 1);
        body.put(new byte[] {1, 2, 3});
        CRC32C crc = new CRC32C();
        crc.update(body.copy(), 0, body.copy().length);
        OutputBuffer message = new OutputBuffer(64);
        message.putAscii("WQ");
        message.put(1);
        for (int i = 0; i < Integer.BYTES; i++) {
            message.put((int) crc.getValue() >>> 8 * i & 0xFF);
        }
        message.put(body.copy());
        return message.copy();
    }
}
