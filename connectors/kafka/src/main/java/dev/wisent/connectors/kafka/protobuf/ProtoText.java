package dev.wisent.connectors.kafka.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumOptions;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.internal.parser.EnumConstantElement;
import com.squareup.wire.schema.internal.parser.EnumElement;
import com.squareup.wire.schema.internal.parser.MessageElement;
import com.squareup.wire.schema.internal.parser.OptionElement;
import com.squareup.wire.schema.internal.parser.ProtoFileElement;
import com.squareup.wire.schema.internal.parser.ProtoParser;
import com.squareup.wire.schema.internal.parser.TypeElement;
import java.util.List;
import java.util.regex.Pattern;

/// A `.proto` file as a descriptor, as far as values need it: without services, extensions and options that are only for code.
/// Names of types stay as they are written; linking finds what they name.
public final class ProtoText {
    /// Where it says nothing, as protoc has it.
    private static final String STANDARD = "proto2";

    private static final Pattern EDITION = Pattern.compile("(?m)^\\s*edition\\s*=");

    private ProtoText() {}

    /// @param name what others import it by
    /// @throws IllegalArgumentException if it is none, or of an edition
    public static FileDescriptorProto parse(String name, String text) {
        ProtoFileElement file;
        try {
            file = ProtoParser.Companion.parse(Location.get(name), text);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "no .proto file: " + e.getMessage()
                            + (EDITION.matcher(text).find()
                                    ? "; editions are read from a descriptor set (protoc --include_imports -o)"
                                    : ""),
                    e);
        }
        String syntax = file.getSyntax() == null ? STANDARD : file.getSyntax().toString();
        FileDescriptorProto.Builder built = FileDescriptorProto.newBuilder().setName(name);
        if (!syntax.equals(STANDARD)) {
            built.setSyntax(syntax);
        }
        if (file.getPackageName() != null) {
            built.setPackage(file.getPackageName());
        }
        file.getImports().forEach(built::addDependency);
        file.getWeakImports().forEach(built::addDependency);
        for (String each : file.getPublicImports()) {
            built.addPublicDependency(built.getDependencyCount()).addDependency(each);
        }
        for (TypeElement type : file.getTypes()) {
            switch (type) {
                case MessageElement message -> built.addMessageType(message(message, syntax));
                case EnumElement words -> built.addEnumType(words(words));
                default -> throw new IllegalArgumentException("it declares what is no type: " + type.getName());
            }
        }
        return built.build();
    }

    private static DescriptorProto message(MessageElement message, String syntax) {
        DescriptorProto.Builder built = new MessageText(syntax).of(message);
        for (TypeElement type : message.getNestedTypes()) {
            switch (type) {
                case MessageElement nested -> built.addNestedType(message(nested, syntax));
                case EnumElement words -> built.addEnumType(words(words));
                default -> throw new IllegalArgumentException("it declares what is no type: " + type.getName());
            }
        }
        return built.build();
    }

    private static EnumDescriptorProto words(EnumElement words) {
        EnumDescriptorProto.Builder built = EnumDescriptorProto.newBuilder().setName(words.getName());
        for (EnumConstantElement each : words.getConstants()) {
            built.addValue(EnumValueDescriptorProto.newBuilder()
                    .setName(each.getName())
                    .setNumber(each.getTag()));
        }
        if (isTrue(words.getOptions(), "allow_alias")) {
            built.setOptions(EnumOptions.newBuilder().setAllowAlias(true));
        }
        return built.build();
    }

    private static boolean isTrue(List<OptionElement> options, String name) {
        return options.stream()
                .anyMatch(option -> option.getName().equals(name)
                        && String.valueOf(option.getValue()).equals("true"));
    }
}
