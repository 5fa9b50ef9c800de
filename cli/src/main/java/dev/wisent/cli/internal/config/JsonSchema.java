package dev.wisent.cli.internal.config;

import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.config.Takes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// [Declared keys][ConfigShape] as JSON Schema, draft 2020-12. A reference (`${NAME}`, `env://NAME` …) may stand where a
/// plain value may, and null wherever a key may be left out.
final class JsonSchema {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String REFERENCE = "^(env://|gsm://|BIZON_ENV_)|\\$\\{";
    /// `1_000_000` is text for YAML 1.2, and a number for us.
    private static final String GROUPED = "^[-+]?[0-9][0-9_]*$";

    private JsonSchema() {}

    /// What all schemas refer to.
    static ObjectNode definitions() {
        ObjectNode definitions = NODES.objectNode();
        definitions
                .putObject("reference")
                .put("type", "string")
                .put("pattern", REFERENCE)
                .put("description", "A reference: ${NAME}, ${NAME:-default} or env://NAME");
        return definitions;
    }

    /// A mapping with these keys and no others.
    static ObjectNode object(ConfigShape shape) {
        ObjectNode object = NODES.objectNode().put("type", "object").put("additionalProperties", false);
        ObjectNode properties = object.putObject("properties");
        ArrayNode required = NODES.arrayNode();
        for (Key<?> key : shape.keys()) {
            properties.set(key.name(), property(key));
            key.aliases().forEach(alias -> properties.set(alias, property(key).put("deprecated", true)));
            if (key.presence() == Key.Presence.REQUIRED && key.aliases().isEmpty()) {
                required.add(key.name());
            }
        }
        if (!required.isEmpty()) {
            object.set("required", required);
        }
        return object;
    }

    static ObjectNode property(Key<?> key) {
        ObjectNode property = switch (key.use()) {
            case IDLE -> NODES.objectNode().put("deprecated", true);
            case REFUSED -> NODES.objectNode().set("enum", emptyValues());
            case READ -> value(key.takes(), key.presence());
        };
        return described(property, key);
    }

    /// The schema together with what the key is for.
    static ObjectNode described(ObjectNode property, Key<?> key) {
        String about = switch (key.use()) {
            case READ -> sentence(key.about());
            case IDLE -> "Accepted, means nothing here: " + key.about();
            case REFUSED -> "'" + key.name() + "' " + key.about() + ". Instead: " + key.example();
        };
        if (key.use() == Key.Use.READ && !key.standard().isEmpty()) {
            about += ". Default: " + key.standard().replace("`", "");
            standard(property, key);
        }
        if (key.sensitivity() == Key.Sensitivity.SECRET) {
            about += ". A secret: write a reference, not the value";
            property.put("writeOnly", true);
        }
        return property.put("description", about.replace("`", ""));
    }

    private static String sentence(String about) {
        return about.isEmpty() ? about : about.substring(0, 1).toUpperCase(Locale.ROOT) + about.substring(1);
    }

    private static ArrayNode emptyValues() {
        ArrayNode values = NODES.arrayNode().add(NODES.nullNode());
        values.addArray();
        values.addObject();
        return values;
    }

    /// The default as a value; words about it are no value.
    private static void standard(ObjectNode property, Key<?> key) {
        String text = key.standard();
        switch (key.takes()) {
            case Takes.Whole whole when text.matches("-?\\d+") -> property.put("default", Long.parseLong(text));
            case Takes.Number number when text.matches("-?[0-9.]+") -> property.put("default", new BigDecimal(text));
            case Takes.Seconds seconds when text.matches("[0-9.]+") -> property.put("default", new BigDecimal(text));
            case Takes.Megabytes size when text.matches("[0-9.]+") -> property.put("default", new BigDecimal(text));
            case Takes.Truth truth -> property.put("default", Boolean.parseBoolean(text));
            case Takes.Choice choice
            when choice.words().contains(text.replace("`", "")) -> property.put("default", text.replace("`", ""));
            case Takes.Text plain when !text.contains("`") && !text.contains(" ") -> property.put("default", text);
            default -> {
                // in words
            }
        }
    }

