package dev.wisent.connectors.kafka.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.LongColumn;
import dev.wisent.connectors.typed.Decimals;
import dev.wisent.connectors.typed.Unfit;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/// Messages that come with Protobuf and mean one value.
final class WellKnown {
    private static final String PACKAGE = "google.protobuf.";
    private static final long MICROS = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long NANOS = 1_000_000_000;
    /// 0001-01-01 and the last second of 9999: `timestamp.proto`.
    private static final long FIRST_SECOND = -62_135_596_800L;
    private static final long LAST_SECOND = 253_402_300_799L;
    /// Ten thousand years either way, in nanoseconds: `duration.proto`.
    private static final DataType.Decimal DURATION = Decimals.type(21, 9);

    private static final long LONGEST = 315_576_000_000L;
    private static final List<String> WRAPPERS = List.of(
            "DoubleValue",
            "FloatValue",
            "Int64Value",
            "UInt64Value",
            "Int32Value",
            "UInt32Value",
            "BoolValue",
            "StringValue",
            "BytesValue");

    private WellKnown() {}

    static Optional<Values> of(Descriptor declared, Descriptor read) {
        if (!declared.getFullName().startsWith(PACKAGE)) {
            return Optional.empty();
        }
        String name = declared.getFullName().substring(PACKAGE.length());
        return switch (name) {
            case "Timestamp" -> Optional.of(timestamp(read));
            case "Duration" -> Optional.of(duration(read));
            case "Struct", "Value", "ListValue" ->
                Optional.of(new Values(
                        DataType.JSON, (column, value) -> ((BytesColumn) column).append(AnyJson.of((Message) value))));
            default -> WRAPPERS.contains(name) ? Optional.of(wrapped(declared, read)) : Optional.empty();
        };
    }

    private static Values wrapped(Descriptor declared, Descriptor read) {
        FieldDescriptor field = read.findFieldByNumber(1);
        Values inner =
                Values.of(declared.findFieldByNumber(1), field, new Values.Within(List.of(), new Values.Unknown()));
        return new Values(inner.type(), (column, value) -> inner.append(column, ((Message) value).getField(field)));
    }

    private static Values timestamp(Descriptor read) {
        FieldDescriptor seconds = read.findFieldByNumber(1);
        FieldDescriptor nanos = read.findFieldByNumber(2);
        return new Values(DataType.TIMESTAMP, (column, value) -> {
            long second = (Long) ((Message) value).getField(seconds);
            int fraction = (Integer) ((Message) value).getField(nanos);
            if (second < FIRST_SECOND || second > LAST_SECOND || fraction < 0 || fraction >= NANOS) {
                throw new Unfit(
                        "a timestamp of " + second + " seconds and " + fraction + " nanoseconds, which is none");
            }
            if (fraction % NANOS_PER_MICRO != 0) {
                throw new Unfit(fraction + " nanoseconds are finer than a column's microseconds; nothing is rounded");
            }
            ((LongColumn) column).append(second * MICROS + fraction / NANOS_PER_MICRO);
        });
    }

    private static Values duration(Descriptor read) {
        FieldDescriptor seconds = read.findFieldByNumber(1);
        FieldDescriptor nanos = read.findFieldByNumber(2);
        return new Values(DURATION, (column, value) -> {
            long second = (Long) ((Message) value).getField(seconds);
            int fraction = (Integer) ((Message) value).getField(nanos);
            if (Math.abs(second) > LONGEST
                    || Math.abs((long) fraction) >= NANOS
                    || (second < 0 && fraction > 0)
                    || (second > 0 && fraction < 0)) {
                throw new Unfit("a duration of " + second + " seconds and " + fraction + " nanoseconds, which is none");
            }
            Decimals.append(
                    column,
                    DURATION,
                    BigInteger.valueOf(second)
                            .multiply(BigInteger.valueOf(NANOS))
                            .add(BigInteger.valueOf(fraction)));
        });
    }
}
