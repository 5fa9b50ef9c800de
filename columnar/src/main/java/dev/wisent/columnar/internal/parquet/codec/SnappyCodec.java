package dev.wisent.columnar.internal.parquet.codec;

import dev.wisent.columnar.OutputBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.xerial.snappy.Snappy;

/// Snappy's raw format.
final class SnappyCodec implements PageCodec {
    @Override
    public void compress(byte[] source, int from, int length, OutputBuffer out) {
        byte[] target = out.ensure(Snappy.maxCompressedLength(length));
        try {
            int written = Snappy.rawCompress(source, from, length, target, out.length());
            out.commit(out.length() + written);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
