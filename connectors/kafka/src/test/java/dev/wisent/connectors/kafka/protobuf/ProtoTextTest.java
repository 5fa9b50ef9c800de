package dev.wisent.connectors.kafka.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `.proto` files, compared with what Google's own compiler made of the same text.
class ProtoTextTest {
    /// The text lies in the library beside what protoc made of it.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "any",
                "api",
                "descriptor",
                "duration",
                "empty",
                "field_mask",
                "source_context",
                "struct",
                "timestamp",
                "type",
                "wrappers"
            })
    void files_that_come_with_protobuf_are_what_protoc_makes_of_them(String stem) throws Exception {
        String name = "google/protobuf/" + stem + ".proto";
        FileDescriptorProto ours = ProtoText.parse(name, resource(name));

        assertThat(told(ours)).isEqualTo(told(ProtoFiles.standard(name)));
        assertThat(ProtoFiles.link(name, Map.of(name, ours)).names()).isEmpty();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Message.class.getClassLoader().getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// What values depend on. Where a type's name is resolved, only its end is compared.
    private static List<String> told(FileDescriptorProto file) {
        List<String> told = new java.util.ArrayList<>();
        told.add(file.getPackage() + " " + file.getSyntax() + " " + file.getDependencyList());
        file.getMessageTypeList().forEach(message -> tell(message, told));
        file.getEnumTypeList().forEach(words -> tell(words, told));
        return told;
    }

    private static void tell(DescriptorProto message, List<String> told) {
        told.add(message.getName() + " map=" + message.getOptions().getMapEntry());
        message.getFieldList()
                .forEach(field -> told.add(field.getName() + " " + field.getNumber() + " " + field.getLabel() + " "
                        + field.getTypeName().replaceAll(".*\\.", "") + " "
                        + (field.getTypeName().isEmpty() ? field.getType() : "") + " oneof="
                        + (field.hasOneofIndex()
                                ? message.getOneofDecl(field.getOneofIndex()).getName()
                                : "")
                        + " optional=" + field.getProto3Optional() + " default=" + field.getDefaultValue()));
        message.getNestedTypeList().stream()
                .sorted(java.util.Comparator.comparing(DescriptorProto::getName))
                .forEach(nested -> tell(nested, told));
        message.getEnumTypeList().forEach(words -> tell(words, told));
    }

    private static void tell(EnumDescriptorProto words, List<String> told) {
        told.add(words.getName() + " " + words.getOptions().getAllowAlias());
        words.getValueList().forEach(value -> told.add(value.getName() + "=" + value.getNumber()));
    }

    @Test
    void groups_maps_and_optional_fields_are_linked() {
        MessageType type = Protos.type("""
                syntax = "proto2";
                package farm;
                message Herd {
                  repeated group Cow = 1 { required int64 id = 1; map<string, .farm.Herd.Kind> kinds = 2; }
                  enum Kind { CALF = 1; BULL = 2; }
                  optional Kind first = 3 [default = BULL, deprecated = true];
                  extensions 100 to max;
                }
                extend Herd { optional string note = 100; }
                """, "farm.Herd");

        Descriptor cow = type.declared().findFieldByName("cow").getMessageType();
        assertThat(cow.findFieldByName("kinds").isMapField()).isTrue();
        assertThat(type.declared().findFieldByName("first").getDefaultValue()).hasToString("BULL");
        assertThat(type.declared().findFieldByName("cow").getType()).isEqualTo(FieldDescriptor.Type.GROUP);
        assertThat(DynamicMessage.getDefaultInstance(type.read()).isInitialized())
                .isTrue();
    }

    @Test
    void messages_are_counted_as_they_are_written_without_those_that_are_maps() {
        FileDescriptorProto file = ProtoText.parse("a.proto", """
                syntax = "proto3";
                package p;
                message A { map<string, string> m = 1; message B {} message C { message D {} } }
                enum E { ZERO = 0; }
                message F {}
                """);
        ProtoFiles files = ProtoFiles.link("a.proto", Map.of("a.proto", file));

        assertThat(files.message(List.of(0, 1, 0))).map(MessageType::name).hasValue("p.A.C.D");
        assertThat(files.message(List.of(1))).map(MessageType::name).hasValue("p.F");
        assertThat(files.message(List.of(0, 2))).isEmpty();
        assertThat(files.message("F")).map(MessageType::name).hasValue("p.F");
    }

    @Test
    void what_is_no_file_of_protobuf_is_refused_with_why() {
        assertThatThrownBy(() -> ProtoText.parse("a.proto", "message A { int32 }"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no .proto file: ");
        assertThatThrownBy(() -> ProtoText.parse("a.proto", "edition = \"2023\"; message A {}"))
                .hasMessageContaining("editions are read from a descriptor set");
        assertThatThrownBy(() -> Protos.type("syntax = \"proto3\"; message A { int32 a = 1; int32 b = 1; }", "A"))
                .hasMessageContaining("Field number 1");
    }
}
