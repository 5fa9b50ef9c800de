package dev.wisent.connectors.kafka.read;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.Contract;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.JsonRecordDecoder;
import dev.wisent.columnar.JsonText;
import dev.wisent.columnar.ListColumn;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/// A message as a reject keeps it, with all it had: a JSON object. Keys and values that are text are kept as text, others in
/// base64; headers as names and base64 in turn.
final class KeptMessage {
    private static final Schema SCHEMA = Schema.of(
            Field.required("topic", DataType.STRING),
            Field.required("partition", DataType.INT32),
            Field.required("offset", DataType.INT64),
            Field.required("timestamp", DataType.INT64),
            Field.nullable("key", DataType.STRING),
            Field.nullable("key_base64", DataType.STRING),
            Field.nullable("headers", new DataType.ListOf(DataType.STRING)),
            Field.nullable("value", DataType.STRING),
            Field.nullable("value_base64", DataType.STRING));
    private static final int KEY = 4;
    private static final int HEADERS = 6;
    private static final int VALUE = 7;

    private KeptMessage() {}

    static byte[] bytes(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
        JsonText text = new JsonText();
        text.ascii("{\"topic\":")
                .string(message.topic())
                .ascii(",\"partition\":")
                .number(message.partition());
        text.ascii(",\"offset\":")
                .number(message.offset())
                .ascii(",\"timestamp\":")
                .number(message.timestamp());
        if (message.serializedKeySize() >= 0) {
            content("key", message.key(), text);
        }
        String between = ",\"headers\":[";
        for (Header header : message.headers()) {
            text.ascii(between).string(header.key()).ascii(",");
            if (header.value() == null) {
                text.ascii("null");
            } else {
                text.ascii("\"")
                        .ascii(Base64.getEncoder().encodeToString(header.value()))
                        .ascii("\"");
            }
            between = ",";
        }
        if (between.equals(",")) {
            text.ascii("]");
        }
        if (message.serializedValueSize() >= 0) {
            content("value", message.value(), text);
        }
        return text.ascii("}").copy();
    }

    private static void content(String name, ByteBuffer bytes, JsonText text) {
        int from = text.length();
        text.ascii(",\"" + name + "\":");
        int start = text.length();
        text.escaped(bytes);
        if (text.problem(start).isPresent()) {
            text.cut(from);
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            text.ascii(",\"" + name + "_base64\":\"")
                    .ascii(Base64.getEncoder().encodeToString(copy))
                    .ascii("\"");
        }
    }

    /// @throws IllegalArgumentException when it is none
    static ConsumerRecord<ByteBuffer, ByteBuffer> of(byte[] kept) {
        RecordBatch row = RecordBatch.of(SCHEMA);
        JsonRecordDecoder.Outcome outcome =
                new JsonRecordDecoder(new StreamSchema(SCHEMA), Contract.EXPLICIT).decode(kept, 0, kept.length, row);
        if (outcome instanceof JsonRecordDecoder.Outcome.Refused(var reason, var message, var column)) {
            throw new IllegalArgumentException("no message that was kept: " + message);
        }
        Optional<byte[]> key = content(row, KEY);
        Optional<byte[]> value = content(row, VALUE);
        return new ConsumerRecord<>(
                ((BytesColumn) row.column(0)).string(0),
                (int) ((LongColumn) row.column(1)).get(0),
                ((LongColumn) row.column(2)).get(0),
                ((LongColumn) row.column(3)).get(0),
                TimestampType.CREATE_TIME,
                key.map(bytes -> bytes.length).orElse(ConsumerRecord.NULL_SIZE),
                value.map(bytes -> bytes.length).orElse(ConsumerRecord.NULL_SIZE),
                ByteBuffer.wrap(key.orElse(new byte[0])),
                ByteBuffer.wrap(value.orElse(new byte[0])),
                headers((ListColumn) row.column(HEADERS)),
                Optional.empty());
    }

    private static Optional<byte[]> content(RecordBatch row, int at) {
        Column text = row.column(at);
        Column base64 = row.column(at + 1);
        if (!text.isNull(0)) {
            return Optional.of(((BytesColumn) text).copy(0));
        }
        return base64.isNull(0)
                ? Optional.empty()
                : Optional.of(Base64.getDecoder().decode(((BytesColumn) base64).copy(0)));
    }

    private static RecordHeaders headers(ListColumn list) {
        RecordHeaders headers = new RecordHeaders();
        if (list.isNull(0)) {
            return headers;
        }
        BytesColumn names = (BytesColumn) list.elements();
        for (int i = list.start(0); i < list.start(0) + list.length(0); i += 2) {
            byte[] value = names.isNull(i + 1) ? null : Base64.getDecoder().decode(names.copy(i + 1));
            headers.add(names.string(i), value);
        }
        return headers;
    }
}
