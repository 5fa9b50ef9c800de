package dev.wisent.connectors.kafka.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.ListColumn;
import dev.wisent.columnar.MapColumn;
import dev.wisent.connectors.typed.Texts;
import dev.wisent.connectors.typed.Unfit;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A field of a message as a column.
///
/// @param type of the column
record ProtoField(String name, DataType type, Content content) {
    /// Appends what a message has in this field.
    private interface Content {
        void append(Message message, Column column);
    }

    void append(Message message, Column column) {
        content.append(message, column);
    }

    /// @throws Unfit if no column holds its values
    static ProtoField of(FieldDescriptor declared, FieldDescriptor read, Values.Within within) {
        if (declared.isMapField()) {
            return map(declared, read, within);
        }
        Values values = Values.of(declared, read, within);
        return declared.isRepeated()
                ? list(declared.getName(), values, read)
                : new ProtoField(declared.getName(), values.type(), one(values, declared, read));
    }

    /// A field that was not set and can tell has the default that is declared for it, else null; one that can't tell has the
    /// default of its type.
    private static Content one(Values values, FieldDescriptor declared, FieldDescriptor read) {
        if (!read.hasPresence()) {
            return (message, column) -> values.append(column, message.getField(read));
        }
        if (declared.hasDefaultValue()) {
            return (message, column) ->
                    values.append(column, message.hasField(read) ? message.getField(read) : declared.getDefaultValue());
        }
        return (message, column) -> {
            if (message.hasField(read)) {
                values.append(column, message.getField(read));
            } else {
                column.appendNull();
            }
        };
    }

    private static ProtoField list(String name, Values values, FieldDescriptor read) {
        return new ProtoField(name, new DataType.ListOf(values.type()), (message, column) -> {
            ListColumn list = (ListColumn) column;
            for (Object each : (List<?>) message.getField(read)) {
                values.append(list.elements(), each);
            }
            list.endRow();
        });
    }

    /// Keys are texts. The last entry of a key counts.
    private static ProtoField map(FieldDescriptor declared, FieldDescriptor read, Values.Within within) {
        FieldDescriptor key = read.getMessageType().findFieldByNumber(1);
        FieldDescriptor value = read.getMessageType().findFieldByNumber(2);
        FieldDescriptor declaredKey = declared.getMessageType().findFieldByNumber(1);
        Values values = Values.of(declared.getMessageType().findFieldByNumber(2), value, within);
        DataType type = new DataType.MapOf(DataType.STRING, values.type());
        return new ProtoField(declared.getName(), type, (message, column) -> {
            Map<Object, Object> entries = new LinkedHashMap<>();
            for (Object each : (List<?>) message.getField(read)) {
                Message entry = (Message) each;
                entries.put(entry.getField(key), entry.getField(value));
            }
            MapColumn map = (MapColumn) column;
            entries.forEach((each, held) -> {
                byte[] text = text(declaredKey, each);
                Texts.append((dev.wisent.columnar.BytesColumn) map.keys(), text, 0, text.length);
                values.append(map.values(), held);
            });
            map.endRow();
        });
    }

    private static byte[] text(FieldDescriptor declared, Object key) {
        String text = switch (declared.getType()) {
            case UINT32, FIXED32 -> Integer.toUnsignedString((Integer) key);
            case UINT64, FIXED64 -> Long.toUnsignedString((Long) key);
            default -> String.valueOf(key);
        };
        return key instanceof com.google.protobuf.ByteString bytes
                ? bytes.toByteArray()
                : text.getBytes(StandardCharsets.UTF_8);
    }
}
