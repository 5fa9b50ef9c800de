package dev.wisent.connectors.kafka.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;

/// The same file with bytes where it has texts; both are written the same way. Without extensions and services, which nobody
/// reads.
final class TextsAsBytes {
    private TextsAsBytes() {}

    static FileDescriptorProto of(FileDescriptorProto file) {
        FileDescriptorProto.Builder built = file.toBuilder().clearService().clearExtension();
        built.getMessageTypeBuilderList().forEach(TextsAsBytes::change);
        return built.build();
    }

    private static void change(DescriptorProto.Builder message) {
        message.clearExtension();
        message.getNestedTypeBuilderList().forEach(TextsAsBytes::change);
        for (FieldDescriptorProto.Builder field : message.getFieldBuilderList()) {
            if (field.getType() == FieldDescriptorProto.Type.TYPE_STRING) {
                field.setType(FieldDescriptorProto.Type.TYPE_BYTES).clearDefaultValue();
            }
        }
    }
}
