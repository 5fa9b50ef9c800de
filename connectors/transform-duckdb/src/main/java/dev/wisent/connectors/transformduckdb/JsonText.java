package dev.wisent.connectors.transformduckdb;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/// JSON as DuckDB gives it, which may hold `NaN`.
final class JsonText {
    private JsonText() {}

    /// `text`, which is JSON by RFC 8259; throws [Unfit] when it is not.
    static String valid(String text) {
        try (JsonParser parser = Trees.JSON.createParser(text)) {
            while (parser.nextToken() != null) {
                // every token is looked at
            }
            return text;
        } catch (JacksonException no) {
            throw new Unfit("the result is no JSON: it holds NaN, Infinity or the like");
        }
    }
}
