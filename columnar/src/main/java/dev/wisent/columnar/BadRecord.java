package dev.wisent.columnar;

import java.util.Objects;
import java.util.Optional;

/// A record that could not be decoded, with enough to find it, read it and decode it again.
///
/// @param ordinal its number in the input; rejected records count, so ordinals have no gap
/// @param line the line it begins on, from 1; for formats without lines the line of its first byte
/// @param byteOffset where it begins, in bytes of the (decompressed) input
/// @param raw its bytes, at most the first [#MAX_RAW]; owned by this record, not to be changed. For CSV in another
///     encoding than UTF-8: as transcoded to UTF-8
/// @param rawBytes how many bytes it has in full
/// @param message what is wrong, for people
/// @param column the column at fault, dotted when nested (`address.zip`); empty when none is
public record BadRecord(
        long ordinal,
        long line,
        long byteOffset,
        byte[] raw,
        long rawBytes,
        Reason reason,
        String message,
        Optional<String> column) {
    /// How much of a bad record is kept: enough to recognise it, little enough for thousands of rejects.
    public static final int MAX_RAW = 64 << 10;

    public BadRecord {
        Objects.requireNonNull(raw);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(message);
        Objects.requireNonNull(column);
    }

    /// Why a record was refused. Names are stored with rejects: they may be added to, never changed.
    public enum Reason {
        /// The grammar of the format refuses it.
        SYNTAX,
        /// Bytes that are no text in the declared encoding.
        ENCODING,
        /// Longer than the configured limit.
        TOO_LARGE,
        /// Nested deeper than the configured limit.
        DEPTH,
        /// A value does not fit its column's type exactly.
        TYPE,
        /// A required column has no value.
        MISSING,
        /// A key that is no column, where the contract refuses such rows.
        UNKNOWN_KEY,
        /// A CSV record with more or fewer cells than there are columns.
        COLUMN_COUNT
    }

    /// Whether [#raw] holds the whole record.
    public boolean isComplete() {
        return raw.length == rawBytes;
    }

    public Place place() {
        return new Place(ordinal, line, byteOffset);
    }
}
