package dev.wisent.connectors.core.files;

import dev.wisent.columnar.inflate.Inflation;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;

/// Gzip with any number of members (RFC 1952), each with its checksum and length checked. Zeros after the last member
/// are padding, anything else that is no member is an error, and so is an end anywhere but between members.
final class GzipUnpacker implements Unpacker {
    private final Inflation inflation;
    private final CRC32 crc = new CRC32();
    private final GzipHeader header = new GzipHeader();
    private Where where = Where.BETWEEN;
    private long members;
    private int trailerBytes;
    private long trailer;

    private enum Where {
        BETWEEN,
        HEADER,
        BODY,
        TRAILER,
        PADDING
    }

    /// @param inflation closed with this
    GzipUnpacker(Inflation inflation) {
        this.inflation = inflation;
    }

    @Override
    public void feed(byte[] data, int offset, int length, Out out) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            switch (where) {
                case BETWEEN -> {
                    if (data[at] == 0 && members > 0) {
                        where = Where.PADDING;
                    } else {
                        header.begin();
                        where = Where.HEADER;
                    }
                }
                case HEADER -> {
                    if (header.takes(data[at++] & 0xFF, members)) {
                        inflation.begin();
                        crc.reset();
                        where = Where.BODY;
                    }
                }
                case BODY -> at = inflate(data, at, end, out);
                case TRAILER -> takeTrailer(data[at++]);
                case PADDING -> {
                    if (data[at++] != 0) {
                        throw new IOException("there is something behind the last gzip member");
                    }
                }
            }
        }
    }

    private int inflate(byte[] data, int from, int end, Out out) throws IOException {
        int at;
        try {
            at = inflation.inflate(data, from, end, (unpacked, offset, count) -> {
                crc.update(unpacked, offset, count);
                out.take(unpacked, offset, count);
            });
        } catch (DataFormatException e) {
            throw new IOException("member " + (members + 1) + " is damaged: " + e.getMessage(), e);
        }
        if (inflation.finished()) {
            trailer = 0;
            trailerBytes = 0;
            where = Where.TRAILER;
            byte[] ahead = inflation.taken();
            feed(ahead, 0, ahead.length, out);
        }
        return at;
    }

    private void takeTrailer(byte b) throws IOException {
        trailer |= (b & 0xFFL) << 8 * trailerBytes;
        trailerBytes++;
        if (trailerBytes == Long.BYTES) {
            if ((trailer & 0xFFFF_FFFFL) != crc.getValue()) {
                throw new IOException("the checksum of member " + (members + 1) + " is wrong");
            }
            if (trailer >>> Integer.SIZE != (inflation.written() & 0xFFFF_FFFFL)) {
                throw new IOException("the length of member " + (members + 1) + " is wrong");
            }
            members++;
            where = Where.BETWEEN;
        }
    }

    @Override
    public void end() throws IOException {
        if (where != Where.BETWEEN && where != Where.PADDING) {
            throw new IOException("the file ends in the middle of gzip member " + (members + 1));
        }
    }

    @Override
    public void close() {
        inflation.close();
    }
}
