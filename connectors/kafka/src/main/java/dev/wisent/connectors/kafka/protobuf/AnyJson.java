package dev.wisent.connectors.kafka.protobuf;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.wisent.connectors.typed.Unfit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `Struct`, `Value` and `ListValue` as the JSON they mean: `struct.proto`.
final class AnyJson {
    private static final JsonFactory JSON = new JsonFactory();

    private AnyJson() {}

    static byte[] of(Message message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            write(message, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(Message message, JsonGenerator out) throws IOException {
        switch (message.getDescriptorForType().getName()) {
            case "Struct" -> object(entries(message), out);
            case "ListValue" -> {
                out.writeStartArray();
                for (Object each : entries(message)) {
                    write((Message) each, out);
                }
                out.writeEndArray();
            }
            default -> value(message, out);
        }
    }

    private static List<?> entries(Message message) {
        return (List<?>) message.getField(message.getDescriptorForType().findFieldByNumber(1));
    }

    /// The last one of a name counts.
    private static void object(List<?> entries, JsonGenerator out) throws IOException {
        Map<String, Message> byName = new LinkedHashMap<>();
        for (Object each : entries) {
            Message entry = (Message) each;
            byName.put(text(entry.getField(entry.getDescriptorForType().findFieldByNumber(1))), (Message)
                    entry.getField(entry.getDescriptorForType().findFieldByNumber(2)));
        }
        out.writeStartObject();
        for (Map.Entry<String, Message> each : byName.entrySet()) {
            out.writeFieldName(each.getKey());
            write(each.getValue(), out);
        }
        out.writeEndObject();
    }

    private static void value(Message message, JsonGenerator out) throws IOException {
        if (message.getAllFields().isEmpty()) {
            throw new Unfit("a Value that says nothing, not even null");
        }
        Map.Entry<FieldDescriptor, Object> kind =
                message.getAllFields().entrySet().iterator().next();
        switch (kind.getKey().getName()) {
            case "null_value" -> out.writeNull();
            case "number_value" -> number((Double) kind.getValue(), out);
            case "string_value" -> out.writeString(text(kind.getValue()));
            case "bool_value" -> out.writeBoolean(kind.getValue().equals(true));
            default -> write((Message) kind.getValue(), out);
        }
    }

    private static void number(double value, JsonGenerator out) throws IOException {
        if (!Double.isFinite(value)) {
            throw new Unfit(value + ", which is no number in JSON");
        }
        if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
            out.writeNumber((long) value);
        } else {
            out.writeNumber(value);
        }
    }

    private static String text(Object value) {
        ByteString bytes = (ByteString) value;
        if (!bytes.isValidUtf8()) {
            throw new Unfit("text that is not UTF-8");
        }
        return bytes.toStringUtf8();
    }
}
