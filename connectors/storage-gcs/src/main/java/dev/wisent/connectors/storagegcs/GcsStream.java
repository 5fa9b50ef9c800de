package dev.wisent.connectors.storagegcs;

import com.google.cloud.BaseServiceException;
import com.google.cloud.ReadChannel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// An object's bytes, of Google's channel. Its failures, of whatever kind, are an [IOException] here.
final class GcsStream extends InputStream {
    private final ReadChannel channel;

    GcsStream(ReadChannel channel) {
        this.channel = channel;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        ByteBuffer buffer = ByteBuffer.wrap(into, offset, length);
        try {
            int read;
            do {
                read = channel.read(buffer);
            } while (read == 0);
            return read;
        } catch (BaseServiceException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        channel.close();
    }
}
