package dev.wisent.columnar.internal.parquet.codec;

import dev.wisent.columnar.OutputBuffer;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/// LZ4's block format. The variant in plain Java: it loads nothing native and touches no `Unsafe`.
final class Lz4Codec implements PageCodec {
    private final LZ4Compressor compressor = LZ4Factory.safeInstance().fastCompressor();

    @Override
    public void compress(byte[] source, int from, int length, OutputBuffer out) {
        int most = compressor.maxCompressedLength(length);
        byte[] target = out.ensure(most);
        int written = compressor.compress(source, from, length, target, out.length(), most);
        out.commit(out.length() + written);
    }
}
