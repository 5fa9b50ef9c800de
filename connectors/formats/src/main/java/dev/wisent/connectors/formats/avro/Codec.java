package dev.wisent.connectors.formats.avro;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.wisent.connectors.formats.Damage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.xerial.snappy.Snappy;

/// How blocks are compressed.
enum Codec {
    NONE,
    DEFLATE,
    SNAPPY,
    ZSTANDARD;

    /// A block must be in memory as a whole.
    private static final int HEAP_PARTS = 3;

    static Codec named(String name, String where) {
        return switch (name) {
            case "", "null" -> NONE;
            case "deflate" -> DEFLATE;
            case "snappy" -> SNAPPY;
            case "zstandard" -> ZSTANDARD;
            default ->
                throw Damage.decompress(
                        where,
                        "the file is compressed with codec " + name + ", which is not supported",
                        new IOException("supported: null, deflate, snappy, zstandard"));
        };
    }

    /// The most bytes a block may have.
    static long most() {
        return Math.min(Integer.MAX_VALUE / 2, Runtime.getRuntime().maxMemory() / HEAP_PARTS);
    }

    byte[] unpack(byte[] data, int from, int length) throws IOException {
        return switch (this) {
            case NONE -> Arrays.copyOfRange(data, from, from + length);
            case DEFLATE -> {
                Inflater raw = new Inflater(true);
                try {
                    yield all(new InflaterInputStream(new ByteArrayInputStream(data, from, length), raw));
                } finally {
                    raw.end();
                }
            }
            case SNAPPY -> snappy(data, from, length);
            case ZSTANDARD -> all(new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(data, from, length)));
        };
    }

    private static byte[] all(InputStream stream) throws IOException {
        try (stream) {
            int most = (int) most();
            byte[] plain = stream.readNBytes(most);
            if (plain.length == most && stream.read() >= 0) {
                throw new IOException("a block has more than %,d MB".formatted(most >> 20));
            }
            return plain;
        }
    }

    /// Four bytes of checksum follow.
    private static byte[] snappy(byte[] data, int from, int length) throws IOException {
        int packed = length - Integer.BYTES;
        if (packed < 0 || Snappy.uncompressedLength(data, from, packed) > most()) {
            throw new IOException("no block of snappy");
        }
        byte[] plain = new byte[Snappy.uncompressedLength(data, from, packed)];
        Snappy.uncompress(data, from, packed, plain, 0);
        CRC32 crc = new CRC32();
        crc.update(plain);
        if ((int) crc.getValue() != ByteBuffer.wrap(data).getInt(from + packed)) {
            throw new IOException("a block's checksum differs");
        }
        return plain;
    }
}
