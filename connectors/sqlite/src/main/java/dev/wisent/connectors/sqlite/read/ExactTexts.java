package dev.wisent.connectors.sqlite.read;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.connectors.sql.read.ReadColumn;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/// Texts, and numbers as texts. SQLite takes any bytes for a text, and its driver puts U+FFFD where they are none: an error
/// here.
final class ExactTexts {
    /// What a file's texts may be stored in (`PRAGMA encoding`).
    private static final List<Charset> STORED =
            List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);

    private static final char REPLACEMENT = '\uFFFD';

    private ExactTexts() {}

    /// @param plain whose reader says what else a value may be
    static ReadColumn of(ReadColumn plain) {
        return new ReadColumn(plain.field(), plain.select(), (row, at, to) -> {
            Object value = row.getObject(at);
            if (value == null || value instanceof byte[]) {
                plain.reader().read(row, at, to);
            } else {
                append(plain, value.toString(), row, at, to);
            }
        });
    }

    private static void append(ReadColumn column, String text, ResultSet row, int at, Column to) throws SQLException {
        if (text.indexOf(REPLACEMENT) >= 0 && !isStored(text, row.getBytes(at))) {
            String name = column.field().name();
            throw WisentException.of(
                            ErrorCode.SOURCE_FAILED, "column '" + name + "' holds a text whose bytes are no characters")
                    .hint("read it as binary: query: SELECT CAST(" + column.select() + " AS BLOB) …");
        }
        ((BytesColumn) to).append(text);
    }

    private static boolean isStored(String text, byte[] stored) {
        return STORED.stream().anyMatch(charset -> Arrays.equals(text.getBytes(charset), stored));
    }
}
