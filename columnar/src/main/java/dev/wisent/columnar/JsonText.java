package dev.wisent.columnar;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// JSON text in the making, used again for each record: what sources of messages make of them. One thread.
public final class JsonText {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int FIRST = 1024;
    /// A control character as `\u001f`.
    private static final int LONGEST_ESCAPE = 6;

    private final JsonCheck check = new JsonCheck();
    private byte[] bytes = new byte[FIRST];
    private int length;

    public void clear() {
        length = 0;
        if (bytes.length > 4 << 20) {
            bytes = new byte[FIRST];
        }
    }

    /// The text and room behind it, valid until something is written.
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    /// Takes back what was written after `to`.
    public void cut(int to) {
        length = to;
    }

    /// `text` as it is, which has to be ASCII.
    public JsonText ascii(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    public JsonText number(long value) {
        return ascii(Long.toString(value));
    }

    /// The bytes as they are.
    public void raw(ByteBuffer value) {
        int count = value.remaining();
        room(count + JsonCheck.PADDING);
        value.get(value.position(), bytes, length, count);
        length += count;
    }

    /// What was written from `from` on, as one value; empty: it is JSON.
    public Optional<String> problem(int from) {
        room(JsonCheck.PADDING);
        return check.problem(bytes, from, length - from);
    }

    /// A line break in a JSON value is white space outside strings; records stand on one line each.
    public void onOneLine(int from) {
        for (int i = from; i < length; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                bytes[i] = ' ';
            }
        }
    }

    public JsonText string(String text) {
        return escaped(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// UTF-8 as a JSON string. Whether it is UTF-8 says [#problem].
    public JsonText escaped(ByteBuffer utf8) {
        int count = utf8.remaining();
        room(Math.addExact(Math.multiplyExact(count, LONGEST_ESCAPE), 2));
        bytes[length++] = '"';
        for (int i = utf8.position(); i < utf8.limit(); i++) {
            byte b = utf8.get(i);
            if (b == '"' || b == '\\') {
                bytes[length++] = '\\';
                bytes[length++] = b;
            } else if (b >= 0 && b < ' ') {
                ascii("\\u00");
                bytes[length++] = HEX[b >> 4];
                bytes[length++] = HEX[b & 15];
            } else {
                bytes[length++] = b;
            }
        }
        bytes[length++] = '"';
        return this;
    }

    /// Bytes that are no text: an object that says so.
    public JsonText base64(ByteBuffer value) {
        byte[] copy = new byte[value.remaining()];
        value.duplicate().get(copy);
        return ascii("{\"base64\":\"")
                .ascii(Base64.getEncoder().encodeToString(copy))
                .ascii("\"}");
    }

    /// UTF-8 as a string, other bytes as base64.
    public JsonText textOrBase64(ByteBuffer value) {
        int from = length;
        escaped(value);
        if (problem(from).isPresent()) {
            cut(from);
            base64(value);
        }
        return this;
    }

    private void room(int more) {
        int needed = Math.addExact(length, Math.addExact(more, JsonCheck.PADDING));
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 16, Math.max(needed, bytes.length * 2L)));
        }
    }
}
