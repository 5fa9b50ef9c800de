package dev.wisent.connectors.kafka.load;

import dev.wisent.columnar.OutputBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Messages for one topic that wait for their commit, packed into large arrays: as objects of their own, millions that live for
/// seconds, they were what the collector spent a quarter of a run on. Written by one thread, then, behind [#close], read by
/// any, as often as wanted.
///
/// A message is written by appending its key and then its value to what [#next] gave, each with its end told; what is not told
/// is null.
final class Messages implements AutoCloseable {
    private static final int CHUNK_BYTES = 256 << 10;
    private static final int NONE = -1;

    /// @param lengths of each message's key and value, one behind the other
    private record Chunk(byte[] bytes, int[] lengths) {}

    private final String topic;
    private final List<Chunk> chunks = new ArrayList<>();
    private final OutputBuffer out = new OutputBuffer();
    private int[] lengths = new int[64];
    private int used;
    private int from;
    private int keyLength;
    private int valueLength;
    private long packed;

    Messages(String topic) {
        this.topic = topic;
    }

    /// Begins a message.
    OutputBuffer next() {
        if (out.length() >= CHUNK_BYTES) {
            pack();
        }
        from = out.length();
        keyLength = NONE;
        valueLength = NONE;
        return out;
    }

    void endKey() {
        keyLength = out.length() - from;
        from = out.length();
    }

    void endValue() {
        valueLength = out.length() - from;
    }

    void end() {
        if (used == lengths.length) {
            lengths = Arrays.copyOf(lengths, used * 2);
        }
        lengths[used++] = keyLength;
        lengths[used++] = valueLength;
    }

    long bytes() {
        return packed + out.length();
    }

    private void pack() {
        chunks.add(new Chunk(out.copy(), Arrays.copyOf(lengths, used)));
        packed += out.length();
        out.clear();
        used = 0;
    }

    /// No more are written.
    @Override
    public void close() {
        pack();
    }

    void forEach(Consumer<ProducerRecord<byte[], byte[]>> to) {
        for (Chunk chunk : chunks) {
            int at = 0;
            for (int i = 0; i < chunk.lengths().length; i += 2) {
                int value = at + Math.max(0, chunk.lengths()[i]);
                int end = value + Math.max(0, chunk.lengths()[i + 1]);
                byte[] key = chunk.lengths()[i] == NONE ? null : Arrays.copyOfRange(chunk.bytes(), at, value);
                byte[] told = chunk.lengths()[i + 1] == NONE ? null : Arrays.copyOfRange(chunk.bytes(), value, end);
                to.accept(new ProducerRecord<>(topic, key, told));
                at = end;
            }
        }
    }
}
