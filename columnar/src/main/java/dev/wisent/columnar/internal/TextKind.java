package dev.wisent.columnar.internal;

import dev.wisent.columnar.internal.json.NumberToken;

/// What bare text looks like, for cells whose type nobody declared. Numbers are numbers as in JSON: `007` and `+1` are
/// text, because reading them as numbers would lose something.
public enum TextKind {
    BOOL,
    NUMBER,
    DATE,
    TIMESTAMP,
    STRING;

    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

    /// The kind of `[from, from + length)`; the byte behind it must be readable.
    public static TextKind of(byte[] text, int from, int length) {
        if (isTrue(text, from, length) || isFalse(text, from, length)) {
            return BOOL;
        }
        if (length > 0 && new NumberToken().scan(text, from) == from + length) {
            return NUMBER;
        }
        if (TemporalParser.date(text, from, length) != TemporalParser.NOT_ONE) {
            return DATE;
        }
        return TemporalParser.instant(text, from, length) != TemporalParser.NOT_ONE ? TIMESTAMP : STRING;
    }

    /// `true` in any case, as spreadsheets and scripts write it.
    public static boolean isTrue(byte[] text, int from, int length) {
        return is(TRUE, text, from, length);
    }

    public static boolean isFalse(byte[] text, int from, int length) {
        return is(FALSE, text, from, length);
    }

    private static boolean is(byte[] word, byte[] text, int from, int length) {
        if (length != word.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if ((text[from + i] | ' ') != word[i]) {
                return false;
            }
        }
        return true;
    }
}
