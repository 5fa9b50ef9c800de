package dev.wisent.connectors.kafka.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Where the fields of a JSON object lie in its text.
///
/// @param fields in their order; of a name that stands twice the last
record JsonParts(Map<String, Part> fields) {
    private static final JsonFactory JSON = new JsonFactory();

    /// A value.
    ///
    /// @param from where its text begins
    record Part(int from, int length, JsonToken token) {
        boolean isObject() {
            return token == JsonToken.START_OBJECT;
        }

        boolean isNull() {
            return token == JsonToken.VALUE_NULL;
        }
    }

    /// Empty: it is no object.
    ///
    /// @throws IOException when it is no JSON
    static Optional<JsonParts> of(byte[] json, int from, int length) throws IOException {
        try (JsonParser parser = JSON.createParser(json, from, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Map<String, Part> fields = new LinkedHashMap<>();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken token = parser.nextToken();
                long start = parser.currentTokenLocation().getByteOffset();
                parser.finishToken(); // the end of a text is only looked for when it is asked for
                parser.skipChildren();
                long end = parser.currentLocation().getByteOffset();
                fields.put(name, new Part(from + (int) start, (int) (end - start), token));
            }
            return Optional.of(new JsonParts(fields));
        }
    }

    Optional<Part> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }
}
