package dev.wisent.columnar.internal.parquet.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.wisent.columnar.OutputBuffer;

/// One frame a page. The context is kept: making one costs more than compressing a small page.
final class ZstdCodec implements PageCodec {
    private final ZstdCompressCtx context = new ZstdCompressCtx();

    ZstdCodec(int level) {
        context.setLevel(level);
    }

    @Override
    public void compress(byte[] source, int from, int length, OutputBuffer out) {
        int most = Math.toIntExact(Zstd.compressBound(length));
        byte[] target = out.ensure(most);
        int written = context.compressByteArray(target, out.length(), most, source, from, length);
        out.commit(out.length() + written);
    }

    @Override
    public void close() {
        context.close();
    }
}
