package dev.wisent.connectors.typed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.wisent.columnar.BytesColumn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Text from files: a column of text or JSON holds nothing that is none.
public final class Texts {
    private static final JsonFactory JSON = new JsonFactory();

    private Texts() {}

    public static void append(BytesColumn column, byte[] bytes, int from, int length) {
        requireUtf8(bytes, from, length);
        column.append(bytes, from, length);
    }

    public static void appendJson(BytesColumn column, byte[] bytes, int from, int length) {
        requireUtf8(bytes, from, length);
        try (JsonParser parser = JSON.createParser(bytes, from, length)) {
            if (parser.nextToken() == null) {
                throw new Unfit("empty text where JSON is declared");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new Unfit("more than one JSON value");
            }
        } catch (IOException notJson) {
            throw new Unfit("text that is no JSON: " + notJson.getMessage());
        }
        column.append(bytes, from, length);
    }

    private static void requireUtf8(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (bytes[i] < 0) {
                decode(bytes, from, length);
                return;
            }
        }
    }

    private static void decode(byte[] bytes, int from, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length));
        } catch (CharacterCodingException e) {
            throw new Unfit("text that is not UTF-8");
        }
    }
}
