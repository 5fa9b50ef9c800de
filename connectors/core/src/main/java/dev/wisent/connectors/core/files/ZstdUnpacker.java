package dev.wisent.connectors.core.files;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Zstandard with any number of frames (RFC 8878); checksums are checked where frames have them. An end inside a frame
/// is an error.
final class ZstdUnpacker implements Unpacker {
    /// Little, so that it is parsed while it is in the cache.
    private static final int OUT_BYTES = 128 << 10;

    private final ZstdDecompressCtx context = new ZstdDecompressCtx();
    private final byte[] unpacked = new byte[OUT_BYTES];
    private final ByteBuffer room = ByteBuffer.wrap(unpacked);
    private boolean between = true;

    @Override
    public void feed(byte[] data, int offset, int length, Out out) throws IOException {
        ByteBuffer packed = ByteBuffer.wrap(data, offset, length);
        boolean more = true;
        while (packed.hasRemaining() || more) {
            more = unpack(packed, out);
        }
    }

    /// Says whether the output was filled, so that there may be more without more input.
    private boolean unpack(ByteBuffer packed, Out out) throws IOException {
        if (!packed.hasRemaining() && between) {
            return false;
        }
        room.clear();
        try {
            between = context.decompressByteBufferStream(room, packed);
        } catch (ZstdException e) {
            throw new IOException("the zstd data is damaged: " + e.getMessage(), e);
        }
        int count = room.position();
        if (count > 0) {
            out.take(unpacked, 0, count);
        }
        return count == OUT_BYTES;
    }

    @Override
    public void end() throws IOException {
        if (!between) {
            throw new IOException("the file ends in the middle of a zstd frame");
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
