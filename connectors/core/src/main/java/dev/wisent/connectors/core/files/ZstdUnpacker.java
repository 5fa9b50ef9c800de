package dev.wisent.connectors.core.files;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Zstandard with any number of frames (RFC 8878); checksums are checked where frames have them. An end inside a frame
/// is an error.
final class ZstdUnpacker implements Unpacker {
    private static final int IN_BYTES = 128 << 10;
    private static final int OUT_BYTES = 256 << 10;

    private final ZstdDecompressCtx context = new ZstdDecompressCtx();
    private final ByteBuffer packed = ByteBuffer.allocateDirect(IN_BYTES);
    private final ByteBuffer unpacked = ByteBuffer.allocateDirect(OUT_BYTES);
    private final byte[] copy = new byte[OUT_BYTES];
    private boolean between = true;

    @Override
    public void feed(byte[] data, int offset, int length, Out out) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int count = Math.min(IN_BYTES, end - at);
            packed.clear().put(data, at, count).flip();
            at += count;
            boolean more = true;
            while (packed.hasRemaining() || more) {
                more = unpack(out);
            }
        }
    }

    /// Says whether the output was filled, so that there may be more without more input.
    private boolean unpack(Out out) throws IOException {
        if (!packed.hasRemaining() && between) {
            return false;
        }
        unpacked.clear();
        try {
            between = context.decompressDirectByteBufferStream(unpacked, packed);
        } catch (ZstdException e) {
            throw new IOException("the zstd data is damaged: " + e.getMessage(), e);
        }
        int count = unpacked.flip().remaining();
        if (count > 0) {
            unpacked.get(copy, 0, count);
            out.take(copy, 0, count);
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
