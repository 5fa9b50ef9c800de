package dev.wisent.connectors.typed.avro;

import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/// Bytes that hold values, read by Avro's decoder; a length is looked at before memory is taken for it. Used again for other
/// bytes by [#over]. One thread.
public final class AvroInput {
    private BinaryDecoder decoder;
    private int size;

    public AvroInput(byte[] bytes) {
        this.size = bytes.length;
        this.decoder = DecoderFactory.get().binaryDecoder(bytes, null);
    }

    /// From now on reads `length` bytes from `from` on, which stay as they are as long as that lasts.
    public AvroInput over(byte[] bytes, int from, int length) {
        size = length;
        decoder = DecoderFactory.get().binaryDecoder(bytes, from, length, decoder);
        return this;
    }

    public BinaryDecoder decoder() {
        return decoder;
    }

    byte[] bytes() throws IOException {
        return fixed(decoder.readLong());
    }

    byte[] fixed(long length) throws IOException {
        if (length < 0 || length > size) {
            throw new IOException("a value of " + length + " bytes in " + size);
        }
        byte[] value = new byte[(int) length];
        decoder.readFixed(value, 0, value.length);
        return value;
    }

    /// Whether all bytes are read.
    public boolean isEnd() {
        try {
            return decoder.isEnd();
        } catch (IOException e) {
            return false;
        }
    }
}
