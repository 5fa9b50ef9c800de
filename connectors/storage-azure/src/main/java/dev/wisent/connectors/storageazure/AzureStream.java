package dev.wisent.connectors.storageazure;

import com.azure.storage.blob.specialized.BlobInputStream;
import java.io.FilterInputStream;
import java.io.IOException;

/// An object's bytes, of the SDK's stream. Its failures, of whatever kind, are an [IOException] here.
final class AzureStream extends FilterInputStream {
    AzureStream(BlobInputStream stream) {
        super(stream);
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            return super.read(into, offset, length);
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
