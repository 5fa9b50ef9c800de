package dev.wisent.engine.internal.transform;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The members of a JSON object, found in place: where each key and value begins and ends. For text that is valid JSON, as
/// decoders hand it on; used again from record to record.
final class JsonMembers {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int FIRST_CAPACITY = 16;
    /// Of a member: key from, key to (with quotes), value from, value to.
    private static final int NUMBERS = 4;

    private byte[] data = {};
    private int at;
    private int end;
    private int count;
    private int[] places = new int[FIRST_CAPACITY * NUMBERS];

    /// Looks through `[from, from + length)`; false when it holds no object.
    boolean read(byte[] json, int from, int length) {
        data = json;
        at = from;
        end = from + length;
        count = 0;
        skipSpace();
        if (at >= end || data[at] != '{') {
            return false;
        }
        at++;
        skipSpace();
        while (at < end && data[at] == '"') {
            member();
            skipSpace();
            if (at < end && data[at] == ',') {
                at++;
                skipSpace();
            }
        }
        return at < end && data[at] == '}';
    }

    private void member() {
        if ((count + 1) * NUMBERS > places.length) {
            places = Arrays.copyOf(places, places.length * 2);
        }
        int base = count * NUMBERS;
        places[base] = at;
        skipString();
        places[base + 1] = at;
        skipSpace();
        at++;
        skipSpace();
        places[base + 2] = at;
        skipValue();
        places[base + 3] = at;
        count++;
    }

    private void skipValue() {
        int depth = 0;
        while (at < end) {
            byte b = data[at];
            if (b == '"') {
                skipString();
            } else if (b == '{' || b == '[') {
                depth++;
                at++;
            } else if ((b == '}' || b == ']') && depth > 0) {
                depth--;
                at++;
            } else if (depth > 0 || !(b == ',' || b == '}' || b == ']' || isSpace(b))) {
                at++;
                continue;
            } else {
                return;
            }
            if (depth == 0) {
                return;
            }
        }
    }

    private void skipString() {
        at++;
        while (at < end && data[at] != '"') {
            at += data[at] == '\\' ? 2 : 1;
        }
        at++;
    }

    private void skipSpace() {
        while (at < end && isSpace(data[at])) {
            at++;
        }
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    int count() {
        return count;
    }

    byte[] data() {
        return data;
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
        return data[from(member)] == '"';
    }

    boolean isNull(int member) {
        return data[from(member)] == 'n';
    }

    boolean isObject(int member) {
        return data[from(member)] == '{';
    }

    boolean isEmptyObject(int member) {
        int inside = from(member) + 1;
        while (isSpace(data[inside])) {
            inside++;
        }
        return isObject(member) && data[inside] == '}';
    }

    /// A string as what it says, anything else as it is written.
    String text(int member) {
        return isString(member)
                ? unquoted(from(member), to(member))
                : new String(data, from(member), to(member) - from(member), StandardCharsets.UTF_8);
    }

    private String unquoted(int from, int to) {
        for (int i = from; i < to; i++) {
            if (data[i] == '\\') {
                return unescaped(from, to);
            }
        }
        return new String(data, from + 1, to - from - 2, StandardCharsets.UTF_8);
    }

    private String unescaped(int from, int to) {
        try {
            return JSON.readValue(data, from, to - from, String.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "no JSON string: " + new String(data, from, to - from, StandardCharsets.UTF_8), e);
        }
    }
}
