package dev.wisent.connectors.kafka.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.squareup.wire.schema.Field;
import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.internal.parser.FieldElement;
import com.squareup.wire.schema.internal.parser.GroupElement;
import com.squareup.wire.schema.internal.parser.MessageElement;
import com.squareup.wire.schema.internal.parser.OneOfElement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The fields of messages of one file, as protoc makes descriptors of them: a map is a repeated message of a key and a value,
/// an optional field of proto3 alone in a oneof that nobody wrote.
///
/// @param syntax of the file
record MessageText(String syntax) {
    static final String PROTO3 = "proto3";
    private static final Map<String, Type> SCALARS = Map.ofEntries(
            Map.entry("double", Type.TYPE_DOUBLE),
            Map.entry("float", Type.TYPE_FLOAT),
            Map.entry("int32", Type.TYPE_INT32),
            Map.entry("int64", Type.TYPE_INT64),
            Map.entry("uint32", Type.TYPE_UINT32),
            Map.entry("uint64", Type.TYPE_UINT64),
            Map.entry("sint32", Type.TYPE_SINT32),
            Map.entry("sint64", Type.TYPE_SINT64),
            Map.entry("fixed32", Type.TYPE_FIXED32),
            Map.entry("fixed64", Type.TYPE_FIXED64),
            Map.entry("sfixed32", Type.TYPE_SFIXED32),
            Map.entry("sfixed64", Type.TYPE_SFIXED64),
            Map.entry("bool", Type.TYPE_BOOL),
            Map.entry("string", Type.TYPE_STRING),
            Map.entry("bytes", Type.TYPE_BYTES));
    private static final String MAP = "map<";

    /// A field where it stands.
    private record Placed(Location at, FieldDescriptorProto.Builder field) {}

    /// Without the types it declares, but with those that maps and groups are.
    DescriptorProto.Builder of(MessageElement message) {
        DescriptorProto.Builder built = DescriptorProto.newBuilder().setName(message.getName());
        List<Placed> fields = new ArrayList<>();
        for (FieldElement field : message.getFields()) {
            fields.add(new Placed(field.getLocation(), field(field, OptionalInt.empty(), built)));
        }
        for (GroupElement group : message.getGroups()) {
            fields.add(new Placed(group.getLocation(), group(group, OptionalInt.empty(), built)));
        }
        for (OneOfElement oneOf : message.getOneOfs()) {
            OptionalInt index = OptionalInt.of(built.getOneofDeclCount());
            built.addOneofDecl(OneofDescriptorProto.newBuilder().setName(oneOf.getName()));
            for (FieldElement field : oneOf.getFields()) {
                fields.add(new Placed(field.getLocation(), field(field, index, built)));
            }
            for (GroupElement group : oneOf.getGroups()) {
                fields.add(new Placed(group.getLocation(), group(group, index, built)));
            }
        }
        fields.sort(Comparator.comparingInt((Placed each) -> each.at().getLine())
                .thenComparingInt(each -> each.at().getColumn()));
        for (Placed each : fields) {
            if (each.field().getProto3Optional()) { // behind those that were written
                each.field().setOneofIndex(built.getOneofDeclCount());
                built.addOneofDecl(OneofDescriptorProto.newBuilder()
                        .setName("_" + each.field().getName()));
            }
            built.addField(each.field());
        }
        return built;
    }

    private FieldDescriptorProto.Builder field(FieldElement field, OptionalInt oneOf, DescriptorProto.Builder within) {
        FieldDescriptorProto.Builder built =
                FieldDescriptorProto.newBuilder().setName(field.getName()).setNumber(field.getTag());
        oneOf.ifPresent(built::setOneofIndex);
        String type = field.getType();
        if (type.startsWith(MAP)) {
            return map(built, type.substring(MAP.length(), type.length() - 1), within);
        }
        Field.Label label = field.getLabel();
        built.setLabel(label(label));
        built.setProto3Optional(label == Field.Label.OPTIONAL && syntax.equals(PROTO3));
        typed(built, type);
        if (field.getDefaultValue() != null) {
            built.setDefaultValue(field.getDefaultValue());
        }
        return built;
    }

    private static Label label(Field.@Nullable Label label) {
        return switch (label) {
            case REPEATED -> Label.LABEL_REPEATED;
            case REQUIRED -> Label.LABEL_REQUIRED;
            case null, default -> Label.LABEL_OPTIONAL;
        };
    }

    private static void typed(FieldDescriptorProto.Builder field, String type) {
        Type scalar = SCALARS.get(type);
        if (scalar == null) {
            field.setTypeName(type);
        } else {
            field.setType(scalar);
        }
    }

    private FieldDescriptorProto.Builder map(
            FieldDescriptorProto.Builder built, String types, DescriptorProto.Builder within) {
        int comma = types.indexOf(',');
        String name = camelCase(built.getName()) + "Entry";
        DescriptorProto.Builder entry = DescriptorProto.newBuilder()
                .setName(name)
                .setOptions(MessageOptions.newBuilder().setMapEntry(true));
        FieldDescriptorProto.Builder key =
                FieldDescriptorProto.newBuilder().setName("key").setNumber(1).setLabel(Label.LABEL_OPTIONAL);
        typed(key, types.substring(0, comma).strip());
        FieldDescriptorProto.Builder value =
                FieldDescriptorProto.newBuilder().setName("value").setNumber(2).setLabel(Label.LABEL_OPTIONAL);
        typed(value, types.substring(comma + 1).strip());
        within.addNestedType(entry.addField(key).addField(value));
        return built.setLabel(Label.LABEL_REPEATED).setType(Type.TYPE_MESSAGE).setTypeName(name);
    }

    private FieldDescriptorProto.Builder group(GroupElement group, OptionalInt oneOf, DescriptorProto.Builder within) {
        DescriptorProto.Builder type = DescriptorProto.newBuilder().setName(group.getName());
        for (FieldElement field : group.getFields()) {
            type.addField(field(field, OptionalInt.empty(), type));
        }
        within.addNestedType(type);
        FieldDescriptorProto.Builder built = FieldDescriptorProto.newBuilder()
                .setName(group.getName().toLowerCase(Locale.ROOT))
                .setNumber(group.getTag())
                .setLabel(label(group.getLabel()))
                .setType(Type.TYPE_GROUP)
                .setTypeName(group.getName());
        oneOf.ifPresent(built::setOneofIndex);
        return built;
    }

    /// As protoc names the messages of maps.
    private static String camelCase(String name) {
        StringBuilder built = new StringBuilder();
        boolean upper = true;
        for (char c : name.toCharArray()) {
            if (c == '_') {
                upper = true;
            } else {
                built.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return built.toString();
    }
}
