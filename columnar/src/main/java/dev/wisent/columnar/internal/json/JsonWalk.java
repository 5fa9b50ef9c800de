package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.internal.DecodeFailure;

/// Goes through a JSON text value by value, for readers of shapes rather than columns.
public final class JsonWalk {
    private final JsonCursor cursor;

    public JsonWalk(int maxDepth) {
        this.cursor = new JsonCursor(maxDepth);
    }

    /// What a value is.
    public enum Kind {
        NULL,
        BOOL,
        NUMBER,
        STRING,
        OBJECT,
        ARRAY
    }

    /// Begins with the text in `[from, to)`, as a [dev.wisent.columnar.internal.RecordHandler] gets it; false when it is not
    /// valid.
    public boolean open(byte[] bytes, int from, int to) {
        cursor.open(bytes, from, to);
        try {
            cursor.skip();
            cursor.expectEnd();
        } catch (DecodeFailure failure) {
            return false;
        }
        cursor.open(bytes, from, to);
        return true;
    }

    public Kind kind() {
        return switch (cursor.peek()) {
            case 'n' -> Kind.NULL;
            case 't', 'f' -> Kind.BOOL;
            case '"' -> Kind.STRING;
            case '{' -> Kind.OBJECT;
            case '[' -> Kind.ARRAY;
            default -> Kind.NUMBER;
        };
    }

    /// Steps over the value here.
    public void skip() {
        cursor.skip();
    }

    /// Reads the number here; valid until the next one.
    public NumberToken number() {
        cursor.at = cursor.number.scan(cursor);
        return cursor.number;
    }

    /// Reads the string or key here; valid until the next one.
    public StringToken string() {
        cursor.peek();
        cursor.string.read(cursor);
        cursor.string.terminate();
        return cursor.string;
    }

    /// Steps into the object or array here; false when it is empty, and stepped over.
    public boolean enter() {
        cursor.enter();
        int first = cursor.peek();
        if (first == '}' || first == ']') {
            cursor.leave();
            return false;
        }
        return true;
    }

    /// Steps from a key to its value.
    public void colon() {
        cursor.expect(':');
    }

    /// Steps to the next member or element; false when there is none, and the container is stepped over.
    public boolean next() {
        if (cursor.peek() == ',') {
            cursor.at++;
            return true;
        }
        cursor.leave();
        return false;
    }
}
