package dev.wisent.connectors.transformduckdb;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What DuckDB says went wrong.
///
/// @param type its kind: `Binder`, `Conversion`
/// @param message one line
/// @param at where in the statement, in bytes
record SqlFailure(String type, String message, OptionalInt at) {
    /// Shorter constants hide nothing, and would riddle a message.
    private static final int SHORTEST_CONSTANT = 4;
    /// Names a column as we, not the statement, call it.
    private static final String OUR_COLUMN = " when casting from source column \\S+$";

    static SqlFailure of(DuckError failure) {
        String text = String.valueOf(failure.getMessage());
        try {
            // A statement that can't be prepared has its kind in front once more.
            JsonNode told = Trees.JSON.readTree(text.replaceFirst("^[A-Z][A-Za-z -]* Error: (?=\\{)", ""));
            if (told.isObject()) {
                return new SqlFailure(
                        Trees.text(told, "exception_type"),
                        line(Trees.text(told, "exception_message")),
                        position(told));
            }
        } catch (JacksonException notJson) {
            // Some failures are told in plain words.
        }
        return new SqlFailure("", line(text), OptionalInt.empty());
    }

    static OptionalInt position(JsonNode told) {
        String digits = Trees.text(told, "position");
        return digits.matches("\\d{1,9}") ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
    }

    /// The first line, and what columns there are instead; not the functions of other types.
    private static String line(String message) {
        String first = message.strip().lines().findFirst().orElse("").replaceFirst(OUR_COLUMN, "");
        return message.lines()
                .filter(line -> line.startsWith("Candidate bindings:") || line.startsWith("Did you mean"))
                .findFirst()
                .map(more -> first + " " + more)
                .orElse(first);
    }

    /// Whether the instance is of no more use: what it says of further rows is no verdict on them.
    boolean isFatal() {
        return type.equalsIgnoreCase("fatal")
                || type.equalsIgnoreCase("internal")
                || message.contains("invalidated")
                || message.contains(TableFunction.BROKEN);
    }

    /// The message, without texts that stand in the statement.
    String without(Set<String> constants) {
        String told = message;
        for (String constant : constants) {
            if (constant.length() >= SHORTEST_CONSTANT) {
                told = told.replace(constant, "…");
            }
        }
        return told;
    }

    /// An error that shows where in the statement.
    static WisentException invalid(String what, String sql, OptionalInt at) {
        WisentException error = WisentException.of(ErrorCode.TRANSFORM_INVALID, what)
                .tried("reading the SQL, and asking DuckDB what it gives, before any row is read");
        return at.isEmpty() ? error : error.where(place(sql, at.getAsInt()));
    }

    private static String place(String sql, int at) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        String before = new String(bytes, 0, Math.min(at, bytes.length), StandardCharsets.UTF_8);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        int column = before.length() - before.lastIndexOf('\n');
        return "in the SQL: line " + line + ", column " + column;
    }
}
