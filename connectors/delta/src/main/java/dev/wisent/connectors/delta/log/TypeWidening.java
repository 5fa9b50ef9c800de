package dev.wisent.connectors.delta.log;

import dev.wisent.columnar.DataType;

/// Which types a column may grow to while its older files stay as they are. Source: the protocol's section "Type Widening".
public final class TypeWidening {
    /// The property that lets writers do it.
    public static final String PROPERTY = "delta.enableTypeWidening";

    static final String FEATURE = "typeWidening";

    private static final int MAX_BITS_IN_DOUBLE = 32;
    /// Integer digits the protocol asks of a decimal that integers of up to 32 bits, or of 64, become.
    private static final int INT_DIGITS = 10;

    private static final int LONG_DIGITS = 20;

    private TypeWidening() {}

    /// A column of a table that grew.
    ///
    /// @param column its name; only columns at the top grow
    public record Growth(String column, DataType from, DataType to) {}

    public static boolean allows(DataType from, DataType to) {
        return switch (from) {
            case DataType.Int(int bits) ->
                switch (to) {
                    case DataType.Int(int wider) -> bits < wider;
                    case DataType.Float(int width) -> width == Double.SIZE && bits <= MAX_BITS_IN_DOUBLE;
                    case DataType.Decimal(int precision, int scale) ->
                        precision - scale >= (bits == Long.SIZE ? LONG_DIGITS : INT_DIGITS);
                    default -> false;
                };
            case DataType.Float(int bits) -> bits == Float.SIZE && to.equals(DataType.FLOAT64);
            case DataType.Decimal(int precision, int scale) ->
                to instanceof DataType.Decimal(int wider, int finer)
                        && !to.equals(from)
                        && finer >= scale
                        && wider - finer >= precision - scale;
            case DataType.Date date -> to.equals(DataType.TIMESTAMP_NTZ);
            default -> false;
        };
    }

    /// Whether a table with this protocol may have files whose columns are narrower than its own.
    public static boolean isIn(Action.Protocol protocol) {
        return protocol.writerFeatures().contains(FEATURE);
    }

    /// The protocol with the feature.
    public static Action.Protocol added(Action.Protocol protocol) {
        return Features.with(protocol, FEATURE);
    }
}
