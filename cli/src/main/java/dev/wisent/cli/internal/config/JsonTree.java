package dev.wisent.cli.internal.config;

import dev.wisent.api.config.ConfigNode;
import dev.wisent.api.config.ConfigNode.Entry;
import dev.wisent.api.config.ConfigNode.Kind;
import dev.wisent.api.config.ConfigNode.Origin;
import dev.wisent.api.config.ConfigProblems;
import dev.wisent.api.config.Place;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// A JSON file as nodes that know their places. The YAML parser reads most JSON as well, but not what is indented with
/// tabs.
final class JsonTree {
    private final String file;
    private final JsonParser tokens;
    private final ConfigProblems problems;

    private JsonTree(String file, JsonParser tokens, ConfigProblems problems) {
        this.file = file;
        this.tokens = tokens;
        this.problems = problems;
    }

    static ConfigNode parse(String file, String text, ConfigProblems problems) {
        try (JsonParser tokens = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            if (tokens.nextToken() == null) {
                throw syntax(new Place(file, 1, 1), "it is empty");
            }
            JsonTree tree = new JsonTree(file, tokens, problems);
            ConfigNode root = tree.value(0);
            if (tokens.nextToken() != null) {
                throw syntax(tree.place(), "something follows the end of the object");
            }
            return root;
        } catch (JacksonException broken) {
            String why = String.valueOf(broken.getOriginalMessage());
            int marker = why.indexOf(" (start marker"); // a place in the parser's own words, which we have better
            throw syntax(place(file, broken.getLocation()), marker < 0 ? why : why.substring(0, marker));
        }
    }

    private static WisentException syntax(Place place, String why) {
        return WisentException.of(ErrorCode.CONFIG_SYNTAX, place.file() + " is not valid JSON: " + why)
                .where(place.toString());
    }

    private ConfigNode value(int depth) {
        if (depth > YamlTree.DEEPEST) {
            throw syntax(place(), "it is nested deeper than " + YamlTree.DEEPEST + " levels");
        }
        JsonToken token = tokens.currentToken();
        return switch (token) {
            case START_OBJECT -> mapping(depth);
            case START_ARRAY -> sequence(depth);
            case VALUE_NUMBER_INT -> scalar(Kind.INTEGER);
            case VALUE_NUMBER_FLOAT -> scalar(Kind.NUMBER);
            case VALUE_TRUE, VALUE_FALSE -> scalar(Kind.BOOLEAN);
            case VALUE_NULL -> scalar(Kind.NULL);
            default -> scalar(Kind.TEXT);
        };
    }

    private ConfigNode scalar(Kind kind) {
        return new ConfigNode.Scalar(tokens.getString(), kind, Origin.FILE, place());
    }

    private ConfigNode sequence(int depth) {
        Place start = place();
        List<ConfigNode> items = new ArrayList<>();
        while (tokens.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(depth + 1));
        }
        return new ConfigNode.Sequence(items, start);
    }

    private ConfigNode mapping(int depth) {
        Place start = place();
        SequencedMap<String, Entry> entries = new LinkedHashMap<>();
        while (tokens.nextToken() != JsonToken.END_OBJECT) {
            String key = tokens.currentName();
            Place keyPlace = place();
            tokens.nextToken();
            if (entries.putIfAbsent(key, new Entry(keyPlace, value(depth + 1))) != null) {
                problems.add(keyPlace, key, "'" + key + "' stands twice in the same object", "");
            }
        }
        return new ConfigNode.Mapping(entries, start);
    }

    private Place place() {
        return place(file, tokens.currentTokenLocation());
    }

    private static Place place(String file, TokenStreamLocation at) {
        return new Place(file, Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
    }
}
