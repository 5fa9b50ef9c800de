package dev.wisent.connectors.storages3;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;

/// An object's bytes. Closing it early gives the connection up; reading the rest first could take for ever. So could
/// closing it at the exact end, which nobody has seen yet: then it is counted.
final class S3Stream extends FilterInputStream {
    private final ResponseInputStream<?> response;
    private long left;

    S3Stream(ResponseInputStream<?> response, long length) {
        super(response);
        this.response = response;
        left = length;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        left -= read < 0 ? 0 : 1;
        return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        left -= Math.max(0, read);
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = super.skip(bytes);
        left -= skipped;
        return skipped;
    }

    @Override
    public void close() throws IOException {
        if (left <= 0) {
            super.close();
        } else {
            response.abort();
        }
    }
}
