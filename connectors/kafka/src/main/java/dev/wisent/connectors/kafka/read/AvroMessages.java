package dev.wisent.connectors.kafka.read;

import dev.wisent.connectors.kafka.registry.SchemaId;
import dev.wisent.connectors.kafka.registry.SchemaIds;
import dev.wisent.connectors.kafka.registry.Schemas;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Keys or values in Avro, which name their schemas by ids.
final class AvroMessages implements TypedMessages {
    private final Schemas<Schema> schemas;
    private final SchemaIds ids;
    private final SchemaIds.Part part;
    private final Map<SchemaId, WriterSchema> writers = new HashMap<>();

    AvroMessages(Schemas<Schema> schemas, SchemaIds.Part part) {
        this.schemas = schemas;
        this.ids = schemas.ids(part);
        this.part = part;
    }

    @Override
    public Found find(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
        ByteBuffer bytes = part == SchemaIds.Part.KEY ? message.key() : message.value();
        return switch (ids.find(bytes, message.headers())) {
            case SchemaIds.Found.None(String why) -> Found.none(why);
            case SchemaIds.Found.At at
            when at.behind().filter(ByteBuffer::hasRemaining).isPresent() ->
                Found.none("the header with the schema id has more bytes than an id takes");
            case SchemaIds.Found.At at ->
                switch (schemas.schema(at.id())) {
                    case Schemas.Found.None<Schema>(String why) -> Found.none(why);
                    case Schemas.Found.Known<Schema>(Schema schema) ->
                        new Found.Written(
                                writers.computeIfAbsent(at.id(), id -> new AvroWriter(id, schema)),
                                bytes.slice(bytes.position() + at.skip(), bytes.remaining() - at.skip()));
                };
        };
    }

    @Override
    public String part() {
        return part.toString();
    }
}
