package dev.wisent.connectors.kafka.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.typed.Unfit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The fields of messages of one type as columns. One thread.
public final class ProtoRecord {
    private final MessageType type;
    private final List<ProtoField> fields;
    private final Schema schema;
    private final Values.Unknown unknown;

    private ProtoRecord(MessageType type, List<ProtoField> fields, Values.Unknown unknown) {
        this.type = type;
        this.fields = fields;
        this.schema = Schema.of(fields.stream()
                .map(field -> Field.nullable(field.name(), field.type()))
                .toList());
        this.unknown = unknown;
    }

    /// @throws Unfit if no column holds values of a field
    /// @throws IllegalArgumentException if a field's name is no name of a column
    public static ProtoRecord of(MessageType type) {
        return within(type, new Values.Within(List.of(), new Values.Unknown()));
    }

    static ProtoRecord within(MessageType type, Values.Within around) {
        Values.Within within = around.and(type.name());
        List<ProtoField> fields = new ArrayList<>();
        for (FieldDescriptor declared : type.declared().getFields()) {
            try {
                fields.add(ProtoField.of(declared, type.read().findFieldByNumber(declared.getNumber()), within));
            } catch (Unfit e) {
                throw around.types().isEmpty()
                        ? new Unfit("column '" + declared.getName() + "': " + e.getMessage())
                        : e;
            }
        }
        return new ProtoRecord(type, fields, around.unknown());
    }

    /// The columns of [#read], all nullable, in the order in which the fields are written.
    public Schema schema() {
        return schema;
    }

    /// Reads whole messages as one value: a struct, or what it means.
    public static final class Whole {
        private final MessageType message;
        private final Values.Unknown unknown = new Values.Unknown();
        private final Values values;

        private Whole(MessageType message) {
            this.message = message;
            this.values = WellKnown.of(message.declared(), message.read())
                    .orElseGet(() -> Values.struct(message, new Values.Within(List.of(), unknown)));
        }

        public DataType type() {
            return values.type();
        }

        public void read(byte[] bytes, int from, int length, Column column) throws IOException {
            values.append(column, parsed(message, bytes, from, length));
        }

        /// How many fields were read so far that the schema has not.
        public long unknown() {
            return unknown.fields();
        }
    }

    /// @throws Unfit if no column holds it
    public static Whole whole(MessageType type) {
        return new Whole(type);
    }

    /// Reads one message, which takes all the bytes.
    ///
    /// @param columns one for each of [#schema]
    public void read(byte[] bytes, int from, int length, List<Column> columns) throws IOException {
        append(parsed(type, bytes, from, length), columns);
    }

    private static DynamicMessage parsed(MessageType type, byte[] bytes, int from, int length) throws IOException {
        CodedInputStream input = CodedInputStream.newInstance(bytes, from, length);
        DynamicMessage message = DynamicMessage.parseFrom(type.read(), input);
        input.checkLastTagWas(0);
        return message;
    }

    void append(Message message, List<Column> columns) {
        unknown.of(message);
        for (int i = 0; i < fields.size(); i++) {
            fields.get(i).append(message, columns.get(i));
        }
    }

    /// How many fields were read so far that the schema has not.
    public long unknown() {
        return unknown.fields();
    }
}
