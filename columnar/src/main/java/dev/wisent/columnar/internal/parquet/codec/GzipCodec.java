package dev.wisent.columnar.internal.parquet.codec;

import dev.wisent.columnar.OutputBuffer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// One gzip member a page (RFC 1952).
final class GzipCodec implements PageCodec {
    /// Magic, deflate, no flags, no time, no hint, unknown system.
    private static final byte[] HEADER = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, (byte) 0xFF};
    private static final int STEP = 64 << 10;

    private final Deflater deflater;
    private final CRC32 crc = new CRC32();

    GzipCodec(int level) {
        deflater = new Deflater(Math.min(level, Deflater.BEST_COMPRESSION), true);
    }

    @Override
    public void compress(byte[] source, int from, int length, OutputBuffer out) {
        out.put(HEADER);
        deflater.reset();
        deflater.setInput(source, from, length);
        deflater.finish();
        while (!deflater.finished()) {
            byte[] target = out.ensure(STEP);
            int written = deflater.deflate(target, out.length(), STEP);
            out.commit(out.length() + written);
        }
        crc.reset();
        crc.update(source, from, length);
        littleEndian((int) crc.getValue(), out);
        littleEndian(length, out);
    }

    private static void littleEndian(int value, OutputBuffer out) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            out.put(value >>> shift);
        }
    }

    @Override
    public void close() {
        deflater.end();
    }
}
