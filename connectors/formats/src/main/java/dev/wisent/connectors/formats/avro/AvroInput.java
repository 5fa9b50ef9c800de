package dev.wisent.connectors.formats.avro;

import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/// The bytes of a block, read by Avro's decoder; a length is looked at before memory is taken for it.
final class AvroInput {
    private final BinaryDecoder decoder;
    private final int size;

    AvroInput(byte[] block) {
        this.size = block.length;
        this.decoder = DecoderFactory.get().binaryDecoder(block, null);
    }

    BinaryDecoder decoder() {
        return decoder;
    }

    byte[] bytes() throws IOException {
        return fixed(decoder.readLong());
    }

    byte[] fixed(long length) throws IOException {
        if (length < 0 || length > size) {
            throw new IOException("a value of " + length + " bytes in a block of " + size);
        }
        byte[] value = new byte[(int) length];
        decoder.readFixed(value, 0, value.length);
        return value;
    }

    boolean isEnd() {
        try {
            return decoder.isEnd();
        } catch (IOException e) {
            return false;
        }
    }
}
