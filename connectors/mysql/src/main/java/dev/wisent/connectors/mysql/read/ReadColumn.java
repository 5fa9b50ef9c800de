package dev.wisent.connectors.mysql.read;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.FieldNotes;
import dev.wisent.connectors.mysql.Session;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A column as it is read.
///
/// @param type as the server spells it
/// @param select the expression of its values
/// @param form how they come
/// @param order whether rows can be read in its order
record ReadColumn(Field field, String type, String select, Form form, Order order) {
    /// What a column is good for beside its values.
    enum Order {
        ORDERED,
        /// Statements compare its values otherwise than they order them.
        NONE
    }

    private static final Pattern CONSTANT = Pattern.compile("'((?:[^'\\\\]|''|\\\\['\"\\\\])*)'|(-?[0-9.]+)");
    private static final Pattern ESCAPED = Pattern.compile("'(')|\\\\(.)");

    /// The same with what the server says of it.
    ///
    /// @param standard the expression of its default; empty: none
    ReadColumn noted(String comment, String standard) {
        Matcher constant = CONSTANT.matcher(standard);
        Optional<String> value = constant.matches()
                ? Optional.ofNullable(constant.group(1))
                        .map(text -> ESCAPED.matcher(text).replaceAll("$1$2"))
                        .or(() -> Optional.ofNullable(constant.group(2)))
                        .map(text -> field.type() instanceof DataType.Bool ? truth(text) : text)
                        .filter(text -> FieldNotes.isConstant(field.type(), text))
                : Optional.empty();
        FieldNotes notes = new FieldNotes(comment, value, value.isPresent() ? "" : standard);
        return new ReadColumn(field.noted(notes), type, select, form, order);
    }

    private static String truth(String bit) {
        return bit.equals("1") ? "true" : bit.equals("0") ? "false" : bit;
    }

    String name() {
        return field.name();
    }

    DataType wisentType() {
        return field.type();
    }

    String quoted() {
        return "t." + Session.quoted(name());
    }

    boolean isOrdered() {
        return order == Order.ORDERED && form.isOrdered();
    }
}
