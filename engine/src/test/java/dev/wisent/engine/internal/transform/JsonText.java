package dev.wisent.engine.internal.transform;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/// JSON on one line without spaces, as strings: what an oracle works with instead of columns.
final class JsonText {
    static final String NULL = "null";
    private static final JsonMapper JSON = JsonMapper.shared();

    private JsonText() {}

    /// The members of an object, each value as it is written.
    static Map<String, String> members(String object) {
        Map<String, String> members = new LinkedHashMap<>();
        int at = 1;
        while (object.charAt(at) != '}') {
            int colon = end(object, at);
            int end = end(object, colon + 1);
            members.put(string(object.substring(at, colon)), object.substring(colon + 1, end));
            at = object.charAt(end) == ',' ? end + 1 : end;
        }
        return members;
    }

    /// Where the value that begins at `from` ends.
    private static int end(String text, int from) {
        int depth = 0;
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                do {
                    at += text.charAt(at) == '\\' ? 2 : 1;
                } while (text.charAt(at) != '"');
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (depth > 0 && (c == '}' || c == ']')) {
                depth--;
            } else if (depth == 0 && (c == ',' || c == ':' || c == '}' || c == ']')) {
                return at;
            }
        }
        return text.length();
    }

    static String object(Map<String, String> members) {
        StringBuilder text = new StringBuilder("{");
        members.forEach((key, value) -> text.append(text.length() > 1 ? "," : "")
                .append(quote(key))
                .append(':')
                .append(value));
        return text.append('}').toString();
    }

    static String quote(String text) {
        return JSON.writeValueAsString(text);
    }

    static String string(String quoted) {
        return JSON.readValue(quoted, String.class);
    }

    /// Whether `text` is one JSON value and nothing else.
    static boolean isJson(String text) {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException notJson) {
            return false;
        }
    }

    static boolean isObject(String json) {
        return json.startsWith("{");
    }

    static boolean isString(String json) {
        return json.startsWith("\"");
    }
}
