package dev.wisent.connectors.kafka.protobuf;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.TextFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// Messages for tests: types from text, and bytes from Protobuf's own text format.
public final class Protos {
    private static final String MAIN = "main.proto";

    private Protos() {}

    public static MessageType type(String proto, String message) {
        return type(Map.of(), proto, message);
    }

    /// @param imported files by the names they are imported by
    public static MessageType type(Map<String, String> imported, String proto, String message) {
        Map<String, com.google.protobuf.DescriptorProtos.FileDescriptorProto> files = new LinkedHashMap<>();
        imported.forEach((name, text) -> files.put(name, ProtoText.parse(name, text)));
        files.put(MAIN, ProtoText.parse(MAIN, proto));
        return ProtoFiles.link(MAIN, files).message(message).orElseThrow();
    }

    /// The bytes of a message that Protobuf's text format describes.
    public static byte[] bytes(MessageType type, String text) {
        try {
            DynamicMessage.Builder message = DynamicMessage.newBuilder(type.declared());
            TextFormat.merge(text, message);
            return message.build().toByteArray();
        } catch (TextFormat.ParseException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
