package dev.wisent.connectors.kafka.read;

import dev.wisent.columnar.BadRecord;
import dev.wisent.connectors.kafka.registry.AvroSchemas;
import dev.wisent.connectors.kafka.registry.SchemaId;
import dev.wisent.connectors.kafka.registry.SchemaIds;
import dev.wisent.connectors.typed.avro.AvroInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Keys or values in Avro: which schema each was written with, and its bytes. One thread.
final class AvroMessages {
    private final AvroSchemas schemas;
    private final SchemaIds ids;
    private final SchemaIds.Part part;
    private final AvroInput input = new AvroInput(new byte[0]);

    /// What a message has.
    sealed interface Found {
        /// @param skip how many bytes stand before the content
        record Written(SchemaId id, Schema schema, int skip) implements Found {}

        record None(MessageRows.Outcome.Refused refused) implements Found {}
    }

    /// Reads one value.
    interface Reading {
        void from(AvroInput in) throws IOException;
    }

    AvroMessages(AvroSchemas schemas, SchemaIds.Part part) {
        this.schemas = schemas;
        this.ids = schemas.ids(part);
        this.part = part;
    }

    Found find(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
        return switch (ids.find(bytes(message), message.headers())) {
            case SchemaIds.Found.None(String why) -> new Found.None(refused(why));
            case SchemaIds.Found.At(SchemaId id, int skip) ->
                switch (schemas.schema(id)) {
                    case AvroSchemas.Found.None(String why) -> new Found.None(refused(why));
                    case AvroSchemas.Found.Known(Schema schema) -> new Found.Written(id, schema, skip);
                };
        };
    }

    private ByteBuffer bytes(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
        return part == SchemaIds.Part.KEY ? message.key() : message.value();
    }

    /// Reads the content with `reading`, which has to take all of it.
    ///
    /// @throws IOException when it does not hold what its schema says
    void read(ConsumerRecord<ByteBuffer, ByteBuffer> message, int skip, Reading reading) throws IOException {
        ByteBuffer bytes = bytes(message);
        byte[] array;
        int from = skip;
        if (bytes.hasArray()) {
            array = bytes.array();
            from += bytes.arrayOffset() + bytes.position();
        } else {
            array = new byte[bytes.remaining()];
            bytes.duplicate().get(array);
        }
        try {
            input.over(array, from, bytes.remaining() - skip);
            reading.from(input);
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
        if (!input.isEnd()) {
            throw new IOException("it has more bytes than its schema takes");
        }
    }

    MessageRows.Outcome.Refused unreadable(SchemaId id, IOException e) {
        String message = e.getMessage();
        return refused(
                "the " + part + " can't be read by " + id + ": " + (message == null ? "it ends too soon" : message));
    }

    static MessageRows.Outcome.Refused refused(String why) {
        return new MessageRows.Outcome.Refused(BadRecord.Reason.SYNTAX, why);
    }
}
