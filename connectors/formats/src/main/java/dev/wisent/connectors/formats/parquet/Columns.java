package dev.wisent.connectors.formats.parquet;

import dev.wisent.api.format.Projection;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.typed.Unfit;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/// The wanted columns of a file.
///
/// @param message as Parquet has them
/// @param members as a batch has them
record Columns(MessageType message, List<Member> members) {
    /// A field of the file, or of a struct in it.
    record Member(String name, Shape shape) {
        Field field() {
            return Field.nullable(name, shape.type());
        }
    }

    /// How a field becomes a column.
    sealed interface Shape {
        DataType type();

        record Value(Leaf leaf) implements Shape {
            @Override
            public DataType type() {
                return leaf.type();
            }
        }

        record Struct(List<Member> members) implements Shape {
            @Override
            public DataType type() {
                return new DataType.Struct(members.stream().map(Member::field).toList());
            }
        }

        /// A field that is repeated, without a group around it that says so: never null, maybe empty.
        record Bare(Shape element) implements Shape {
            @Override
            public DataType type() {
                return new DataType.ListOf(element.type());
            }
        }

        /// @param wrapped whether each element stands in a group of its own, which the standard asks for
        record Listed(Shape element, Wrapping wrapped) implements Shape {
            @Override
            public DataType type() {
                return new DataType.ListOf(element.type());
            }
        }

        record Mapped(Shape key, Shape value) implements Shape {
            @Override
            public DataType type() {
                return new DataType.MapOf(key.type(), value.type());
            }
        }
    }

    /// The forms of lists, see "Backward-compatibility rules" of Parquet's LogicalTypes.md.
    enum Wrapping {
        IN_GROUPS,
        DIRECT
    }

    static Columns of(MessageType file, Projection wanted) {
        List<Type> types = file.getFields().stream()
                .filter(field -> wanted.has(field.getName()))
                .toList();
        return new Columns(new MessageType(file.getName(), types), members(types));
    }

    Schema schema() {
        return Schema.of(members.stream().map(Member::field).toList());
    }

    private static List<Member> members(List<Type> types) {
        List<Member> members = new ArrayList<>();
        for (Type type : types) {
            members.add(new Member(type.getName(), shape(type)));
        }
        return members;
    }

    private static Shape shape(Type type) {
        return type.isRepetition(Type.Repetition.REPEATED) ? new Shape.Bare(single(type)) : single(type);
    }

    /// Whatever its repetition is.
    private static Shape single(Type type) {
        if (type.isPrimitive()) {
            return new Shape.Value(Leaf.of(type.asPrimitiveType()));
        }
        GroupType group = type.asGroupType();
        return switch (group.getLogicalTypeAnnotation()) {
            case null -> struct(group);
            case LogicalTypeAnnotation.ListLogicalTypeAnnotation list -> list(group);
            case LogicalTypeAnnotation.MapLogicalTypeAnnotation map -> map(group);
            case LogicalTypeAnnotation.MapKeyValueTypeAnnotation map -> map(group);
            case LogicalTypeAnnotation other ->
                throw new Unfit("column '" + type.getName() + "' is " + other + ", which no column holds");
        };
    }

    private static Shape struct(GroupType group) {
        return new Shape.Struct(members(group.getFields()));
    }

    private static Shape list(GroupType list) {
        Type repeated = inner(list);
        if (repeated.isPrimitive()) {
            return new Shape.Listed(single(repeated), Wrapping.DIRECT);
        }
        GroupType group = repeated.asGroupType();
        boolean isElement = group.getFieldCount() != 1
                || group.getType(0).isRepetition(Type.Repetition.REPEATED)
                || group.getName().equals("array")
                || group.getName().equals(list.getName() + "_tuple");
        return isElement
                ? new Shape.Listed(struct(group), Wrapping.DIRECT)
                : new Shape.Listed(single(group.getType(0)), Wrapping.IN_GROUPS);
    }

    private static Shape map(GroupType map) {
        Type entry = inner(map);
        if (entry.isPrimitive() || entry.asGroupType().getFieldCount() != 2) {
            throw new Unfit("map '" + map.getName() + "' has no keys and values");
        }
        return new Shape.Mapped(
                shape(entry.asGroupType().getType(0)), shape(entry.asGroupType().getType(1)));
    }

    private static Type inner(GroupType group) {
        if (group.getFieldCount() != 1 || !group.getType(0).isRepetition(Type.Repetition.REPEATED)) {
            throw new Unfit("column '" + group.getName() + "' is a list or map without repeated values");
        }
        return group.getType(0);
    }
}
