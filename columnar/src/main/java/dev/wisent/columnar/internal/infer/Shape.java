package dev.wisent.columnar.internal.infer;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.internal.TextKind;
import dev.wisent.columnar.internal.json.NumberToken;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the values seen in one place are, and the type that holds them all.
final class Shape {
    /// Objects with more different keys hold data in their keys.
    private static final int MAX_MEMBERS = 1_000;

    private enum Kind {
        BOOL,
        NUMBER,
        STRING,
        OBJECT,
        ARRAY,
        OPAQUE
    }

    private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    private final Set<TextKind> texts = EnumSet.noneOf(TextKind.class);
    private final NumberShape numbers = new NumberShape();
    private final Map<String, Shape> members = new LinkedHashMap<>();
    private Optional<Shape> element = Optional.empty();

    void bool() {
        kinds.add(Kind.BOOL);
    }

    void number(NumberToken token) {
        kinds.add(Kind.NUMBER);
        numbers.add(token);
    }

    void string(byte[] text, int from, int length) {
        kinds.add(Kind.STRING);
        if (!texts.contains(TextKind.STRING)) {
            texts.add(TextKind.of(text, from, length));
        }
    }

    void object() {
        kinds.add(Kind.OBJECT);
    }

    void array() {
        kinds.add(Kind.ARRAY);
    }

    /// A value nobody looks into.
    void opaque() {
        kinds.add(Kind.OPAQUE);
    }

    Shape member(String name) {
        return members.computeIfAbsent(name, n -> new Shape());
    }

    Shape element() {
        Shape shape = element.orElseGet(Shape::new);
        element = Optional.of(shape);
        return shape;
    }

    List<Field> fields() {
        return members.entrySet().stream()
                .map(e -> Field.nullable(e.getKey(), e.getValue().type()))
                .toList();
    }

    /// As JSON: values of different kinds, and none at all, are `json`.
    DataType type() {
        if (kinds.size() != 1) {
            return DataType.JSON;
        }
        return switch (kinds.iterator().next()) {
            case BOOL -> DataType.BOOL;
            case NUMBER -> numbers.type();
            case STRING -> stringType();
            case OBJECT ->
                members.isEmpty() || members.size() > MAX_MEMBERS ? DataType.JSON : new DataType.Struct(fields());
            case ARRAY -> new DataType.ListOf(element.map(Shape::type).orElse(DataType.JSON));
            case OPAQUE -> DataType.JSON;
        };
    }

    private DataType stringType() {
        if (texts.size() != 1) {
            return DataType.STRING;
        }
        return switch (texts.iterator().next()) {
            case DATE -> DataType.DATE;
            case TIMESTAMP -> DataType.TIMESTAMP;
            default -> DataType.STRING;
        };
    }

    /// A CSV cell.
    void cell(byte[] text, int from, int length) {
        if (texts.contains(TextKind.STRING)) {
            return;
        }
        TextKind kind = TextKind.of(text, from, length);
        texts.add(kind);
        if (kind == TextKind.NUMBER) {
            NumberToken token = new NumberToken();
            token.scan(text, from);
            numbers.add(token);
        }
    }

    /// As CSV: cells of different kinds, and none at all, are `string`, which is what they are.
    DataType cellType() {
        if (texts.size() != 1) {
            return DataType.STRING;
        }
        return switch (texts.iterator().next()) {
            case BOOL -> DataType.BOOL;
            case NUMBER -> numbers.type().equals(DataType.JSON) ? DataType.STRING : numbers.type();
            default -> stringType();
        };
    }
}
