package dev.wisent.engine.internal.transform;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The members of a JSON object, found in place: where each key and value begins and ends. For text that is valid JSON, as
/// decoders hand it on; used again from record to record.
final class JsonMembers extends JsonScan {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int FIRST_CAPACITY = 16;
    /// Of a member: key from, key to (with quotes), value from, value to.
    private static final int NUMBERS = 4;

    private int count;
    private int[] places = new int[FIRST_CAPACITY * NUMBERS];

    /// Looks through `[from, from + length)`; false when it holds no object.
    boolean read(byte[] json, int from, int length) {
        begin(json, from, from + length);
        count = 0;
        skipSpace();
        if (!is('{')) {
            return false;
        }
        step();
        skipSpace();
        while (is('"')) {
            member();
            skipSpace();
            if (is(',')) {
                step();
                skipSpace();
            }
        }
        return is('}');
    }

    private void member() {
        if ((count + 1) * NUMBERS > places.length) {
            places = Arrays.copyOf(places, places.length * 2);
        }
        int base = count * NUMBERS;
        places[base] = at();
        skipString();
        places[base + 1] = at();
        skipSpace();
        step();
        skipSpace();
        places[base + 2] = at();
        skipValue();
        places[base + 3] = at();
        count++;
    }

    int count() {
        return count;
    }

    int keyFrom(int member) {
        return places[member * NUMBERS];
    }

    int keyTo(int member) {
        return places[member * NUMBERS + 1];
    }

    int from(int member) {
        return places[member * NUMBERS + 2];
    }

    int to(int member) {
        return places[member * NUMBERS + 3];
    }

    String key(int member) {
        return unquoted(keyFrom(member), keyTo(member));
    }

    boolean isString(int member) {
        return data()[from(member)] == '"';
    }

    boolean isNull(int member) {
        return data()[from(member)] == 'n';
    }

    boolean isObject(int member) {
        return data()[from(member)] == '{';
    }

    boolean isEmptyObject(int member) {
        int inside = from(member) + 1;
        while (isSpace(data()[inside])) {
            inside++;
        }
        return isObject(member) && data()[inside] == '}';
    }

    /// A string as what it says, anything else as it is written.
    String text(int member) {
        return isString(member)
                ? unquoted(from(member), to(member))
                : new String(data(), from(member), to(member) - from(member), StandardCharsets.UTF_8);
    }

    private String unquoted(int from, int to) {
        return unquoted(data(), from, to);
    }

    /// What the string at `[from, to)`, with its quotes, says.
    static String unquoted(byte[] json, int from, int to) {
        for (int i = from; i < to; i++) {
            if (json[i] == '\\') {
                return unescaped(json, from, to);
            }
        }
        return new String(json, from + 1, to - from - 2, StandardCharsets.UTF_8);
    }

    private static String unescaped(byte[] json, int from, int to) {
        try {
            return JSON.readValue(json, from, to - from, String.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "no JSON string: " + new String(json, from, to - from, StandardCharsets.UTF_8), e);
        }
    }
}
