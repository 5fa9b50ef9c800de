package dev.wisent.connectors.delta.log;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.TypeParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Schemas as a table's `schemaString`.
///
/// | Wisent | Delta |
/// |---|---|
/// | bool, int8–64, float32, float64, decimal, string, binary, date, timestamp, timestamp_ntz | `boolean`, `byte` `short` `integer` `long`, `float`, `double`, `decimal(p,s)`, `string`, `binary`, `date`, `timestamp`, `timestamp_ntz` |
/// | uuid, json, time | `string`, with the Wisent type in the column's metadata under `wisent.type` |
/// | struct, list, map | `struct`, `array`, `map` |
public final class DeltaSchema {
    /// Where a column says which of our types its strings hold.
    static final String WISENT_TYPE = "wisent.type";

    private static final String TYPE_CHANGES = "delta.typeChanges";

    private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+),\\s*(-?\\d+)\\)");
    /// What Parquet's and the log's readers refuse in a name unless columns are mapped.
    private static final Pattern FORBIDDEN = Pattern.compile("[ ,;{}()\\n\\t=]");

    private DeltaSchema() {}

    public static String write(Schema schema) {
        return struct(schema.fields()).toString();
    }

    /// Like [#write(Schema)], with what `before`, a table's schema until now, says of columns beside their types (comments,
    /// defaults, what grew earlier), and with what grows now, as the protocol's section "Type Change Metadata" asks.
    public static String write(Schema schema, String before, List<TypeWidening.Growth> growing) {
        JsonNode was = before.isEmpty() ? object() : JsonMapper.shared().readTree(before);
        ObjectNode node = struct(schema.fields());
        for (JsonNode field : node.path("fields")) {
            ObjectNode item = (ObjectNode) field;
            String name = item.path("name").stringValue("");
            List<TypeWidening.Growth> grown =
                    growing.stream().filter(g -> g.column().equals(name)).toList();
            Optional<JsonNode> known = was.path("fields")
                    .valueStream()
                    .filter(old -> old.path("name").stringValue("").equals(name))
                    .findFirst();
            known.ifPresent(old -> keep(old, item, !grown.isEmpty()));
            grown.forEach(growth -> note(growth, (ObjectNode) item.path("metadata")));
        }
        return node.toString();
    }

    private static void keep(JsonNode old, ObjectNode item, boolean grows) {
        boolean same = fields(structOf(old))
                .getFirst()
                .type()
                .equals(fields(structOf(item)).getFirst().type());
        if (same) {
            item.set("type", old.path("type"));
        }
        if ((same || grows) && old.path("metadata") instanceof ObjectNode metadata) {
            item.set("metadata", metadata.deepCopy());
        }
    }

    private static ObjectNode structOf(JsonNode field) {
        ObjectNode node = object();
        node.putArray("fields").add(field);
        return node;
    }

    private static void note(TypeWidening.Growth growth, ObjectNode metadata) {
        ArrayNode changes =
                metadata.path(TYPE_CHANGES) instanceof ArrayNode there ? there : metadata.putArray(TYPE_CHANGES);
        changes.addObject().put("fromType", primitive(growth.from())).put("toType", primitive(growth.to()));
    }

    /// The first name in `schema` a table without column mapping can't have, at any depth: with a character that is
    /// forbidden, or equal to another but for case.
    public static Optional<String> refusedName(Schema schema) {
        return refusedName(schema.fields());
    }

    private static Optional<String> refusedName(List<Field> fields) {
        List<String> seen = new ArrayList<>();
        for (Field field : fields) {
            String folded = field.name().toLowerCase(Locale.ROOT);
            if (FORBIDDEN.matcher(field.name()).find() || seen.contains(folded)) {
                return Optional.of(field.name());
            }
            seen.add(folded);
            Optional<String> inside = refusedName(field.type());
            if (inside.isPresent()) {
                return inside;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> refusedName(DataType type) {
        return switch (type) {
            case DataType.Struct(List<Field> fields) -> refusedName(fields);
            case DataType.ListOf(DataType element) -> refusedName(element);
            case DataType.MapOf(DataType key, DataType value) -> refusedName(value);
            default -> Optional.empty();
        };
    }

    /// Whether `schema` has a type anywhere, nested ones included.
    public static boolean has(Schema schema, DataType wanted) {
        return schema.fields().stream().anyMatch(field -> has(field.type(), wanted));
    }

    private static boolean has(DataType type, DataType wanted) {
        return switch (type) {
            case DataType.Struct(List<Field> fields) -> has(Schema.of(fields), wanted);
            case DataType.ListOf(DataType element) -> has(element, wanted);
            case DataType.MapOf(DataType key, DataType value) -> has(key, wanted) || has(value, wanted);
            default -> type.equals(wanted);
        };
    }

    private static ObjectNode struct(List<Field> fields) {
        ObjectNode node = object().put("type", "struct");
        ArrayNode array = node.putArray("fields");
        for (Field field : fields) {
            ObjectNode item = array.addObject().put("name", field.name());
            item.set("type", type(field.type()));
            item.put("nullable", field.isNullable());
            ObjectNode metadata = item.putObject("metadata");
            if (!isSpelledOut(field.type())) {
                metadata.put(WISENT_TYPE, field.type().text());
            }
        }
        return node;
    }

    /// Whether the log's own type tells all; else a type inside is held as a string.
    private static boolean isSpelledOut(DataType type) {
        return switch (type) {
            case DataType.Uuid t -> false;
            case DataType.Json t -> false;
            case DataType.Time t -> false;
            case DataType.ListOf(DataType element) -> isSpelledOut(element);
            case DataType.MapOf(DataType key, DataType value) -> isSpelledOut(key) && isSpelledOut(value);
            default -> true; // fields of a struct have metadata of their own
        };
    }

    private static JsonNode type(DataType type) {
        return switch (type) {
            case DataType.Struct(List<Field> fields) -> struct(fields);
            case DataType.ListOf(DataType element) -> {
                ObjectNode node = object().put("type", "array");
                node.set("elementType", type(element));
                yield node.put("containsNull", true);
            }
            case DataType.MapOf(DataType key, DataType value) -> {
                ObjectNode node = object().put("type", "map");
                node.set("keyType", type(key));
                node.set("valueType", type(value));
                yield node.put("valueContainsNull", true);
            }
            default -> JsonNodeFactory.instance.stringNode(primitive(type));
        };
    }

    private static String primitive(DataType type) {
        return switch (type) {
            case DataType.Bool t -> "boolean";
            case DataType.Int(int bits) ->
                switch (bits) {
                    case 8 -> "byte";
                    case 16 -> "short";
                    case 32 -> "integer";
                    default -> "long";
                };
            case DataType.Float(int bits) -> bits == 32 ? "float" : "double";
            case DataType.Decimal(int precision, int scale) -> "decimal(" + precision + "," + scale + ")";
            case DataType.Binary t -> "binary";
            case DataType.Date t -> "date";
            case DataType.Timestamp t -> "timestamp";
            case DataType.TimestampNtz t -> "timestamp_ntz";
            default -> "string";
        };
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// Inverse of [#write], for tables of any writer. A type this version does not know is an
    /// [IllegalArgumentException] that names it.
    public static Schema read(String text) {
        try {
            return Schema.of(fields(JsonMapper.shared().readTree(text)));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    private static List<Field> fields(JsonNode struct) {
        List<Field> fields = new ArrayList<>();
        for (JsonNode field : struct.path("fields")) {
            String name = field.path("name").stringValue("");
            Optional<String> ours = field.path("metadata").path(WISENT_TYPE).stringValueOpt();
            DataType type = ours.map(TypeParser::parse).orElseGet(() -> type(name, field.path("type")));
            fields.add(
                    field.path("nullable").booleanValue(true)
                            ? Field.nullable(name, type)
                            : Field.required(name, type));
        }
        return fields;
    }

    private static DataType type(String name, JsonNode type) {
        if (type.isString()) {
            return primitive(name, type.stringValue());
        }
        return switch (type.path("type").stringValue("")) {
            case "struct" -> new DataType.Struct(fields(type));
            case "array" -> new DataType.ListOf(type(name, type.path("elementType")));
            case "map" -> new DataType.MapOf(type(name, type.path("keyType")), type(name, type.path("valueType")));
            default -> throw unknown(name, type.toString());
        };
    }

    private static DataType primitive(String name, String type) {
        Matcher decimal = DECIMAL.matcher(type);
        if (decimal.matches()) {
            return new DataType.Decimal(Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
        }
        return switch (type) {
            case "boolean" -> DataType.BOOL;
            case "byte" -> DataType.INT8;
            case "short" -> DataType.INT16;
            case "integer" -> DataType.INT32;
            case "long" -> DataType.INT64;
            case "float" -> DataType.FLOAT32;
            case "double" -> DataType.FLOAT64;
            case "string" -> DataType.STRING;
            case "binary" -> DataType.BINARY;
            case "date" -> DataType.DATE;
            case "timestamp" -> DataType.TIMESTAMP;
            case "timestamp_ntz" -> DataType.TIMESTAMP_NTZ;
            default -> throw unknown(name, type);
        };
    }

    private static IllegalArgumentException unknown(String column, String type) {
        return new IllegalArgumentException(
                "column '" + column + "' has the type " + type + ", which Wisent does not know");
    }
}
