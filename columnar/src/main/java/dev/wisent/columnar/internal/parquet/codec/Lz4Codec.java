package dev.wisent.columnar.internal.parquet.codec;

import dev.wisent.columnar.OutputBuffer;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/// LZ4's block format, by the library's native code where there is some for this machine: in plain Java, without `Unsafe`, it
/// takes several times as long.
final class Lz4Codec implements PageCodec {
    private final LZ4Compressor compressor = Library.FASTEST.fastCompressor();

    @Override
    public void compress(byte[] source, int from, int length, OutputBuffer out) {
        int most = compressor.maxCompressedLength(length);
        byte[] target = out.ensure(most);
        int written = compressor.compress(source, from, length, target, out.length(), most);
        out.commit(out.length() + written);
    }

    /// Found when the first page is compressed.
    private static final class Library {
        private static final LZ4Factory FASTEST = fastest();

        private Library() {}

        private static LZ4Factory fastest() {
            try {
                return LZ4Factory.nativeInstance();
            } catch (LinkageError | AssertionError noneForThisMachine) {
                return LZ4Factory.safeInstance();
            }
        }
    }
}
