package dev.wisent.connectors.queuerabbitmq.read;

import dev.wisent.api.Position;
import dev.wisent.api.Reject;
import dev.wisent.api.Stand;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.source.BatchSink;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Payload;
import dev.wisent.api.source.RawRecords;
import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.JsonText;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.Numbering;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RowOp;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/// Turns the messages of a queue into records for the envelope.
final class MessageDecoder implements Decoder {
    private static final long MICROS = 1_000;

    private final ReadOptions options;
    private final MessageText texts;
    private final JsonText text = new JsonText();
    private final RecordBatch batch = RecordBatch.of(RawRecords.SCHEMA);
    private final BytesColumn data = (BytesColumn) batch.column(RawRecords.DATA);
    private final LongColumn timestamps = (LongColumn) batch.column(RawRecords.TIMESTAMP);
    private final long[] ordinals = new long[RecordBatch.MAX_ROWS];
    private long replaced;

    MessageDecoder(ReadOptions options) {
        this.options = options;
        this.texts = new MessageText(options);
    }

    @Override
    public void decode(Fetched.Chunk chunk, BatchSink out) {
        if (!(chunk.payload() instanceof Payload.Client(Delivered.All messages, long bytes))) {
            throw new IllegalArgumentException("a chunk of another source: " + chunk.payload());
        }
        decode(messages, out);
    }

    void decode(Delivered.All messages, BatchSink out) {
        for (Delivered message : messages.list()) {
            text.clear();
            Optional<MessageText.Refused> refused = texts.write(message, text);
            if (refused.isPresent()) {
                out.reject(reject(message, refused.get()));
            } else {
                append(message);
            }
            if (batch.rows() == RecordBatch.MAX_ROWS) {
                handOver(message, out);
            }
        }
        handOver(messages.list().getLast(), out);
    }

    private void append(Delivered message) {
        data.append(text.bytes(), 0, text.length());
        OptionalLong time = message.message().timestamp();
        if (time.isPresent()) {
            timestamps.append(time.getAsLong() * MICROS);
        } else {
            timestamps.appendNull();
        }
        ordinals[batch.rows()] = message.ordinal();
        batch.endRow();
    }

    private void handOver(Delivered last, BatchSink out) {
        int count = batch.rows();
        if (count > 0) {
            batch.number(new Numbering.Explicit(Arrays.copyOf(ordinals, count), new int[count]));
            batch.routeTo(options.target(last.message().queue()));
            // Where it stands the chunk tells: the ids of its messages are known as a whole.
            out.rows(batch, Stand.notHere(Position.at(last.ordinal())));
            batch.clear();
        }
        long now = texts.replaced();
        if (now > replaced) {
            out.discarded(now - replaced);
            replaced = now;
        }
    }

    private Reject reject(Delivered delivered, MessageText.Refused refused) {
        Message message = delivered.message();
        byte[] kept = KeptMessage.bytes(message);
        byte[] raw = kept.length <= BadRecord.MAX_RAW ? kept : Arrays.copyOf(kept, BadRecord.MAX_RAW);
        OptionalLong micros = message.timestamp().isPresent()
                ? OptionalLong.of(message.timestamp().getAsLong() * MICROS)
                : OptionalLong.empty();
        return new Reject(
                        1,
                        stage(refused.reason()),
                        where(delivered),
                        delivered.ordinal(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        raw,
                        kept.length,
                        code(refused.reason()).id(),
                        refused.why())
                .with(new Reject.Beside(RowOp.INSERT, micros, options.target(message.queue())));
    }

    private static String where(Delivered delivered) {
        Message message = delivered.message();
        return "queue " + message.queue() + ", message " + delivered.ordinal()
                + message.id().map(id -> ", id " + id).orElse("");
    }

    private static Reject.Stage stage(BadRecord.Reason reason) {
        return reason == BadRecord.Reason.MISSING ? Reject.Stage.TYPE : Reject.Stage.PARSE;
    }

    private static ErrorCode code(BadRecord.Reason reason) {
        return switch (reason) {
            case TOO_LARGE -> ErrorCode.RECORD_TOO_LARGE;
            case MISSING -> ErrorCode.MISSING_VALUE;
            default -> ErrorCode.BAD_RECORD;
        };
    }

    @Override
    public void end(BatchSink out) {}

    @Override
    public void close() {}
}
