package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.ValueForm;
import dev.wisent.columnar.internal.TemporalParser;
import java.util.Arrays;
import java.util.Base64;

/// The types that are strings of a certain form in JSON, and how each form is read.
enum StringForm {
    DATE {
        @Override
        boolean append(Column column, byte[] text, int from, int length) {
            return appendLong(column, TemporalParser.date(text, from, length));
        }
    },
    TIME {
        @Override
        boolean append(Column column, byte[] text, int from, int length) {
            return appendLong(column, TemporalParser.time(text, from, length));
        }
    },
    TIMESTAMP {
        @Override
        boolean append(Column column, byte[] text, int from, int length) {
            return appendLong(column, TemporalParser.instant(text, from, length));
        }
    },
    TIMESTAMP_NTZ {
        @Override
        boolean append(Column column, byte[] text, int from, int length) {
            return appendLong(column, TemporalParser.dateTime(text, from, length));
        }
    },
    UUID {
        @Override
        boolean append(Column column, byte[] text, int from, int length) {
            return length == UUID_TEXT && appendUuid((BytesColumn) column, text, from);
        }
    },
    BASE64 {
        @Override
        boolean append(Column column, byte[] text, int from, int length) {
            try {
                byte[] decoded = Base64.getDecoder().decode(Arrays.copyOfRange(text, from, from + length));
                ((BytesColumn) column).append(decoded);
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    },
    HEX {
        @Override
        boolean append(Column column, byte[] text, int from, int length) {
            return length % 2 == 0 && appendHex((BytesColumn) column, text, from, length / 2);
        }
    };

    /// `8-4-4-4-12` hexadecimal digits (RFC 9562 section 4).
    private static final int UUID_TEXT = 36;

    private static final int UUID_BYTES = 16;

    static StringForm of(ValueForm.Encoding encoding) {
        return switch (encoding) {
            case BASE64 -> BASE64;
            case HEX -> HEX;
        };
    }

    /// Appends what the text stands for; false, with nothing appended, when it is not of this form.
    abstract boolean append(Column column, byte[] text, int from, int length);

    static boolean appendLong(Column column, long value) {
        if (value == TemporalParser.NOT_ONE) {
            return false;
        }
        ((LongColumn) column).append(value);
        return true;
    }

    private static boolean appendUuid(BytesColumn column, byte[] text, int from) {
        byte[] out = column.ensure(UUID_BYTES);
        int to = column.end();
        int at = from;
        for (int i = 0; i < UUID_BYTES; i++) {
            if (i == 4 || i == 6 || i == 8 || i == 10) {
                if (text[at++] != '-') {
                    return false;
                }
            }
            int high = hex(text[at++]);
            int low = hex(text[at++]);
            if ((high | low) < 0) {
                return false;
            }
            out[to + i] = (byte) (high << 4 | low);
        }
        column.commit(to + UUID_BYTES);
        return true;
    }

    private static boolean appendHex(BytesColumn column, byte[] text, int from, int count) {
        byte[] out = column.ensure(count);
        int to = column.end();
        for (int i = 0; i < count; i++) {
            int high = hex(text[from + 2 * i]);
            int low = hex(text[from + 2 * i + 1]);
            if ((high | low) < 0) {
                return false;
            }
            out[to + i] = (byte) (high << 4 | low);
        }
        column.commit(to + count);
        return true;
    }

    private static int hex(byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        int letter = (b | ' ') - 'a';
        return letter >= 0 && letter < 6 ? letter + 10 : -1;
    }
}
