package dev.wisent.connectors.sql.read;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/// Rows of a result set into columns, exactly or with an error. What a SELECT must give of each type: whole numbers for bool
/// (0, 1), integers, date (days since 1970), time and timestamps (µs); floats for floats; bytes for binary; texts for the rest,
/// a decimal in digits, a UUID in its usual form.
final class RowReader {
    private static final int UUID_BYTES = 16;

    private RowReader() {}

    static void append(ReadTable table, ResultSet from, RecordBatch to) throws SQLException {
        for (int i = 0; i < table.columns().size(); i++) {
            table.columns().get(i).reader().read(from, i + 1, to.column(i));
        }
        to.endRow();
    }

    static void value(Field field, ResultSet from, int at, Column to) throws SQLException {
        Object value = from.getObject(at);
        if (value == null) {
            to.appendNull();
            return;
        }
        switch (field.type()) {
            case DataType.Float f
            when value instanceof Number number && isHeld(number) -> ((DoubleColumn) to).append(number.doubleValue());
            case DataType.Binary b when value instanceof byte[] bytes -> ((BytesColumn) to).append(bytes);
            case DataType.Binary b
            when !(value instanceof String) && !(value instanceof Number) ->
                ((BytesColumn) to).append(from.getBytes(at));
            case DataType.Decimal(int p, int s)
            when !(value instanceof byte[]) -> decimal(new BigDecimal(value.toString()), p, s, to);
            case DataType.Uuid u
            when value instanceof String text -> {
                UUID uuid = UUID.fromString(text);
                ((BytesColumn) to)
                        .append(ByteBuffer.allocate(UUID_BYTES)
                                .putLong(uuid.getMostSignificantBits())
                                .putLong(uuid.getLeastSignificantBits())
                                .array());
            }
            case DataType.Text t when !(value instanceof byte[]) -> ((BytesColumn) to).append(value.toString());
            case DataType.Json j when value instanceof String text -> ((BytesColumn) to).append(text);
            default -> {
                if (!(to instanceof LongColumn longs) || !(value instanceof Number number) || isFraction(number)) {
                    throw misfit(field, value.getClass().getSimpleName());
                }
                if (field.type() instanceof DataType.Bool && number.longValue() >>> 1 != 0) {
                    throw misfit(field, value.toString());
                }
                longs.append(number.longValue());
            }
        }
    }

    /// A whole number may have more digits than a float.
    private static boolean isHeld(Number number) {
        return !(number instanceof Long whole) || (long) whole.doubleValue() == whole;
    }

    private static boolean isFraction(Number number) {
        return number instanceof Double || number instanceof Float || number instanceof BigDecimal;
    }

    private static void decimal(BigDecimal value, int precision, int scale, Column to) {
        BigDecimal exact = value.setScale(scale, RoundingMode.UNNECESSARY);
        if (exact.precision() > precision) {
            throw WisentException.of(
                    ErrorCode.SOURCE_FAILED, "a number has more than " + precision + " digits: " + value);
        }
        BigInteger unscaled = exact.unscaledValue();
        if (to instanceof LongColumn longs) {
            longs.append(unscaled.longValueExact());
        } else {
            ((BytesColumn) to).append(unscaled.toByteArray());
        }
    }

    private static WisentException misfit(Field field, String what) {
        return WisentException.of(
                        ErrorCode.SOURCE_FAILED,
                        "column '" + field.name() + "' is read as "
                                + field.type().text() + ", and a row holds a value of another kind ("
                                + what + ")")
                .hint("read it as text: query: SELECT CAST(\"" + field.name() + "\" AS TEXT) …");
    }
}
