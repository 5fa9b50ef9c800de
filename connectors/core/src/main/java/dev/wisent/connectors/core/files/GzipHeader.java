package dev.wisent.connectors.core.files;

import java.io.IOException;

/// The header of a gzip member, a byte at a time (RFC 1952 section 2.3). Names and comments are skipped.
final class GzipHeader {
    private static final int FIXED = 10;
    private static final int FLAGS = 3;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xE0;
    private static final int[] BEGINNING = {0x1F, 0x8B, 8};

    private int seen;
    private int flags;
    private int extraLength;
    private int extraSeen;
    private int crcSeen;

    void begin() {
        seen = 0;
        flags = 0;
        extraLength = 0;
        extraSeen = 0;
        crcSeen = 0;
    }

    /// Takes a byte; true: it was the header's last.
    boolean takes(int b, long membersBefore) throws IOException {
        if (seen < FIXED) {
            fixed(b, membersBefore);
            seen++;
            return seen == FIXED && flags == 0;
        }
        if ((flags & EXTRA) != 0) {
            extra(b);
        } else if ((flags & NAME) != 0) {
            flags &= b == 0 ? ~NAME : ~0;
        } else if ((flags & COMMENT) != 0) {
            flags &= b == 0 ? ~COMMENT : ~0;
        } else {
            crcSeen++;
            flags &= crcSeen == 2 ? ~HEADER_CRC : ~0;
        }
        return flags == 0;
    }

    private void fixed(int b, long membersBefore) throws IOException {
        if (seen < BEGINNING.length && b != BEGINNING[seen]) {
            throw new IOException(
                    membersBefore == 0 ? "it is not gzip" : "there is something behind the last gzip member");
        }
        if (seen == FLAGS) {
            if ((b & RESERVED) != 0) {
                throw new IOException("gzip member " + (membersBefore + 1) + " uses flags that are not defined");
            }
            // Bit 0 only says that the content is probably text.
            flags = b & ~1;
        }
    }

    private void extra(int b) {
        if (extraSeen < 2) {
            extraLength |= b << 8 * extraSeen;
        }
        extraSeen++;
        if (extraSeen >= 2 && extraSeen - 2 == extraLength) {
            flags &= ~EXTRA;
        }
    }
}
