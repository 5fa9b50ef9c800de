package dev.wisent.connectors.mysql.read;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// How a column's values come from the server, and how one is spelled in a statement.
enum Form {
    /// Digits, read as a `long`.
    WHOLE,
    /// 0 or 1.
    TRUTH,
    FLOAT,
    /// Digits, with a point.
    DECIMAL,
    TEXT,
    BYTES,
    DATE,
    TIME,
    /// Date and time, of the session's zone, which is UTC, where it is an instant.
    DATETIME,
    UUID;

    /// Whether rows can be read in the order of such a column: statements compare its values as they order them.
    boolean isOrdered() {
        return this != FLOAT;
    }

    /// The expression that gives a value as the text [#literal] takes.
    String key(String column) {
        return this == BYTES ? "HEX(" + column + ")" : this == TEXT ? column : "CAST(" + column + " AS CHAR)";
    }

    /// As a statement spells the value, whatever the server's `sql_mode`.
    String literal(String text) {
        return switch (this) {
            case WHOLE, TRUTH, DECIMAL -> {
                if (!text.matches("-?[0-9]+(\\.[0-9]+)?")) {
                    throw new IllegalArgumentException("no number: " + text);
                }
                yield text;
            }
            case BYTES -> {
                if (!text.matches("[0-9A-Fa-f]*")) {
                    throw new IllegalArgumentException("no bytes: " + text);
                }
                yield "X'" + text + "'";
            }
            default -> "_utf8mb4 X'" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)) + "'";
        };
    }
}
