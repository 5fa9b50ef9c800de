package dev.wisent.connectors.kafka.read;

import dev.wisent.api.Position;
import dev.wisent.api.Reject;
import dev.wisent.api.Stand;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.BatchSink;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Payload;
import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.ContractViolation;
import dev.wisent.columnar.Numbering;
import dev.wisent.columnar.RecordBatch;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Turns the messages of one partition into batches; a row's ordinal is its offset.
final class MessageDecoder implements Decoder {
    private static final int FIRST = 1024;
    /// A message may make the schema grow by its writer, then by its values; others grow it at the same time.
    private static final int MOST_GROWN = 100;

    private final ReadOptions options;
    private final MessageRows rows;
    private long[] offsets = new long[FIRST];
    private int count;
    private long discarded;

    MessageDecoder(ReadOptions options, MessageRows rows) {
        this.options = options;
        this.rows = rows;
    }

    @Override
    public void decode(Fetched.Chunk chunk, BatchSink out) {
        if (!(chunk.payload() instanceof Payload.Client(Messages messages, long bytes))) {
            throw new IllegalArgumentException("a chunk of another source: " + chunk.payload());
        }
        decode(messages, out);
    }

    void decode(Messages messages, BatchSink out) {
        for (ConsumerRecord<ByteBuffer, ByteBuffer> message : messages.list()) {
            take(message, out);
        }
        handOver(messages.list().getLast(), out);
    }

    private void take(ConsumerRecord<ByteBuffer, ByteBuffer> message, BatchSink out) {
        MessageRows.Outcome outcome = outcome(message);
        for (int grown = 0; grown < MOST_GROWN && outcome instanceof MessageRows.Outcome.Wider; grown++) {
            handOver(message, message.offset(), out);
            outcome = outcome(message);
        }
        switch (outcome) {
            case MessageRows.Outcome.Appended appended -> {
                if (count == offsets.length) {
                    offsets = Arrays.copyOf(offsets, count * 2);
                }
                offsets[count++] = message.offset();
                if (count == RecordBatch.MAX_ROWS) {
                    handOver(message, out);
                }
            }
            case MessageRows.Outcome.Refused refused -> out.reject(reject(message, refused));
            case MessageRows.Outcome.Wider again ->
                throw new IllegalStateException("the schema grew, and the message still does not fit");
        }
    }

    private MessageRows.Outcome outcome(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
        if (message.serializedValueSize() > options.maxRecordBytes()) {
            return new MessageRows.Outcome.Refused(
                    BadRecord.Reason.TOO_LARGE,
                    "the value has " + message.serializedValueSize() + " bytes, and max_record_bytes is "
                            + options.maxRecordBytes());
        }
        try {
            return rows.append(message);
        } catch (ContractViolation e) {
            throw WisentException.of(ErrorCode.CONTRACT, String.valueOf(e.getMessage()))
                    .where(where(message))
                    .hint("contract: {types: discard_row} lets such messages go to the rejects")
                    .causedBy(e);
        }
    }

    private void handOver(ConsumerRecord<ByteBuffer, ByteBuffer> upTo, BatchSink out) {
        handOver(upTo, upTo.offset() + 1, out);
    }

    private void handOver(ConsumerRecord<ByteBuffer, ByteBuffer> of, long next, BatchSink out) {
        if (count > 0) {
            RecordBatch batch = rows.batch();
            batch.number(numbering());
            batch.routeTo(options.target(of.topic()));
            out.rows(batch, Stand.safe(Position.at(next)));
        }
        count = 0;
        rows.clear();
        long now = rows.discarded();
        if (now > discarded) {
            out.discarded(now - discarded);
            discarded = now;
        }
    }

    private Numbering numbering() {
        boolean dense = offsets[count - 1] - offsets[0] == count - 1;
        return dense
                ? new Numbering.Counting(offsets[0])
                : new Numbering.Explicit(Arrays.copyOf(offsets, count), new int[count]);
    }

    private Reject reject(ConsumerRecord<ByteBuffer, ByteBuffer> message, MessageRows.Outcome.Refused refused) {
        byte[] kept = KeptMessage.bytes(message);
        byte[] raw = kept.length <= BadRecord.MAX_RAW ? kept : Arrays.copyOf(kept, BadRecord.MAX_RAW);
        OptionalLong timestamp = message.timestamp() < 0
                ? OptionalLong.empty()
                : OptionalLong.of(message.timestamp() * RecordRows.MICROS);
        return new Reject(
                        1,
                        stage(refused.reason()),
                        where(message),
                        message.offset(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        raw,
                        kept.length,
                        code(refused.reason()).id(),
                        refused.message())
                .with(new Reject.Beside(dev.wisent.columnar.RowOp.INSERT, timestamp, options.target(message.topic())));
    }

    private static String where(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
        return "topic " + message.topic() + ", partition " + message.partition() + ", offset " + message.offset();
    }

    private static Reject.Stage stage(BadRecord.Reason reason) {
        return switch (reason) {
            case SYNTAX, ENCODING, TOO_LARGE, DEPTH, COLUMN_COUNT -> Reject.Stage.PARSE;
            case TYPE, MISSING, UNKNOWN_KEY -> Reject.Stage.TYPE;
        };
    }

    private static ErrorCode code(BadRecord.Reason reason) {
        return switch (reason) {
            case SYNTAX, ENCODING, DEPTH, COLUMN_COUNT -> ErrorCode.BAD_RECORD;
            case TOO_LARGE -> ErrorCode.RECORD_TOO_LARGE;
            case TYPE -> ErrorCode.TYPE_MISMATCH;
            case MISSING -> ErrorCode.MISSING_VALUE;
            case UNKNOWN_KEY -> ErrorCode.CONTRACT;
        };
    }

    @Override
    public void end(BatchSink out) {}

    @Override
    public void close() {}

    /// For a message that was kept as a reject.
    static Optional<Decoder> ofRejects(ReadOptions options, MessageRows rows) {
        return Optional.of(new KeptDecoder(new MessageDecoder(options, rows)));
    }

    private record KeptDecoder(MessageDecoder messages) implements Decoder {
        @Override
        public void decode(Fetched.Chunk chunk, BatchSink out) {
            if (!(chunk.payload() instanceof Payload.Client(Reject kept, long bytes))) {
                throw new IllegalArgumentException("no kept reject: " + chunk.payload());
            }
            messages.decode(new Messages(java.util.List.of(KeptMessage.of(kept.raw()))), out);
        }

        @Override
        public void end(BatchSink out) {}

        @Override
        public void close() {}
    }
}
