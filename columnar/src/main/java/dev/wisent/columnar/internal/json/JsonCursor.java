package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.BadRecord.Reason;
import dev.wisent.columnar.internal.DecodeFailure;
import dev.wisent.columnar.internal.Swar;
import java.util.Arrays;

/// A place in the bytes of one JSON text `[from, end)`, and what it takes to walk over any value with all of RFC 8259
/// checked. One thread, reused.
///
/// The byte at `end` is a line feed and [Swar#PADDING] bytes can be read from it on: as no token can hold a line feed, no
/// loop needs to ask for the end, only whitespace does.
public final class JsonCursor {
    private static final int WORD_BITS = 6;
    private static final int TRUE = word("true");
    private static final int ALSE = word("alse");
    private static final int NULL = word("null");

    final NumberToken number = new NumberToken();
    final StringToken string = new StringToken();
    private final int maxDepth;
    /// One bit per open container, set for objects.
    private long[] objects = new long[1];

    private int depth;
    private int from;
    byte[] bytes = {};
    int at;
    int end;
    /// Up to here a line feed is whitespace.
    private int spaceEnd;

    public JsonCursor(int maxDepth) {
        this.maxDepth = maxDepth;
    }

    /// Begins with the text in `[start, stop)`.
    public void open(byte[] source, int start, int stop) {
        bytes = source;
        from = start;
        at = start;
        end = stop;
        spaceEnd = stop;
        depth = 0;
    }

    /// Refers to no text any more, nor to what was read of it.
    public void forget() {
        open(new byte[0], 0, 0);
        number.forget();
        string.forget();
    }

    /// Walks over the text in `[start, stop)`, which has to be one value of any kind.
    public void check(byte[] source, int start, int stop) {
        open(source, start, stop);
        skip();
        expectEnd();
    }

    /// Begins with the text that ends at the first line feed from `start` on, wherever in `[start, stop]` that is: the byte
    /// at `stop` is one.
    void openLine(byte[] source, int start, int stop) {
        open(source, start, stop);
        spaceEnd = start;
    }

    /// Skips whitespace and returns the byte there; the line feed at the end when nothing is left.
    int peek() {
        byte b = bytes[at];
        return b > ' ' ? b : peekPastSpace();
    }

    private int peekPastSpace() {
        int i = at;
        byte b = bytes[i];
        while (b == ' ' || b == '\t' || b == '\r' || (b == '\n' && i < spaceEnd)) {
            b = bytes[++i];
        }
        at = i;
        return b;
    }

    /// Whether nothing but whitespace is left.
    boolean isDone() {
        return peek() == '\n' && at >= spaceEnd;
    }

    /// Refuses anything but whitespace from here on.
    void expectEnd() {
        if (!isDone()) {
            throw syntax("unexpected " + found() + " after the value");
        }
    }

    /// Steps over `c`, which has to come next.
    void expect(char c) {
        if (peek() != c) {
            throw syntax("expected '" + c + "' but found " + found());
        }
        at++;
    }

    /// Steps over the literal `null`.
    void readNull() {
        literal(NULL, 0);
    }

    /// Steps over `true` or `false` and says which.
    boolean readBool() {
        if (bytes[at] == 't') {
            literal(TRUE, 0);
            return true;
        }
        literal(ALSE, 1);
        return false;
    }

    /// A letter more ("nullx") is refused by whoever looks for what follows a value.
    private void literal(int expected, int offset) {
        int start = at + offset;
        if (start + Integer.BYTES > end || (int) Swar.get(bytes, start) != expected) {
            throw syntax("expected true, false or null but found " + found());
        }
        at = start + Integer.BYTES;
    }

    private static int word(String literal) {
        return literal.charAt(0) | literal.charAt(1) << 8 | literal.charAt(2) << 16 | literal.charAt(3) << 24;
    }

    /// An object or array opens: the caller is at its bracket and steps over it.
    void enter() {
        if (++depth > maxDepth) {
            throw new DecodeFailure(Reason.DEPTH, "nested deeper than " + maxDepth + " levels" + where());
        }
        at++;
    }

    /// The container is over: steps over its bracket.
    void leave() {
        depth--;
        at++;
    }

    /// After a member of an object: steps over a comma, or stays at the closing brace.
    boolean isMoreInObject() {
        int next = peek();
        if (next == ',') {
            at++;
            return true;
        }
        if (next != '}') {
            throw syntax("expected ',' or '}' but found " + found());
        }
        return false;
    }

    /// Walks over one value of any kind, checking all of it; recursion-free.
    void skip() {
        int floor = depth;
        do {
            switch (peek()) {
                case '{' -> {
                    enter();
                    markObject();
                    if (peek() != '}') {
                        skipKey();
                        continue;
                    }
                    leave();
                }
                case '[' -> {
                    enter();
                    markArray();
                    if (peek() != ']') {
                        continue;
                    }
                    leave();
                }
                case '"' -> at = string.skip(this);
                case 't', 'f' -> readBool();
                case 'n' -> readNull();
                default -> at = number.scan(this);
            }
            closeFinished(floor);
        } while (depth > floor);
    }

    /// A value inside a container is over: goes on to the next one, closing containers that end here.
    private void closeFinished(int floor) {
        while (depth > floor) {
            int next = peek();
            boolean object = inObject();
            if (next == ',') {
                at++;
                if (object) {
                    peek();
                    skipKey();
                }
                return;
            }
            if (next != (object ? '}' : ']')) {
                throw syntax("expected ',' or '" + (object ? '}' : ']') + "' but found " + found());
            }
            leave();
        }
    }

    private void skipKey() {
        expectKey();
        at = string.skip(this);
        expect(':');
    }

    /// Refuses anything but a string where a key has to be.
    void expectKey() {
        if (bytes[at] != '"') {
            throw syntax("expected a key in double quotes but found " + found());
        }
    }

    private void markObject() {
        int word = depth >> WORD_BITS;
        if (word >= objects.length) {
            objects = Arrays.copyOf(objects, Math.max(word + 1, objects.length * 2));
        }
        objects[word] |= 1L << depth;
    }

    private void markArray() {
        int word = depth >> WORD_BITS;
        if (word < objects.length) {
            objects[word] &= ~(1L << depth);
        }
    }

    private boolean inObject() {
        int word = depth >> WORD_BITS;
        return word < objects.length && (objects[word] >>> depth & 1) != 0;
    }

    DecodeFailure syntax(String message) {
        return new DecodeFailure(Reason.SYNTAX, message + where());
    }

    DecodeFailure encoding(int index) {
        at = index;
        return new DecodeFailure(Reason.ENCODING, "byte 0x%02X is not UTF-8".formatted(bytes[index]) + where());
    }

    private String where() {
        return ", byte %,d of the record".formatted(at - from);
    }

    /// What lies here, for messages.
    private String found() {
        byte b = bytes[at];
        if (at >= end) {
            return "the end of the record";
        }
        return b > ' ' && b < 0x7F ? "'" + (char) b + "'" : "byte 0x%02X".formatted(b);
    }
}
