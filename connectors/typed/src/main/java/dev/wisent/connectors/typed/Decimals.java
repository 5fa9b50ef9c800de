package dev.wisent.connectors.typed;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.LongColumn;
import java.math.BigInteger;

/// Decimals as files have them: unscaled, two's complement, most significant byte first.
public final class Decimals {
    private Decimals() {}

    public static DataType.Decimal type(int precision, int scale) {
        if (precision < 1 || precision > DataType.MAX_DECIMAL || scale < 0 || scale > precision) {
            throw new Unfit("decimal(%d,%d): a column holds up to %d digits, and no more behind the point than it has"
                    .formatted(precision, scale, DataType.MAX_DECIMAL));
        }
        return new DataType.Decimal(precision, scale);
    }

    public static void append(Column column, DataType.Decimal type, byte[] bytes, int from, int length) {
        if (length == 0) {
            throw new Unfit("a decimal of no bytes");
        }
        append(column, type, new BigInteger(bytes, from, length));
    }

    public static void append(Column column, DataType.Decimal type, BigInteger unscaled) {
        if (unscaled.abs().compareTo(BigInteger.TEN.pow(type.precision())) >= 0) {
            throw new Unfit(unscaled + " has more digits than " + type.text());
        }
        if (column instanceof LongColumn longs) {
            longs.append(unscaled.longValueExact());
        } else {
            ((BytesColumn) column).append(unscaled.toByteArray());
        }
    }
}
