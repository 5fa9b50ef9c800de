package dev.wisent.connectors.formats.parquet;

import dev.wisent.columnar.LongColumn;
import dev.wisent.connectors.typed.Unfit;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The timestamps of older writers (Impala, Spark, Hive): nanoseconds of the day, then the Julian day. They are taken as
/// instants, as Spark writes and reads them.
final class Int96 {
    private static final int BYTES = 12;
    private static final int JULIAN_1970 = 2_440_588;
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final int NANOS_PER_MICRO = 1_000;

    private Int96() {}

    static void append(LongColumn column, LeafConverters.Bytes at) {
        if (at.length() != BYTES) {
            throw new Unfit("an INT96 of " + at.length() + " bytes");
        }
        ByteBuffer buffer = ByteBuffer.wrap(at.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        long nanos = buffer.getLong(at.from());
        long day = buffer.getInt(at.from() + Long.BYTES) - (long) JULIAN_1970;
        column.append(day * MICROS_PER_DAY + micros(nanos));
    }

    /// Nothing is cut off.
    static long micros(long nanos) {
        if (nanos % NANOS_PER_MICRO != 0) {
            throw new Unfit(nanos + " nanoseconds are finer than a column's microseconds; nothing is rounded");
        }
        return nanos / NANOS_PER_MICRO;
    }
}
