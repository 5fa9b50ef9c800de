package dev.wisent.connectors.kafka.read;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.Stand;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Payload;
import dev.wisent.api.source.Split;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// A window that is being read: what came of it and was not handed on yet, and up to which offset that is. One thread.
final class OpenPartition {
    /// Small enough that several are on their way at once, large enough for full batches.
    private static final long CHUNK_BYTES = 1 << 20;

    final SplitId id;
    final Window window;
    final TopicPartition partition;
    /// Where reading begins: of a log's beginning only the broker knows the offset.
    final long start;
    private final ArrayDeque<Fetched> fetched = new ArrayDeque<>();
    private long position;
    private boolean paused;
    private boolean over;

    OpenPartition(Split split, Position after) {
        this.id = split.id();
        this.window = Window.of(split);
        this.partition = window.topicPartition();
        this.start = Math.max(after.ordinal(), window.from());
        this.position = start;
    }

    /// Whether nothing was read or committed of it: it begins where its log does.
    boolean isAtBeginning() {
        return position == 0;
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
    }

    /// Whether the broker is asked for it.
    boolean isRead() {
        return !over && !paused && fetched.isEmpty();
    }

    /// Whether nothing more is taken.
    boolean isEnded() {
        return over;
    }

    boolean isOver() {
        return over && fetched.isEmpty();
    }

    long position() {
        return position;
    }

    Optional<Fetched> take() {
        return paused ? Optional.empty() : Optional.ofNullable(fetched.poll());
    }

    /// Takes what a poll brought.
    ///
    /// @param next the offset the client would read next: behind the messages, and behind gaps of compaction and marks of
    ///     transactions
    void take(List<ConsumerRecord<ByteBuffer, ByteBuffer>> messages, long next, long nowMicros) {
        List<ConsumerRecord<ByteBuffer, ByteBuffer>> within = within(messages);
        long upTo = clamped(Math.max(next, position));
        int from = 0;
        long bytes = 0;
        for (int i = 0; i < within.size(); i++) {
            bytes += Messages.bytes(within.get(i));
            boolean last = i == within.size() - 1;
            if (bytes >= CHUNK_BYTES || last) {
                long stand = last ? upTo : within.get(i).offset() + 1;
                fetched.add(new Fetched.Chunk(
                        id,
                        new Payload.Client(new Messages(within.subList(from, i + 1)), bytes),
                        nowMicros,
                        Optional.of(Stand.safe(Position.at(stand)))));
                from = i + 1;
                bytes = 0;
            }
        }
        if (within.isEmpty() && upTo > position) {
            fetched.add(new Fetched.Moved(id, Stand.safe(Position.at(upTo))));
        }
        position = upTo;
        endIfDone();
    }

    void endIfDone() {
        OptionalLong end = window.end();
        if (!over && end.isPresent() && position >= end.getAsLong()) {
            ends();
        }
    }

    /// It ends here, whatever is to come.
    void ends() {
        if (over) {
            return;
        }
        over = true;
        fetched.add(new Fetched.Ended(id, Optional.of(Position.at(position))));
    }

    void expires(String why) {
        over = true;
        fetched.add(new Fetched.Expired(id, why));
    }

    private long clamped(long offset) {
        return window.end().isPresent() ? Math.min(offset, Math.max(window.end().getAsLong(), position)) : offset;
    }

    /// Those before the window's end.
    private List<ConsumerRecord<ByteBuffer, ByteBuffer>> within(List<ConsumerRecord<ByteBuffer, ByteBuffer>> messages) {
        OptionalLong end = window.end();
        if (end.isEmpty() || messages.isEmpty() || messages.getLast().offset() < end.getAsLong()) {
            return messages;
        }
        int count = 0;
        while (messages.get(count).offset() < end.getAsLong()) {
            count++;
        }
        return messages.subList(0, count);
    }
}
