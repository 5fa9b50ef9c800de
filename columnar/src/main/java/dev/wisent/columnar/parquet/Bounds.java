package dev.wisent.columnar.parquet;

/// The least and the greatest value of a column. Values are in the form a [dev.wisent.columnar.Column] has them.
public sealed interface Bounds {
    /// Everything that is kept as a `long`: bool, integers, dates, times, timestamps, decimals up to 18 digits.
    record Whole(long min, long max) implements Bounds {}

    /// Floats; a zero is -0.0 as `min` and 0.0 as `max`, since readers order the two differently.
    record Fraction(double min, double max) implements Bounds {}

    /// String, json, binary, uuid: unsigned order of their bytes. Longer decimals: order of the numbers.
    ///
    /// @param min equal to the least value, or less if it was cut
    /// @param max equal to the greatest value, or greater if it was cut
    record Bytes(byte[] min, Exactness minIs, byte[] max, Exactness maxIs) implements Bounds {}

    /// Whether a bound is itself a value.
    enum Exactness {
        EXACT,
        CUT
    }
}
