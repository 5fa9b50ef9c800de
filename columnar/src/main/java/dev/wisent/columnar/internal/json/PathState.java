package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.BadRecord.Reason;
import dev.wisent.columnar.RecordsPath;
import dev.wisent.columnar.RecordsPath.Yields;
import dev.wisent.columnar.internal.DecodeFailure;
import java.util.Optional;

/// Where a reader is on the way to the records of a document: which objects of the path are open, and what the grammar
/// allows next. Values off the path, keys and records are not looked into; who feeds this captures them.
final class PathState {
    private enum Next {
        VALUE,
        FIRST_KEY,
        KEY,
        COLON,
        FIRST_ELEMENT,
        COMMA_OR_END,
        NOTHING
    }

    private final RecordsPath path;
    private final int maxDepth;
    private Next next = Next.VALUE;
    /// Open objects, each entered by following a key of the path.
    private int objects;
    /// Keys that led to where the next value is; one ahead of `objects` right behind a key of the path.
    private boolean onPath = true;
    private boolean inArray;
    private boolean found;

    PathState(RecordsPath path, int maxDepth) {
        this.path = path;
        this.maxDepth = maxDepth;
    }

    /// Takes a byte of structure; false when it begins something to capture.
    boolean takes(byte b) {
        return switch (next) {
            case VALUE -> takesOpening(b);
            case FIRST_ELEMENT -> b == ']' && closes();
            case FIRST_KEY -> b == '}' && closes();
            case KEY -> false;
            case COLON -> {
                require(b == ':', "expected ':' after a key");
                next = Next.VALUE;
                yield true;
            }
            case COMMA_OR_END -> takesSeparator(b);
            case NOTHING -> throw new DecodeFailure(Reason.SYNTAX, "something follows the end of the document");
        };
    }

    private boolean takesOpening(byte b) {
        if (inArray || !onPath) {
            return false;
        }
        boolean atEnd = objects == path.keys().size();
        if (!atEnd && b == '{') {
            enter();
            objects++;
            next = Next.FIRST_KEY;
            return true;
        }
        if (atEnd && b == '[' && path.yields() != Yields.ONE) {
            enter();
            found = true;
            inArray = true;
            next = Next.FIRST_ELEMENT;
            return true;
        }
        return false;
    }

    private void enter() {
        if (depth() + 1 > maxDepth) {
            throw new DecodeFailure(Reason.DEPTH, "nested deeper than " + maxDepth + " levels");
        }
    }

    private boolean takesSeparator(byte b) {
        if (b == ',') {
            next = inArray ? Next.VALUE : Next.KEY;
            return true;
        }
        char closing = inArray ? ']' : '}';
        require(b == closing, "expected ',' or '" + closing + "' after a value");
        return closes();
    }

    private boolean closes() {
        if (inArray) {
            inArray = false;
        } else {
            objects--;
        }
        afterValue();
        return true;
    }

    private void afterValue() {
        onPath = true;
        next = objects == 0 && !inArray ? Next.NOTHING : Next.COMMA_OR_END;
    }

    /// Whether what is captured is a key.
    boolean wantsKey() {
        return next == Next.KEY || next == Next.FIRST_KEY;
    }

    /// A key of the innermost open object.
    void key(String name) {
        onPath = path.keys().get(objects - 1).equals(name);
        next = Next.COLON;
    }

    /// Whether what is captured is a record.
    boolean isRecord() {
        if (wantsKey()) {
            return false;
        }
        return inArray || (onPath && objects == path.keys().size() && path.yields() != Yields.ELEMENTS);
    }

    /// The captured key or value is over.
    void valueDone() {
        if (next == Next.COLON) {
            return;
        }
        found |= isRecord() || inArray;
        if (onPath && !inArray && !found) {
            throw new DecodeFailure(Reason.TYPE, missing(objects));
        }
        afterValue();
    }

    private String missing(int keys) {
        return "records_path " + path + " leads to a value of another kind at step " + (keys + 1);
    }

    /// Containers open around the next value.
    int depth() {
        return objects + (inArray ? 1 : 0);
    }

    /// Refuses the end of the document before its value is whole, or without the path in it.
    void expectEnd() {
        if (next == Next.VALUE && objects == 0) {
            throw new DecodeFailure(Reason.SYNTAX, "the document is empty");
        }
        require(next == Next.NOTHING, "the document ends before its brackets are closed");
        if (!found) {
            throw new DecodeFailure(Reason.MISSING, "records_path " + path + " leads to nothing", Optional.empty());
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new DecodeFailure(Reason.SYNTAX, message);
        }
    }
}