    private static ObjectNode value(Takes takes, Key.Presence presence) {
        ObjectNode schema = NODES.objectNode();
        ArrayNode alternatives = NODES.arrayNode();
        boolean nullable = presence == Key.Presence.OPTIONAL;
        switch (takes) {
            case Takes.Text text -> {
                ArrayNode types =
                        schema.putArray("type").add("string").add("number").add("boolean");
                if (nullable) {
                    types.add("null");
                } else {
                    schema.put("minLength", 1);
                }
                return schema;
            }
            case Takes.Anything anything -> {
                return schema;
            }
            case Takes.Nested nested
            when !nullable -> {
                return object(nested.shape());
            }
            case Takes.Whole whole -> {
                alternatives.add(
                        bounded("integer", whole.least(), whole.most() == Long.MAX_VALUE ? null : whole.most()));
                alternatives.addObject().put("type", "string").put("pattern", GROUPED);
            }
            case Takes.Number number ->
                alternatives.add(
                        bounded("number", number.least(), number.most() == Double.MAX_VALUE ? null : number.most()));
            case Takes.Seconds seconds -> alternatives.add(bounded("number", 0L, null));
            case Takes.Megabytes size -> alternatives.add(bounded("number", 0L, null));
            case Takes.Truth truth -> {
                alternatives.addObject().put("type", "boolean");
                alternatives.addObject().set("enum", words(List.of("yes", "no", "on", "off")));
            }
            case Takes.Choice choice -> choice(choice, alternatives);
            case Takes.ListOf list -> list(list, alternatives);
            case Takes.Nested nested -> alternatives.add(object(nested.shape()));
            case Takes.MapOf map ->
                alternatives
                        .addObject()
                        .put("type", "object")
                        .set("additionalProperties", value(map.value(), Key.Presence.OPTIONAL));
        }
        if (!(takes instanceof Takes.Nested || takes instanceof Takes.MapOf)) {
            alternatives.addObject().put("$ref", "#/$defs/reference");
        }
        if (nullable) {
            alternatives.addObject().put("type", "null");
        }
        schema.set("anyOf", alternatives);
        return schema;
    }

    private static ObjectNode bounded(String type, Number least, @org.jspecify.annotations.Nullable Number most) {
        ObjectNode schema = NODES.objectNode().put("type", type);
        bound(schema, "minimum", least);
        if (most != null) {
            bound(schema, "maximum", most);
        }
        return schema;
    }

    private static void bound(ObjectNode schema, String name, Number bound) {
        if (bound.doubleValue() == Math.rint(bound.doubleValue())) {
            if (bound.longValue() != Long.MIN_VALUE) {
                schema.put(name, bound.longValue());
            }
        } else {
            schema.put(name, bound.doubleValue());
        }
    }

    private static void choice(Takes.Choice choice, ArrayNode alternatives) {
        alternatives.addObject().set("enum", words(choice.words()));
        ArrayNode alike = words(choice.alike());
        choice.words().stream()
                .map(word -> word.toUpperCase(Locale.ROOT))
                .filter(word -> !choice.words().contains(word))
                .forEach(alike::add);
        alternatives.addObject().set("enum", alike);
    }

    private static void list(Takes.ListOf list, ArrayNode alternatives) {
        ObjectNode item = value(list.item(), Key.Presence.REQUIRED);
        alternatives.addObject().put("type", "array").set("items", item);
        if (list.item() instanceof Takes.Text) {
            alternatives.add(item.deepCopy());
        }
    }

    static ArrayNode words(Iterable<String> words) {
        ArrayNode array = NODES.arrayNode();
        words.forEach(array::add);
        return array;
    }

    /// `if` the key says so, `then` the mapping has these keys.
    static ObjectNode when(String key, String word, ObjectNode then) {
        ObjectNode rule = NODES.objectNode();
        ObjectNode condition = rule.putObject("if");
        condition.putObject("properties").putObject(key).put("const", word);
        condition.set("required", words(List.of(key)));
        rule.set("then", then);
        return rule;
    }

    static ObjectNode reference(String definition) {
        return NODES.objectNode().put("$ref", "#/$defs/" + definition);
    }

    /// `word`, or another one that is not known here; the words are what editors offer.
    static ObjectNode wordOrOther(List<String> words, Map<String, String> descriptions) {
        ObjectNode schema = wordOrReference(words, descriptions);
        ((ArrayNode) schema.get("anyOf")).addObject().put("type", "string").put("minLength", 1);
        return schema;
    }

    /// `word`, or a reference.
    static ObjectNode wordOrReference(List<String> words, Map<String, String> descriptions) {
        ObjectNode schema = NODES.objectNode();
        ArrayNode alternatives = schema.putArray("anyOf");
        for (String word : words) {
            ObjectNode constant = alternatives.addObject().put("const", word);
            if (descriptions.containsKey(word)) {
                constant.put("description", descriptions.get(word));
            }
        }
        alternatives.add(reference("reference"));
        return schema;
    }
}
