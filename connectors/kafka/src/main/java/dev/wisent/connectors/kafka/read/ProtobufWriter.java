package dev.wisent.connectors.kafka.read;

import dev.wisent.columnar.Column;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.kafka.protobuf.MessageType;
import dev.wisent.connectors.kafka.protobuf.ProtoRecord;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A message of Protobuf.
final class ProtobufWriter implements WriterSchema {
    private final MessageType type;
    private final String from;

    /// @param from where its schema is from, as people call it
    ProtobufWriter(MessageType type, String from) {
        this.type = type;
        this.from = from;
    }

    @Override
    public Optional<Fields> fields() {
        ProtoRecord record = ProtoRecord.of(type);
        return Optional.of(new Fields(record.schema(), new Reading() {
            @Override
            public void read(byte[] bytes, int from, int length, List<Column> columns) throws IOException {
                record.read(bytes, from, length, columns);
            }

            @Override
            public long unknown() {
                return record.unknown();
            }
        }));
    }

    @Override
    public Whole whole() {
        ProtoRecord.Whole whole = ProtoRecord.whole(type);
        return new Whole(whole.type(), new Reading() {
            @Override
            public void read(byte[] bytes, int from, int length, List<Column> columns) throws IOException {
                whole.read(bytes, from, length, columns.getFirst());
            }

            @Override
            public long unknown() {
                return whole.unknown();
            }
        });
    }

    /// Change events are not read of it.
    @Override
    public Optional<Schema> columnsOf(String field) {
        return Optional.empty();
    }

    @Override
    public String kind() {
        return type.name();
    }

    @Override
    public String toString() {
        return "message " + type.name() + " of " + from;
    }
}
