package dev.wisent.connectors.formats.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/// Unpacks pages.
final class Codecs {
    private static final LZ4SafeDecompressor LZ4 = LZ4Factory.safeInstance().safeDecompressor();

    private Codecs() {}

    /// Exactly `plain` bytes, or a failure.
    static byte[] unpack(CompressionCodecName codec, byte[] packed, int from, int length, int plain)
            throws IOException {
        byte[] page = new byte[plain];
        int got = switch (codec) {
            case UNCOMPRESSED -> copy(packed, from, length, page);
            case SNAPPY -> snappy(packed, from, length, page);
            case ZSTD -> Math.toIntExact(Zstd.decompressByteArray(page, 0, plain, packed, from, length));
            case GZIP -> gzip(packed, from, length, page);
            case LZ4_RAW -> LZ4.decompress(packed, from, length, page, 0);
            case LZ4 -> lz4(packed, from, length, page);
            case BROTLI, LZO ->
                throw new IOException("codec " + codec + " is not supported: write the file with another one");
        };
        if (got != plain) {
            throw new IOException("a page has " + got + " bytes, and its header says " + plain);
        }
        return page;
    }

    private static int copy(byte[] packed, int from, int length, byte[] page) throws IOException {
        if (length != page.length) {
            throw new IOException("a page has " + length + " bytes, and its header says " + page.length);
        }
        System.arraycopy(packed, from, page, 0, length);
        return length;
    }

    private static int snappy(byte[] packed, int from, int length, byte[] page) throws IOException {
        int says = Snappy.uncompressedLength(packed, from, length);
        return says == page.length ? Snappy.uncompress(packed, from, length, page, 0) : says;
    }

    private static int gzip(byte[] packed, int from, int length, byte[] page) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed, from, length))) {
            int got = in.readNBytes(page, 0, page.length);
            return in.read() < 0 ? got : page.length + 1;
        }
    }

    /// The codec that is no longer to be written: blocks as Hadoop frames them, or, from other writers, one without a
    /// frame.
    private static int lz4(byte[] packed, int from, int length, byte[] page) {
        try {
            return framed(ByteBuffer.wrap(packed, from, length), packed, page);
        } catch (LZ4Exception | IndexOutOfBoundsException | IllegalArgumentException noFrame) {
            Arrays.fill(page, (byte) 0);
            return LZ4.decompress(packed, from, length, page, 0);
        }
    }

    private static int framed(ByteBuffer in, byte[] packed, byte[] page) {
        int got = 0;
        while (in.remaining() >= 2 * Integer.BYTES) {
            int blockEnd = got + in.getInt();
            while (got < blockEnd) {
                int piece = in.getInt();
                got += LZ4.decompress(packed, in.position(), piece, page, got);
                in.position(in.position() + piece);
            }
        }
        if (in.hasRemaining() || got != page.length) {
            throw new IllegalArgumentException("no frame");
        }
        return got;
    }
}
