package dev.wisent.connectors.postgres;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.FieldNotes;
import dev.wisent.columnar.Nullability;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A column of a table or view.
///
/// @param comment empty: none
/// @param standard the expression of its default; empty: none
public record PostgresColumn(String name, PostgresType type, Nullability nullability, String comment, String standard) {
    /// `'text'::type`, `5`, `'-5'::integer`, `true`; the server writes constants like this.
    private static final Pattern CONSTANT =
            Pattern.compile("\\(?(?:'((?:[^']|'')*)'|(-?[0-9.]+)|(true|false))\\)?(?:::[\\w \"().,\\[\\]]+)?");

    /// What is said of it, for a field of type `as`.
    public FieldNotes notes(DataType as) {
        Matcher constant = CONSTANT.matcher(standard);
        if (standard.isEmpty() || standard.startsWith("NULL")) {
            return FieldNotes.description(comment);
        }
        Optional<String> value = constant.matches()
                ? Optional.ofNullable(constant.group(1))
                        .map(text -> text.replace("''", "'"))
                        .or(() -> Optional.ofNullable(constant.group(2)))
                        .or(() -> Optional.ofNullable(constant.group(3)))
                        .filter(text -> FieldNotes.isConstant(as, text))
                : Optional.empty();
        return new FieldNotes(comment, value, value.isPresent() ? "" : standard);
    }
}
