package dev.wisent.connectors.core.files;

import dev.wisent.columnar.inflate.Inflation;

/// How the files are compressed.
enum Compression {
    /// As the first bytes of each file say; names don't count.
    AUTO,
    GZIP,
    ZSTD,
    NONE;

    private static final int ZSTD_SKIPPABLE = 0x184D2A50;
    private static final int ZSTD_FRAME = 0xFD2FB528;

    /// What a file that begins with these bytes is. RFC 1952 section 2.3.1, RFC 8878 sections 3.1.1 and 3.1.2.
    Compression resolve(byte[] data, int offset, int length) {
        if (this != AUTO) {
            return this;
        }
        if (length >= 3 && at(data, offset) == 0x1F && at(data, offset + 1) == 0x8B && at(data, offset + 2) == 8) {
            return GZIP;
        }
        if (length >= Integer.BYTES) {
            int magic = at(data, offset)
                    | at(data, offset + 1) << 8
                    | at(data, offset + 2) << 16
                    | at(data, offset + 3) << 24;
            boolean skippable = (magic & ~0xF) == ZSTD_SKIPPABLE;
            return magic == ZSTD_FRAME || skippable ? ZSTD : NONE;
        }
        return NONE;
    }

    private static int at(byte[] data, int index) {
        return data[index] & 0xFF;
    }

    /// What turns such a file into what was compressed.
    Unpacker unpacker() {
        return switch (this) {
            case GZIP -> new GzipUnpacker(Inflation.fastest());
            case ZSTD -> new ZstdUnpacker();
            case NONE, AUTO -> new Unpacker.Plain();
        };
    }
}
