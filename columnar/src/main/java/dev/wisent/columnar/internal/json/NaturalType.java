package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.internal.TextKind;
import java.util.Optional;

/// The type a single value asks for. Strings ask for `string` even if they look like dates, and nested values for `json`:
/// one value is too little to commit a stream to more.
final class NaturalType {
    private NaturalType() {}

    /// The type of the value at the cursor, empty for null; steps over it.
    static Optional<DataType> of(JsonCursor in) {
        int first = in.peek();
        int start = in.at;
        in.skip();
        return switch (first) {
            case 'n' -> Optional.empty();
            case '"' -> Optional.of(DataType.STRING);
            case 't', 'f' -> Optional.of(DataType.BOOL);
            case '{', '[' -> Optional.of(DataType.JSON);
            default -> {
                in.number.scan(in.bytes, start);
                yield Optional.of(ofNumber(in.number));
            }
        };
    }

    /// The type of a CSV cell.
    static Optional<DataType> ofText(byte[] text, int from, int length) {
        NumberToken number = new NumberToken();
        return switch (TextKind.of(text, from, length)) {
            case BOOL -> Optional.of(DataType.BOOL);
            case NUMBER -> {
                number.scan(text, from);
                yield Optional.of(ofNumber(number));
            }
            default -> Optional.of(DataType.STRING);
        };
    }

    /// The narrowest exact type: int64, else a decimal, else float64 if a double holds it, else json.
    private static DataType ofNumber(NumberToken number) {
        if (number.isLong()) {
            return DataType.INT64;
        }
        int scale = number.scale();
        int integerDigits = number.integerDigits();
        if (scale + integerDigits <= DataType.MAX_DECIMAL) {
            return new DataType.Decimal(scale + integerDigits, scale);
        }
        return number.isHeldBy(number.toDouble()) ? DataType.FLOAT64 : DataType.JSON;
    }
}
