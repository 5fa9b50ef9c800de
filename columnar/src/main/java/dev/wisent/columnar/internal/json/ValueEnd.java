package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.internal.Swar;

/// Finds where a JSON value ends that comes in pieces: brackets are counted, strings are stepped over, nothing is checked.
final class ValueEnd {
    private static final long QUOTES = Swar.fill((byte) '"');
    private static final long BACKSLASHES = Swar.fill((byte) '\\');
    private static final long LINE_FEEDS = Swar.fill((byte) '\n');

    private enum Kind {
        UNKNOWN,
        CONTAINER,
        STRING,
        SCALAR
    }

    private Kind kind = Kind.UNKNOWN;
    private int depth;
    private boolean inString;
    private boolean escaped;
    private int lines;

    void begin() {
        kind = Kind.UNKNOWN;
        depth = 0;
        inString = false;
        escaped = false;
    }

    /// Where the value ends in `[from, to)`, or -1 when it goes on behind it. A value begins at the first byte after
    /// [#begin], and a call goes on where the last one stopped.
    int find(byte[] data, int from, int to) {
        int at = from;
        while (at < to) {
            if (inString) {
                at = string(data, at, to);
                if (!inString && depth == 0) {
                    return at;
                }
                continue;
            }
            byte b = data[at];
            if (kind == Kind.UNKNOWN) {
                kind = switch (b) {
                    case '{', '[' -> Kind.CONTAINER;
                    case '"' -> Kind.STRING;
                    default -> Kind.SCALAR;
                };
            } else if (kind == Kind.SCALAR && isDelimiter(b)) {
                return at;
            }
            at++;
            switch (b) {
                case '"' -> inString = kind != Kind.SCALAR;
                case '{', '[' -> depth++;
                case '}', ']' -> {
                    if (--depth == 0) {
                        return at;
                    }
                }
                case '\n' -> lines++;
                default -> {}
            }
        }
        return -1;
    }

    private int string(byte[] data, int from, int to) {
        int at = from;
        if (escaped && at < to) {
            escaped = false;
            at++;
        }
        while (at < to) {
            if (to - at >= Long.BYTES) {
                long word = Swar.get(data, at);
                long hit = Swar.equal(word, QUOTES) | Swar.equal(word, BACKSLASHES) | Swar.equal(word, LINE_FEEDS);
                at += Swar.first(hit);
                if (hit == 0) {
                    continue;
                }
            }
            switch (data[at++]) {
                case '"' -> {
                    inString = false;
                    return at;
                }
                case '\\' -> {
                    if (at == to) {
                        escaped = true;
                    }
                    at++;
                }
                case '\n' -> lines++;
                default -> {}
            }
        }
        return Math.min(at, to);
    }

    private static boolean isDelimiter(byte b) {
        return switch (b) {
            case ',', ']', '}', ':', ' ', '\t', '\n', '\r' -> true;
            default -> false;
        };
    }

    /// Line ends seen since the last call.
    int takeLines() {
        int seen = lines;
        lines = 0;
        return seen;
    }

    /// Whether the value is whole if nothing comes any more: a number or literal.
    boolean endsWithInput() {
        return kind == Kind.SCALAR;
    }
}
