package dev.wisent.connectors.kafka.registry;

import dev.wisent.connectors.kafka.protobuf.MessageType;
import dev.wisent.connectors.kafka.protobuf.ProtoFiles;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/// Which message of its schema a message in Protobuf is. Confluent writes its place behind the id: how many numbers, then the
/// numbers, as zigzag varints, and a single zero for the first message. Apicurio writes its name, in a header or as a message
/// `Ref` of its own behind the id.
public final class MessageNames {
    private static final Name FIRST = new Name.Place(List.of(0));
    /// Nested deeper than any.
    private static final int MOST = 100;
    private static final int LONGEST_VARINT = 5;
    /// Of the text in field 1 of `Ref`.
    private static final int NAME_TAG = 0x0a;

    private static final int LARGEST_OF_ONE_BYTE = 0x7f;

    private final RegistryOptions.Kind kind;
    private final String header;

    /// How a message is named.
    public sealed interface Name {
        Optional<MessageType> in(ProtoFiles files);

        record Place(List<Integer> path) implements Name {
            @Override
            public Optional<MessageType> in(ProtoFiles files) {
                return files.message(path);
            }

            @Override
            public String toString() {
                return "at place " + path;
            }
        }

        record Called(String name) implements Name {
            @Override
            public Optional<MessageType> in(ProtoFiles files) {
                return files.message(name);
            }

            @Override
            public String toString() {
                return "'" + name + "'";
            }
        }
    }

    /// What was found.
    public sealed interface Found {
        /// @param skip how many bytes stand before the content
        record At(Name name, int skip) implements Found {}

        record None(String why) implements Found {}
    }

    MessageNames(RegistryOptions options, SchemaIds.Part part) {
        this.kind = options.kind();
        this.header = part == SchemaIds.Part.KEY ? "apicurio.protobuf.type.key" : "apicurio.protobuf.type";
    }

    public Found find(ByteBuffer bytes, SchemaIds.Found.At id, Headers headers, ProtoFiles files) {
        return switch (kind) {
            case CONFLUENT -> id.behind().isPresent() ? beside(id.behind().get()) : behind(bytes, id.skip());
            case APICURIO -> apicurio(bytes, id.skip(), headers, files);
        };
    }

    private static Found beside(ByteBuffer header) {
        return header.hasRemaining() ? place(header.duplicate(), Behind.HEADER) : new Found.At(FIRST, 0);
    }

    private static Found behind(ByteBuffer bytes, int skip) {
        return place(bytes.slice(bytes.position(), bytes.remaining()).position(skip), Behind.ID);
    }

    /// What a place stands behind.
    private enum Behind {
        HEADER,
        ID
    }

    private static Found place(ByteBuffer from, Behind behind) {
        Optional<Integer> count = number(from);
        List<Integer> path = new ArrayList<>();
        boolean whole = count.isPresent() && count.get() >= 0 && count.get() <= MOST;
        for (int i = 0; whole && i < count.get(); i++) {
            Optional<Integer> index = number(from);
            index.ifPresent(path::add);
            whole = index.isPresent();
        }
        if (!whole) {
            return new Found.None("behind the schema id stands no place of a message");
        }
        return new Found.At(
                path.isEmpty() ? FIRST : new Name.Place(List.copyOf(path)), behind == Behind.ID ? from.position() : 0);
    }

    private static Optional<Integer> number(ByteBuffer from) {
        int value = 0;
        for (int i = 0; i < LONGEST_VARINT && from.hasRemaining(); i++) {
            byte next = from.get();
            value |= (next & LARGEST_OF_ONE_BYTE) << (7 * i);
            if (next >= 0) {
                return Optional.of((value >>> 1) ^ -(value & 1));
            }
        }
        return Optional.empty();
    }

    private Found apicurio(ByteBuffer bytes, int skip, Headers headers, ProtoFiles files) {
        Optional<String> said = SchemaIds.header(headers, header).map(name -> new String(name, StandardCharsets.UTF_8));
        Optional<String> written =
                ref(bytes, skip).filter(name -> files.message(name).isPresent());
        boolean same = said.isEmpty() || said.equals(written);
        if (written.isPresent() && same) {
            int length = 1 + bytes.get(bytes.position() + skip);
            return new Found.At(new Name.Called(written.get()), skip + length);
        }
        return new Found.At(said.<Name>map(Name.Called::new).orElse(FIRST), skip);
    }

    /// The name in a `Ref`. No message of another type begins with the name of a message.
    private static Optional<String> ref(ByteBuffer bytes, int skip) {
        int at = bytes.position() + skip;
        int tagAndLength = 2;
        if (bytes.remaining() - skip < 1 + tagAndLength) {
            return Optional.empty();
        }
        int length = bytes.get(at);
        boolean is = length >= tagAndLength
                && bytes.remaining() - skip > length
                && bytes.get(at + 1) == NAME_TAG
                && bytes.get(at + tagAndLength) == length - tagAndLength;
        if (!is) {
            return Optional.empty();
        }
        byte[] name = new byte[length - tagAndLength];
        bytes.get(at + 1 + tagAndLength, name);
        return Optional.of(new String(name, StandardCharsets.UTF_8));
    }
}
