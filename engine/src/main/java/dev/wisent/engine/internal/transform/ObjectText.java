package dev.wisent.engine.internal.transform;

import dev.wisent.columnar.OutputBuffer;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.io.JsonStringEncoder;

/// Writes one JSON object, member by member, into a buffer used again.
final class ObjectText {
    private final OutputBuffer out = new OutputBuffer();
    private boolean first = true;

    void begin() {
        out.clear();
        out.put('{');
        first = true;
    }

    void end() {
        out.put('}');
    }

    byte[] array() {
        return out.array();
    }

    int length() {
        return out.length();
    }

    /// A member as it is.
    void copy(JsonMembers from, int member) {
        comma();
        out.put(from.data(), from.keyFrom(member), from.keyTo(member) - from.keyFrom(member));
        out.put(':');
        value(from, member);
    }

    /// A member under another key, `quoted` as in [#quote].
    void copy(byte[] quoted, JsonMembers from, int member) {
        key(quoted);
        value(from, member);
    }

    /// Begins a member whose value follows with [#raw].
    void key(byte[] quoted) {
        comma();
        out.put(quoted);
        out.put(':');
    }

    void raw(byte[] json, int from, int length) {
        out.put(json, from, length);
    }

    private void value(JsonMembers from, int member) {
        out.put(from.data(), from.from(member), from.to(member) - from.from(member));
    }

    private void comma() {
        if (!first) {
            out.put(',');
        }
        first = false;
    }

    /// A JSON string.
    static byte[] quote(String text) {
        byte[] inside = JsonStringEncoder.getInstance().quoteAsUTF8(text);
        byte[] quoted = new byte[inside.length + 2];
        quoted[0] = '"';
        System.arraycopy(inside, 0, quoted, 1, inside.length);
        quoted[quoted.length - 1] = '"';
        return quoted;
    }

    @Override
    public String toString() {
        return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
    }
}
