package dev.wisent.columnar.internal.parquet.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.wisent.columnar.OutputBuffer;
import java.util.Optional;

/// One frame a page. The contexts are kept: making one costs more than compressing a small page.
///
/// At the fastest level, pages that repeat themselves nowhere (hashes, tokens, random numbers) are compressed without looking
/// far for what they might repeat: that takes half the time, and a few hundredths of their size. Whether a page is such
/// a one is asked of its beginning.
final class ZstdCodec implements PageCodec {
    private static final int FASTEST = 1;
    /// Smaller pages are not worth asking.
    private static final int ASKED_FROM = 256 << 10;
    /// How much of a page is asked: so much that words come again in it, and what it takes is lost in the rest.
    private static final int LEAST_ASKED = 16 << 10;

    private static final int ASKED_SHIFT = 5;
    /// Below it there is something to be found, in hundredths.
    private static final int RANDOM_FROM = 45;
    /// What may be lost, in hundredths.
    private static final int LOSS = 6;
    private static final int HUNDRED = 100;
    /// Tables of 64 places, and repeats of seven bytes or more: few are found, and skipping goes fast.
    private static final int FEW_PLACES_LOG = 6;

    private static final int LONG_REPEATS = 7;

    private final ZstdCompressCtx context = new ZstdCompressCtx();
    private final Optional<ZstdCompressCtx> skimming;

    ZstdCodec(int level) {
        context.setLevel(level);
        skimming = level == FASTEST
                ? Optional.of(new ZstdCompressCtx()
                        .setLevel(level)
                        .setHashLog(FEW_PLACES_LOG)
                        .setMinMatch(LONG_REPEATS))
                : Optional.empty();
    }

    @Override
    public void compress(byte[] source, int from, int length, OutputBuffer out) {
        byte[] target = out.ensure(Math.toIntExact(Zstd.compressBound(length)));
        int asked = Math.max(LEAST_ASKED, length >>> ASKED_SHIFT);
        ZstdCompressCtx by = skimming.filter(quick -> length >= ASKED_FROM && isRandom(quick, source, from, asked, out))
                .orElse(context);
        out.commit(out.length() + compress(by, source, from, length, target, out.length()));
    }

    /// Whether looking far finds nearly nothing in these bytes. What is behind the end of `out` is written over.
    private boolean isRandom(ZstdCompressCtx quick, byte[] source, int from, int length, OutputBuffer out) {
        byte[] target = out.array();
        int skimmed = compress(quick, source, from, length, target, out.length());
        return skimmed > length / HUNDRED * RANDOM_FROM
                && skimmed - compress(context, source, from, length, target, out.length()) <= skimmed / HUNDRED * LOSS;
    }

    private static int compress(ZstdCompressCtx by, byte[] source, int from, int length, byte[] target, int at) {
        return by.compressByteArray(target, at, target.length - at, source, from, length);
    }

    @Override
    public void close() {
        context.close();
        skimming.ifPresent(ZstdCompressCtx::close);
    }
}
