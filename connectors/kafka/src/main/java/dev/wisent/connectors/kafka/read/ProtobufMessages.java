package dev.wisent.connectors.kafka.read;

import dev.wisent.connectors.kafka.protobuf.MessageType;
import dev.wisent.connectors.kafka.protobuf.ProtoFiles;
import dev.wisent.connectors.kafka.registry.MessageNames;
import dev.wisent.connectors.kafka.registry.SchemaId;
import dev.wisent.connectors.kafka.registry.SchemaIds;
import dev.wisent.connectors.kafka.registry.Schemas;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Keys or values in Protobuf, which name their schemas by ids, and the message in it.
final class ProtobufMessages implements TypedMessages {
    private final Schemas<ProtoFiles> schemas;
    private final SchemaIds ids;
    private final MessageNames names;
    private final SchemaIds.Part part;
    private final Map<Known, WriterSchema> writers = new HashMap<>();

    private record Known(SchemaId id, MessageNames.Name name) {}

    ProtobufMessages(Schemas<ProtoFiles> schemas, SchemaIds.Part part) {
        this.schemas = schemas;
        this.ids = schemas.ids(part);
        this.names = schemas.names(part);
        this.part = part;
    }

    @Override
    public Found find(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
        ByteBuffer bytes = part == SchemaIds.Part.KEY ? message.key() : message.value();
        return switch (ids.find(bytes, message.headers())) {
            case SchemaIds.Found.None(String why) -> Found.none(why);
            case SchemaIds.Found.At at ->
                switch (schemas.schema(at.id())) {
                    case Schemas.Found.None<ProtoFiles>(String why) -> Found.none(why);
                    case Schemas.Found.Known<ProtoFiles>(ProtoFiles files) ->
                        switch (names.find(bytes, at, message.headers(), files)) {
                            case MessageNames.Found.None(String why) -> Found.none(why);
                            case MessageNames.Found.At(MessageNames.Name name, int skip) ->
                                found(
                                        at.id(),
                                        name,
                                        files,
                                        bytes.slice(bytes.position() + skip, bytes.remaining() - skip));
                        };
                };
        };
    }

    private Found found(SchemaId id, MessageNames.Name name, ProtoFiles files, ByteBuffer content) {
        Known key = new Known(id, name);
        WriterSchema known = writers.get(key);
        if (known == null) {
            Optional<MessageType> type = name.in(files);
            if (type.isEmpty()) {
                return Found.none(id + " has no message " + name);
            }
            known = new ProtobufWriter(type.get(), id.toString());
            writers.put(key, known);
        }
        return new Found.Written(known, content);
    }

    @Override
    public String part() {
        return part.toString();
    }
}
