package dev.wisent.api;

import dev.wisent.columnar.RowOp;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A record or a whole input that can't be processed, kept as it came (dead letter).
///
/// @param records how many records of the ledger it stands for: 1, or 0 for a whole input none of whose records
///     counts
/// @param where the input: a path, a topic and partition, a page
/// @param raw the bytes as they came, cut to 64 KB; `rawBytes` says how many there were
/// @param code the error code, as in `docs/errors.md`
/// @param columns the names of what stands in `raw`, in order, for formats whose records don't hold them (CSV); else empty
/// @param beside what the record had beside its bytes, so that a replay has it, too
public record Reject(
        int records,
        Stage stage,
        String where,
        long ordinal,
        OptionalLong line,
        OptionalLong byteOffset,
        byte[] raw,
        long rawBytes,
        String code,
        String message,
        List<String> columns,
        Beside beside) {
    public Reject {
        columns = List.copyOf(columns);
    }

    /// A reject of a record that had nothing beside its bytes.
    public Reject(
            int records,
            Stage stage,
            String where,
            long ordinal,
            OptionalLong line,
            OptionalLong byteOffset,
            byte[] raw,
            long rawBytes,
            String code,
            String message,
            List<String> columns) {
        this(records, stage, where, ordinal, line, byteOffset, raw, rawBytes, code, message, columns, Beside.NOTHING);
    }

    /// A reject whose raw bytes say themselves what they hold.
    public Reject(
            int records,
            Stage stage,
            String where,
            long ordinal,
            OptionalLong line,
            OptionalLong byteOffset,
            byte[] raw,
            long rawBytes,
            String code,
            String message) {
        this(records, stage, where, ordinal, line, byteOffset, raw, rawBytes, code, message, List.of());
    }

    /// The same with what the record had beside its bytes.
    public Reject with(Beside other) {
        return new Reject(
                records, stage, where, ordinal, line, byteOffset, raw, rawBytes, code, message, columns, other);
    }

    /// Whether all of it was kept, so that it can be processed again.
    public boolean isComplete() {
        return records > 0 && raw.length == rawBytes;
    }

    /// What a record has that its bytes don't say.
    ///
    /// @param sourceTimestamp when the source says it came about, in µs since 1970
    /// @param destinationId what the record named as where it belongs; empty: the stream's own target
    public record Beside(RowOp op, OptionalLong sourceTimestamp, Optional<String> destinationId) {
        public static final Beside NOTHING = new Beside(RowOp.INSERT, OptionalLong.empty(), Optional.empty());
    }

    /// Where on its way the input failed.
    public enum Stage {
        DOWNLOAD,
        DECOMPRESS,
        PARSE,
        TYPE,
        TRANSFORM,
        WRITE
    }
}
