package dev.wisent.engine.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.LaneId;
import dev.wisent.api.commit.CommitId;
import dev.wisent.api.commit.Origin;
import dev.wisent.api.queue.LaneReader;
import dev.wisent.api.queue.MessageQueue;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Payload;
import dev.wisent.engine.internal.host.ThreadHost;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LaneFeedTest {
    private static final String JOB = "p/s";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Messages messages = new Messages();
    private final LaneFeed feed = new LaneFeed(
            new FedLane(messages, JOB, LaneId.FIRST, 1_000, new ThreadHost(), PATIENCE),
            rule -> true,
            new Strays("lane 0 of 'p/s'", rule -> true, told -> {}, PATIENCE),
            end -> true,
            () -> false);

    @Test
    void what_an_older_extraction_sends_while_a_newer_one_is_loaded_is_dropped_and_acknowledged() {
        Entry.Strand older = extraction(3);
        Entry.Strand loaded = extraction(7);
        feed.begin(loaded);
        feed.add(0, 0);
        messages.publish(rows(loaded, 1));
        messages.publish(rows(older, 1));
        messages.publish(rows(older, 2));
        messages.publish(rows(loaded, 2));

        assertThat(rowsThatCome(loaded)).containsExactly("rows 1 of 7", "rows 2 of 7");
        assertThat(messages.acknowledged).containsExactly(1L, 2L);
    }

    @Test
    void the_reader_that_showed_the_first_message_is_the_one_that_is_read_on() {
        Entry.Strand loaded = extraction(7);
        messages.publish(rows(loaded, 1));
        messages.publish(rows(loaded, 2));

        assertThat(feed.peek(Duration.ZERO).map(Frame::seq)).contains(1L);
        feed.begin(loaded);
        feed.reopen();
        feed.add(0, 0);

        assertThat(rowsThatCome(loaded)).containsExactly("rows 1 of 7", "rows 2 of 7");
        assertThat(messages.readers).isEqualTo(1);
    }

    @Test
    void what_a_reader_gave_and_nobody_committed_comes_again_from_another_reader() {
        Entry.Strand loaded = extraction(7);
        messages.publish(rows(loaded, 1));
        feed.begin(loaded);
        feed.add(0, 0);
        assertThat(rowsThatCome(loaded)).containsExactly("rows 1 of 7");

        feed.reopen();
        feed.add(0, 0);

        assertThat(rowsThatCome(loaded)).containsExactly("rows 1 of 7");
        assertThat(messages.readers).isEqualTo(2);
    }

    private List<String> rowsThatCome(Entry.Strand loaded) {
        List<String> come = new ArrayList<>();
        for (int i = 0; i < messages.published.size(); i++) {
            if (feed.poll(0, loaded, Duration.ZERO) instanceof Fetched.Chunk chunk
                    && chunk.payload() instanceof Payload.Client(Object rows, long bytes)
                    && rows instanceof ByteBuffer text) {
                come.add(StandardCharsets.UTF_8.decode(text).toString());
            }
        }
        return come;
    }

    private static Entry rows(Entry.Strand strand, long seq) {
        return new Entry(
                strand,
                seq,
                Entry.Kind.ROWS,
                ("rows " + seq + " of " + strand.epoch()).getBytes(StandardCharsets.UTF_8));
    }

    private static Entry.Strand extraction(long epoch) {
        Origin origin = new Origin(new CommitId("history"), new CommitId("extraction-" + epoch));
        return new Entry.Strand(JOB, LaneId.FIRST, epoch, origin, 0, 1);
    }

    /// One lane, each message named by its place.
    private static final class Messages implements MessageQueue {
        private final List<byte[]> published = new ArrayList<>();
        private final List<Long> acknowledged = new ArrayList<>();
        private int readers;

        void publish(Entry entry) {
            Frame.of(entry, mostBytes()).forEach(message -> publish(LaneId.FIRST.number(), message));
        }

        @Override
        public void publish(int lane, byte[] message) {
            published.add(message);
        }

        @Override
        public int mostBytes() {
            return 1_000;
        }

        @Override
        public boolean isDurable() {
            return false;
        }

        @Override
        public LaneReader read(int lane) {
            readers++;
            return new Reader();
        }

        @Override
        public void close() {}

        private final class Reader implements LaneReader {
            private int next;

            @Override
            public Optional<Delivery> poll(Duration wait) {
                return next == published.size()
                        ? Optional.empty()
                        : Optional.of(new Delivery(next, published.get(next++)));
            }

            @Override
            public void acknowledge(long tag) {
                acknowledged.add(tag);
            }

            @Override
            public void wakeUp() {}

            @Override
            public void close() {}
        }
    }
}
