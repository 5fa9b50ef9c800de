package dev.wisent.connectors.kafka.registry;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/// Where messages have the id of their schema: before their bytes (a zero, then the id), or in a header. Confluent, "Schema
/// Registry wire format"; Apicurio Registry, "Kafka serializers and deserializers".
public final class SchemaIds {
    private static final byte MAGIC = 0;
    /// Of an id in a header that is no number.
    private static final byte GUID_MAGIC = 1;

    private static final int SHORT = Byte.BYTES + Integer.BYTES;
    private static final int LONG = Byte.BYTES + Long.BYTES;
    private static final int GUID = Byte.BYTES + 2 * Long.BYTES;

    private final RegistryOptions options;
    private final Part part;

    /// Which part of a message.
    public enum Part {
        KEY("key"),
        VALUE("value");

        private final String word;

        Part(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /// What was found.
    public sealed interface Found {
        /// @param skip how many bytes stand before what follows the id: its content, or for Protobuf which message it is
        /// @param behind with an id in a header: what stands there behind it
        record At(SchemaId id, int skip, Optional<ByteBuffer> behind) implements Found {
            At(SchemaId id, int skip) {
                this(id, skip, Optional.empty());
            }
        }

        /// These bytes name no schema, or in a way that is not read.
        record None(String why) implements Found {}
    }

    public SchemaIds(RegistryOptions options, Part part) {
        this.options = options;
        this.part = part;
    }

    public Found find(ByteBuffer bytes, Headers headers) {
        return switch (options.kind()) {
            case CONFLUENT ->
                header(headers, "__" + part + "_schema_id")
                        .map(SchemaIds::confluent)
                        .orElseGet(() -> before(bytes));
            case APICURIO -> apicurio(headers).orElseGet(() -> before(bytes));
        };
    }

    private Found before(ByteBuffer bytes) {
        int at = bytes.position();
        if (bytes.remaining() < SHORT) {
            return new Found.None("the " + part + " has " + bytes.remaining() + " bytes, too few for a schema id");
        }
        if (bytes.get(at) != MAGIC) {
            return new Found.None("the " + part + " begins with byte " + (bytes.get(at) & 0xff)
                    + ", and not with the zero that stands before a schema id");
        }
        int first = bytes.getInt(at + 1);
        if (options.kind() == RegistryOptions.Kind.CONFLUENT) {
            return new Found.At(new SchemaId.Numbered(first), SHORT);
        }
        if (first != 0) {
            return new Found.At(options.idOf(RegistryOptions.Names.CONTENT, Integer.toUnsignedLong(first)), SHORT);
        }
        if (bytes.remaining() < LONG) {
            return new Found.None("the " + part + " has " + bytes.remaining()
                    + " bytes, too few for a schema id of eight, which four zeros begin");
        }
        return new Found.At(options.idOf(RegistryOptions.Names.GLOBAL, bytes.getLong(at + 1)), LONG);
    }

    private static Found confluent(byte[] header) {
        ByteBuffer bytes = ByteBuffer.wrap(header);
        if (header.length >= SHORT && header[0] == MAGIC) {
            return new Found.At(
                    new SchemaId.Numbered(bytes.getInt(1)),
                    0,
                    Optional.of(bytes.position(SHORT).slice()));
        }
        if (header.length >= GUID && header[0] == GUID_MAGIC) {
            UUID guid = new UUID(bytes.getLong(1), bytes.getLong(1 + Long.BYTES));
            return new Found.At(
                    new SchemaId.Guid(guid), 0, Optional.of(bytes.position(GUID).slice()));
        }
        return new Found.None(
                "the header with the schema id has " + header.length + " bytes, and no form that is known");
    }

    private Optional<Found> apicurio(Headers headers) {
        String stem = "apicurio." + part + ".";
        Optional<byte[]> global = header(headers, stem + "globalId");
        Optional<byte[]> content = header(headers, stem + "contentId");
        if (global.isEmpty() && content.isEmpty()) {
            return Optional.empty();
        }
        byte[] id = global.or(() -> content).orElseThrow();
        if (id.length != Long.BYTES) {
            return Optional.of(
                    new Found.None("the header with the schema id has " + id.length + " bytes instead of 8"));
        }
        if (header(headers, stem + "encoding").filter(SchemaIds::isJson).isPresent()) {
            return Optional.of(new Found.None("the " + part + " is JSON, which is not read in this version"));
        }
        long number = ByteBuffer.wrap(id).getLong();
        return Optional.of(
                new Found.At(global.isPresent() ? new SchemaId.Global(number) : new SchemaId.Content(number), 0));
    }

    private static boolean isJson(byte[] encoding) {
        return new String(encoding, java.nio.charset.StandardCharsets.US_ASCII).equalsIgnoreCase("JSON");
    }

    static Optional<byte[]> header(Headers headers, String name) {
        Header last = headers.lastHeader(name);
        return last == null ? Optional.empty() : Optional.ofNullable(last.value());
    }
}
