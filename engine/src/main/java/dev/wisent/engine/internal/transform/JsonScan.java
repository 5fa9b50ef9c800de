package dev.wisent.engine.internal.transform;

/// Goes through JSON in place, from one end of a value to the other. For text that is valid JSON, as decoders hand it on; in
/// other text it stops somewhere before the end.
abstract class JsonScan {
    private byte[] data = {};
    private int at;
    private int end;

    /// From now on `[from, to)` is gone through.
    final void begin(byte[] json, int from, int to) {
        data = json;
        at = from;
        end = to;
    }

    final byte[] data() {
        return data;
    }

    /// Where it stands.
    final int at() {
        return at;
    }

    final boolean is(char c) {
        return at < end && data[at] == c;
    }

    /// Steps over one byte.
    final void step() {
        at++;
    }

    final void skipSpace() {
        while (at < end && isSpace(data[at])) {
            at++;
        }
    }

    final void skipString() {
        at = endOfString(at);
    }

    private int endOfString(int from) {
        int i = from + 1;
        while (i < end && data[i] != '"') {
            i += data[i] == '\\' ? 2 : 1;
        }
        return i + 1;
    }

    final void skipValue() {
        if (is('"')) {
            skipString();
        } else if (is('{') || is('[')) {
            skipNested();
        } else {
            int i = at;
            while (i < end && !endsScalar(data[i])) {
                i++;
            }
            at = i;
        }
    }

    private void skipNested() {
        int depth = 0;
        int i = at;
        while (i < end) {
            byte b = data[i];
            if (b == '"') {
                i = endOfString(i);
                continue;
            }
            i++;
            if (b == '{' || b == '[') {
                depth++;
            } else if ((b == '}' || b == ']') && --depth == 0) {
                break;
            }
        }
        at = i;
    }

    /// Whether an object without members begins here.
    final boolean isEmptyObject() {
        int inside = at + 1;
        while (inside < end && isSpace(data[inside])) {
            inside++;
        }
        return is('{') && inside < end && data[inside] == '}';
    }

    private static boolean endsScalar(byte b) {
        return b == ',' || b == '}' || b == ']' || isSpace(b);
    }

    static boolean isSpace(byte b) {
        return b <= ' ' && (b == ' ' || b == '\n' || b == '\r' || b == '\t');
    }
}
