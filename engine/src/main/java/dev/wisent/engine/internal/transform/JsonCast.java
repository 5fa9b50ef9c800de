package dev.wisent.engine.internal.transform;

import dev.wisent.columnar.Column;
import dev.wisent.columnar.Contract;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.JsonRecordDecoder;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/// Brings JSON values into a type by the rules that decoders have (`docs/reference/formats.md`); besides, numbers and truths
/// may stand in strings, and every value has a text.
final class JsonCast {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

    private final DataType type;
    private final Conversion.Misfit misfit;
    private final byte[] key;
    private final RecordBatch batch;
    private final JsonRecordDecoder decoder;
    private final OutputBuffer object = new OutputBuffer();

    JsonCast(String name, DataType type) {
        this.type = type;
        this.misfit = new Conversion.Misfit(name, type);
        this.key = ObjectText.quote(name);
        Schema schema = Schema.of(Field.nullable(name, type));
        this.batch = RecordBatch.of(schema);
        this.decoder = new JsonRecordDecoder(new StreamSchema(schema), Contract.EXPLICIT);
    }

    /// Holds the one value that was converted last.
    Column column() {
        return batch.column(0);
    }

    /// Converts a value; says why when it does not fit.
    Optional<String> convert(byte[] json, int at, int length, From from) {
        boolean inside = from == From.TEXT && json[at] == '"' && isDocument();
        Optional<String> wrong = inside ? noDocument(unquoted(json, at, length)) : Optional.empty();
        if (wrong.isPresent()) {
            return wrong.flatMap(misfit::of);
        }
        batch.clear();
        object.clear();
        object.put('{');
        object.put(key);
        object.put(':');
        adapt(json, at, length, from);
        object.put('}');
        return switch (decoder.decode(object.array(), 0, object.length(), batch)) {
            case JsonRecordDecoder.Outcome.Decoded decoded -> Optional.empty();
            case JsonRecordDecoder.Outcome.Refused refused -> Optional.of(refused.message());
            case JsonRecordDecoder.Outcome.Widened widened -> misfit.of("this value");
        };
    }

    private boolean isDocument() {
        return switch (type) {
            case DataType.Json() -> true;
            case DataType.Struct struct -> true;
            case DataType.ListOf list -> true;
            case DataType.MapOf map -> true;
            default -> false;
        };
    }

    /// What kind of value is cast.
    enum From {
        /// Text: for `json` and nested types it is JSON.
        TEXT,
        /// A JSON value.
        VALUE
    }

    private void adapt(byte[] json, int at, int length, From from) {
        boolean quoted = json[at] == '"';
        switch (type) {
            case DataType.Bool() -> truth(json, at, length, quoted);
            case DataType.Int(int bits) -> number(json, at, length, quoted);
            case DataType.Float(int bits) -> number(json, at, length, quoted);
            case DataType.Text() -> {
                boolean plain = quoted || json[at] == 'n';
                object.put(plain ? slice(json, at, length) : ObjectText.quote(text(json, at, length)));
            }
            case DataType.Json() -> document(json, at, length, quoted && from == From.TEXT);
            case DataType.Struct struct -> document(json, at, length, quoted && from == From.TEXT);
            case DataType.ListOf list -> document(json, at, length, quoted && from == From.TEXT);
            case DataType.MapOf map -> document(json, at, length, quoted && from == From.TEXT);
            default -> object.put(json, at, length);
        }
    }

    private void document(byte[] json, int at, int length, boolean inside) {
        if (inside) {
            object.put(unquoted(json, at, length).getBytes(StandardCharsets.UTF_8));
        } else {
            object.put(json, at, length);
        }
    }

    /// Why text can't be taken as a document. Two values, as in `1,"key":2`, would bring keys of their own into the object the
    /// decoder gets.
    private static Optional<String> noDocument(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            boolean something = parser.nextToken() != null;
            parser.skipChildren();
            return something && parser.nextToken() == null
                    ? Optional.empty()
                    : Optional.of("text that is not one JSON value");
        } catch (JacksonException notJson) {
            return Optional.of("text that is no JSON: " + notJson.getOriginalMessage());
        }
    }

    private void truth(byte[] json, int at, int length, boolean quoted) {
        String text = quoted ? unquoted(json, at, length) : text(json, at, length);
        switch (text) {
            case "true", "false" -> object.putAscii(text);
            case "1" -> object.putAscii("true");
            case "0" -> object.putAscii("false");
            default -> object.put(json, at, length);
        }
    }

    private void number(byte[] json, int at, int length, boolean quoted) {
        String text = quoted ? unquoted(json, at, length) : text(json, at, length);
        if (quoted && NUMBER.matcher(text).matches()) {
            object.putAscii(text);
        } else if (text.equals("true") || text.equals("false")) {
            object.putAscii(text.equals("true") ? "1" : "0");
        } else {
            object.put(json, at, length);
        }
    }

    private static byte[] slice(byte[] json, int at, int length) {
        return Arrays.copyOfRange(json, at, at + length);
    }

    private static String text(byte[] json, int at, int length) {
        return new String(json, at, length, StandardCharsets.UTF_8);
    }

    private static String unquoted(byte[] json, int at, int length) {
        return JSON.readValue(json, at, length, String.class);
    }
}
