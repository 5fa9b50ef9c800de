package dev.wisent.api;

import java.util.OptionalLong;

/// A record or a whole input that can't be processed, kept as it came (dead letter).
///
/// @param records how many records of the ledger it stands for: 1, or 0 for a whole input none of whose records
///     counts
/// @param where the input: a path, a topic and partition, a page
/// @param raw the bytes as they came, cut to 64 KB; `rawBytes` says how many there were
/// @param code the error code, as in `docs/errors.md`
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
        String message) {
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
