package dev.wisent.connectors.kafka.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.LongColumn;
import dev.wisent.connectors.typed.Decimals;
import dev.wisent.connectors.typed.Texts;
import dev.wisent.connectors.typed.Unfit;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Makes the values of one type those of a column. `docs/reference/connectors/source-kafka.md` has the table. One thread.
///
/// @param type of the column they go to
record Values(DataType type, Reading reading) {
    /// Digits of a `uint64`.
    private static final int DIGITS_OF_64_BITS = 20;

    private static final String PLACEHOLDER = ".placeholder.proto";

    /// Appends one value, as the library has it.
    interface Reading {
        void into(Column column, Object value);
    }

    void append(Column column, Object value) {
        reading.into(column, value);
    }

    /// What one value of `field` is, also where it has many.
    ///
    /// @param declared as it is written
    /// @param read as messages have it
    /// @param within what is around it
    /// @throws Unfit if no column holds it
    static Values of(FieldDescriptor declared, FieldDescriptor read, Within within) {
        return switch (declared.getType()) {
            case DOUBLE -> doubles(DataType.FLOAT64);
            case FLOAT -> doubles(DataType.FLOAT32);
            case INT32, SINT32, SFIXED32 ->
                new Values(DataType.INT32, (column, value) -> ((LongColumn) column).append((Integer) value));
            case INT64, SINT64, SFIXED64 ->
                new Values(DataType.INT64, (column, value) -> ((LongColumn) column).append((Long) value));
            case UINT32, FIXED32 ->
                new Values(
                        DataType.INT64,
                        (column, value) -> ((LongColumn) column).append(Integer.toUnsignedLong((Integer) value)));
            case UINT64, FIXED64 -> unsigned();
            case BOOL ->
                new Values(DataType.BOOL, (column, value) -> ((LongColumn) column).append(value.equals(true) ? 1 : 0));
            case STRING -> text();
            case BYTES ->
                new Values(
                        DataType.BINARY,
                        (column, value) -> ((BytesColumn) column).append(((ByteString) value).toByteArray()));
            case ENUM -> word(declared);
            case MESSAGE, GROUP -> message(declared.getMessageType(), read.getMessageType(), within);
        };
    }

    private static Values doubles(DataType type) {
        return new Values(type, (column, value) -> ((DoubleColumn) column).append(((Number) value).doubleValue()));
    }

    private static Values unsigned() {
        DataType.Decimal type = Decimals.type(DIGITS_OF_64_BITS, 0);
        return new Values(
                type,
                (column, value) -> Decimals.append(column, type, new BigInteger(Long.toUnsignedString((Long) value))));
    }

    /// A text is read as bytes, but a default is one.
    private static Values text() {
        return new Values(DataType.STRING, (column, value) -> {
            byte[] text = value instanceof ByteString bytes
                    ? bytes.toByteArray()
                    : ((String) value).getBytes(StandardCharsets.UTF_8);
            Texts.append((BytesColumn) column, text, 0, text.length);
        });
    }

    /// Its name; its number where the schema has none for it, which an enum of proto3 may be.
    private static Values word(FieldDescriptor declared) {
        if (declared.getEnumType().getFile().getName().endsWith(PLACEHOLDER)) {
            throw missing(declared.getEnumType().getFullName());
        }
        return new Values(DataType.STRING, (column, value) -> {
            EnumValueDescriptor word = (EnumValueDescriptor) value;
            String name = word.getIndex() < 0 ? Integer.toString(word.getNumber()) : word.getName();
            ((BytesColumn) column).append(name.getBytes(StandardCharsets.UTF_8));
        });
    }

    private static Values message(Descriptor declared, Descriptor read, Within within) {
        if (declared.getFile().getName().endsWith(PLACEHOLDER)) {
            throw missing(declared.getFullName());
        }
        return WellKnown.of(declared, read).orElseGet(() -> struct(new MessageType(declared, read), within));
    }

    private static Unfit missing(String type) {
        return new Unfit("type '" + type + "', which no file that is there declares");
    }

    /// @throws Unfit if it holds itself
    static Values struct(MessageType type, Within within) {
        ProtoRecord record = ProtoRecord.within(type, within);
        if (record.schema().size() == 0) {
            byte[] empty = {'{', '}'};
            return new Values(DataType.JSON, (column, value) -> ((BytesColumn) column).append(empty));
        }
        return new Values(new DataType.Struct(record.schema().fields()), (column, value) -> {
            dev.wisent.columnar.StructColumn struct = (dev.wisent.columnar.StructColumn) column;
            record.append((Message) value, struct.children());
            struct.endRow();
        });
    }

    /// @param types the messages a type lies in
    /// @param unknown counts what messages hold beyond their schema
    record Within(List<String> types, Unknown unknown) {
        Within {
            types = List.copyOf(types);
        }

        Within and(String type) {
            if (types.contains(type)) {
                throw new Unfit("message '" + type + "' holds itself, which has no end as columns");
            }
            List<String> more = new java.util.ArrayList<>(types);
            more.add(type);
            return new Within(more, unknown);
        }
    }

    /// Fields that were read and are not in the schema.
    static final class Unknown {
        private long fields;

        void of(Message message) {
            fields += message.getUnknownFields().asMap().size();
        }

        long fields() {
            return fields;
        }
    }
}
