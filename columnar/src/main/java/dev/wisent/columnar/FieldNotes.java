package dev.wisent.columnar;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/// What is said of a column beside its name and type. It changes no value: fields that differ in their notes alone are equal.
///
/// @param description for people; empty: nothing is said
/// @param standard what a table gives rows that do not name the column, as text: `0`, `true`, `new`; a constant, in the form
///     NDJSON has it, without quotes
/// @param computed how the source computes what it gives such rows: `now()`; no other place does. Empty: it does not
public record FieldNotes(String description, Optional<String> standard, String computed) {
    private static final String WHOLE = "-?\\d{1,40}";
    private static final String NUMBER = "-?\\d{1,40}(\\.\\d{1,40})?";

    public static final FieldNotes NONE = new FieldNotes("", Optional.empty(), "");

    public FieldNotes(String description, Optional<String> standard) {
        this(description, standard, "");
    }

    /// Whether `text` is a value of `type`, of those a column can have as its default: truths, numbers, texts, dates, uuids.
    public static boolean isConstant(DataType type, String text) {
        return switch (type) {
            case DataType.Bool b -> text.equals("true") || text.equals("false");
            case DataType.Int(int bits) -> text.matches(WHOLE) && new BigInteger(text).bitLength() < bits;
            case DataType.Float f -> text.matches(NUMBER);
            case DataType.Decimal(int precision, int scale) ->
                text.matches(NUMBER)
                        && new BigDecimal(text).stripTrailingZeros().scale() <= scale
                        && new BigDecimal(text).precision() - new BigDecimal(text).scale() <= precision - scale;
            case DataType.Text t -> true;
            case DataType.Date d -> text.matches("\\d{4}-\\d{2}-\\d{2}");
            case DataType.Uuid u -> text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
            default -> false;
        };
    }

    public static FieldNotes description(String text) {
        return new FieldNotes(text, Optional.empty(), "");
    }
}
