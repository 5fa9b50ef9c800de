package dev.wisent.flows;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Messages of a topic in each form that is decoded: good ones, with the fields `id` and `note`, and poison.
enum Encoded {
    JSON("read_as: columns, metadata: [partition, offset], " + Encoded.FIELDS) {
        @Override
        byte[] message(long id, String note) {
            return utf8("{\"id\":" + id + ",\"note\":\"" + note + "\"}");
        }

        @Override
        byte[] poison() {
            return utf8("{\"id\":");
        }
    },
    TEXT("message_encoding: text, read_as: message") {
        @Override
        byte[] message(long id, String note) {
            return utf8(id + " " + note);
        }

        @Override
        byte[] poison() {
            return new byte[] {(byte) 0xff};
        }
    },
    AVRO("message_encoding: avro, read_as: columns, metadata: [partition, offset], "
            + "schema_registry: {type: confluent, url: \"REGISTRY\"}") {
        @Override
        byte[] message(long id, String note) {
            ByteArrayOutputStream out = framed(SCHEMA_ID);
            varint(out, 2 * id);
            varint(out, 2L * note.length());
            out.writeBytes(utf8(note));
            return out.toByteArray();
        }

        @Override
        byte[] poison() {
            return framed(SCHEMA_ID).toByteArray();
        }
    },
    PROTOBUF("message_encoding: protobuf, read_as: columns, metadata: [partition, offset], "
            + "protobuf: {file: \"PROTO\", message: Cow}") {
        @Override
        byte[] message(long id, String note) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            varint(out, 1 << 3);
            varint(out, id);
            varint(out, 2 << 3 | 2);
            varint(out, note.length());
            out.writeBytes(utf8(note));
            return out.toByteArray();
        }

        @Override
        byte[] poison() {
            return new byte[] {(byte) 0x80};
        }
    },
    DEBEZIUM("unwrap: debezium, read_as: columns, metadata: [partition, offset], " + Encoded.FIELDS) {
        @Override
        byte[] message(long id, String note) {
            return utf8("{\"before\":null,\"after\":{\"id\":" + id + ",\"note\":\"" + note + "\"},\"op\":\"c\"}");
        }

        @Override
        byte[] poison() {
            return utf8("{\"op\":\"m\"}");
        }
    };

    static final int SCHEMA_ID = 7;
    static final String AVRO_SCHEMA = """
            {"type": "record", "name": "Cow", "fields": [{"name": "id", "type": "long"}, {"name": "note", "type": "string"}]}""";
    static final String PROTO_FILE = "syntax = \"proto3\"; message Cow { int64 id = 1; string note = 2; }";

    private static final String FIELDS = "schema: {fields: [{name: id, type: int64}, {name: note, type: string}]}";
    private static final int SEVEN_BITS = 0x7f;

    private final String keys;

    Encoded(String keys) {
        this.keys = keys;
    }

    /// What the source `kafka` has to know, in a pipeline.
    ///
    /// @param registry has [#AVRO_SCHEMA] as [#SCHEMA_ID]
    /// @param proto a file with [#PROTO_FILE]
    String keys(String registry, String proto) {
        return keys.replace("REGISTRY", registry).replace("PROTO", proto);
    }

    /// @param note of ASCII
    abstract byte[] message(long id, String note);

    abstract byte[] poison();

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ByteArrayOutputStream framed(int schema) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0);
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(schema).array());
        return out;
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while (rest > SEVEN_BITS) {
            out.write((int) (rest & SEVEN_BITS | SEVEN_BITS + 1));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
