package dev.wisent.connectors.queuerabbitmq.read;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.Contract;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.JsonRecordDecoder;
import dev.wisent.columnar.JsonText;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;

/// A message as a reject keeps it, with all it had: a JSON object. A body that is text is kept as text, any other in base64.
final class KeptMessage {
    private static final Schema SCHEMA = Schema.of(
            Field.required("queue", DataType.STRING),
            Field.required("exchange", DataType.STRING),
            Field.required("routing_key", DataType.STRING),
            Field.required("redelivered", DataType.BOOL),
            Field.nullable("message_id", DataType.STRING),
            Field.nullable("correlation_id", DataType.STRING),
            Field.nullable("type", DataType.STRING),
            Field.nullable("content_type", DataType.STRING),
            Field.nullable("timestamp", DataType.INT64),
            Field.required("headers", DataType.JSON),
            Field.nullable("body", DataType.STRING),
            Field.nullable("body_base64", DataType.STRING));
    private static final int REDELIVERED = 3;
    private static final int MESSAGE_ID = 4;
    private static final int TIMESTAMP = 8;
    private static final int HEADERS = 9;
    private static final int BODY = 10;

    private KeptMessage() {}

    static byte[] bytes(Message message) {
        JsonText text = new JsonText();
        message.begin(text);
        int from = text.length();
        text.ascii(",\"body\":");
        int start = text.length();
        text.escaped(ByteBuffer.wrap(message.body()));
        if (text.problem(start).isPresent()) {
            text.cut(from);
            text.ascii(",\"body_base64\":\"")
                    .ascii(Base64.getEncoder().encodeToString(message.body()))
                    .ascii("\"");
        }
        return text.ascii("}").copy();
    }

    /// @throws IllegalArgumentException when it is none
    static Message of(byte[] kept) {
        RecordBatch row = RecordBatch.of(SCHEMA);
        JsonRecordDecoder.Outcome outcome =
                new JsonRecordDecoder(new StreamSchema(SCHEMA), Contract.EXPLICIT).decode(kept, 0, kept.length, row);
        if (outcome instanceof JsonRecordDecoder.Outcome.Refused(var reason, var message, var column)) {
            throw new IllegalArgumentException("no message that was kept: " + message);
        }
        return new Message(
                text(row, 0).orElse(""),
                text(row, 1).orElse(""),
                text(row, 2).orElse(""),
                ((LongColumn) row.column(REDELIVERED)).get(0) == 1 ? Message.Redelivered.YES : Message.Redelivered.NO,
                text(row, MESSAGE_ID),
                text(row, MESSAGE_ID + 1),
                text(row, MESSAGE_ID + 2),
                text(row, MESSAGE_ID + 3),
                row.column(TIMESTAMP).isNull(0)
                        ? OptionalLong.empty()
                        : OptionalLong.of(((LongColumn) row.column(TIMESTAMP)).get(0)),
                new Message.Headers.Json(((BytesColumn) row.column(HEADERS)).copy(0)),
                body(row));
    }

    private static Optional<String> text(RecordBatch row, int at) {
        Column column = row.column(at);
        return column.isNull(0) ? Optional.empty() : Optional.of(((BytesColumn) column).string(0));
    }

    private static byte[] body(RecordBatch row) {
        if (!row.column(BODY).isNull(0)) {
            return ((BytesColumn) row.column(BODY)).copy(0);
        }
        BytesColumn base64 = (BytesColumn) row.column(BODY + 1);
        return base64.isNull(0) ? new byte[0] : Base64.getDecoder().decode(base64.copy(0));
    }
}
